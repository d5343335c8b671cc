"""The doctor's checks of one workspace: the channels of its reviews, its admins, and its messages."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from agendas.facts.audience import UnreadChannel
from agendas.facts.program.health import LedgerState
from agendas.rules.access.delivery_reasons import delivery_reason
from agendas.rules.access.member_reasons import REASONS as MEMBER_REASONS
from agendas.verbs.privacy.members import unread_channels
from bot.cli.doctor.report import Finding, look, ok, wrong
from bot.slack_api.errors import UNREACHED, error_body, error_code
from bot.slack_api.outcomes import RATE_LIMITED, retry_after
from storage import diagnostics, people, reviews
from storage.delivery import outbox
from storage.diagnostics import Backlog
from storage.tables import Cadence, Channel, LetterState, Person

OVERDUE_AFTER = timedelta(minutes=5)
LOOKS_BACK = timedelta(days=7)
ADMINS_ADVISED = 2
TRIES = 5
PAUSE_MOST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Program:
    """The stored facts of a workspace that the doctor checks."""

    cadences: tuple[Cadence, ...]
    admins: tuple[Person, ...]
    overdue: Backlog
    refused: int
    in_doubt: int
    paused: tuple[Channel, ...]
    unread: tuple[UnreadChannel, ...]


def read_program(session: Session, workspace_id: str, now: datetime) -> Program:
    """Return the running cadences, the admins, and the messages in trouble."""
    return Program(
        cadences=tuple(each for each in reviews.cadences(session, workspace_id) if not each.is_paused),
        admins=tuple(people.admins(session, workspace_id)),
        overdue=diagnostics.backlog(session, due_before=now - OVERDUE_AFTER, workspace_id=workspace_id),
        refused=diagnostics.ended_since(session, workspace_id, LetterState.REFUSED, since=now - LOOKS_BACK),
        in_doubt=outbox.count_unsure(session, workspace_id),
        paused=tuple(diagnostics.paused_channels(session, workspace_id)),
        unread=unread_channels(session, workspace_id),
    )


def message_findings(program: Program) -> Iterator[Finding]:
    """Yield findings on messages: overdue, refused, unconfirmed, and held back by a channel in trouble."""
    overdue = program.overdue
    if overdue.oldest_due_at is not None:
        yield wrong(
            "messages",
            f"{overdue.count} overdue, the oldest since {overdue.oldest_due_at:%Y-%m-%d %H:%M} UTC: start the bot if "
            "it does not run, else see its log and /readyz.",
        )
    if program.in_doubt:
        yield look("messages", f"{program.in_doubt} may or may not have been posted: decide with /abm health in Slack.")
    if program.refused:
        yield look("messages", f"Slack refused {program.refused} in the last 7 days: see /review ledger.")
    if overdue.oldest_due_at is None and not program.refused and not program.in_doubt:
        yield ok("messages", "None is overdue, refused or in doubt.")
    for channel in program.paused:
        since = f" since {channel.trouble_at:%Y-%m-%d}" if channel.trouble_at else ""
        why = delivery_reason(channel.trouble, state=LedgerState.REFUSED)
        yield wrong("channels", f"Nothing is posted in {channel.name or channel.channel_id}{since}: {why}.")
    for each in program.unread:
        since = f" since {each.since:%Y-%m-%d %H:%M} UTC" if each.since else ""
        yield wrong(
            "members",
            f"Those of {each.channel_id} are not known{since} ({each.problem.value}), so what is private to it is "
            f"shown to nobody: {MEMBER_REASONS[each.problem]}.",
        )


async def admin_findings(client: AsyncWebClient | None, admins: tuple[Person, ...]) -> list[Finding]:
    """Check that there are at least two admins, not deactivated in Slack; without a client, as stored."""
    gone = [admin for admin in admins if client is not None and await _is_gone(client, admin.user_id)]
    findings = [
        wrong("admins", f"{admin.name or admin.user_id} is deactivated in Slack: make another person admin.")
        for admin in gone
    ]
    count = len(admins) - len(gone)
    if not count:
        findings.append(wrong("admins", "There is none: name one in CADENCE_ADMINS and start the bot again."))
    elif count < ADMINS_ADVISED:
        findings.append(look("admins", "There is only one: make a second with /abm people @who admin."))
    elif not gone:
        findings.append(ok("admins", f"There are {count}."))
    return findings


async def channel_findings(client: AsyncWebClient, cadences: tuple[Cadence, ...]) -> list[Finding]:
    """Return a finding for each review's channel that cannot be posted to, or one that all can."""
    if not cadences:
        return [look("channels", "No channel has a review yet: type /review schedule in one.")]
    found = [await _channel_finding(client, cadence.channel_id) for cadence in cadences]
    troubles = [finding for finding in found if finding is not None]
    return troubles or [ok("channels", f"Cadence can post in each channel that has a review ({len(cadences)}).")]


async def _channel_finding(client: AsyncWebClient, channel_id: str) -> Finding | None:
    try:
        channel = await _info(client, channel_id)
    except SlackApiError as error:
        return _unseen(channel_id, error)
    except UNREACHED:
        return look("channels", f"{channel_id} was not checked: Slack does not answer.")
    name = f"#{channel.get('name') or channel_id}"
    if channel.get("is_archived"):
        return wrong("channels", f"{name} is archived: unarchive it, or schedule its review elsewhere.")
    if channel.get("is_ext_shared"):
        return wrong("channels", f"{name} is shared with another company: schedule its review in one of your own.")
    if not channel.get("is_member"):
        return look("channels", f"Cadence is not in {name}: type /invite @Cadence there.")
    return None


def _unseen(channel_id: str, error: SlackApiError) -> Finding:
    code = error_code(error) or "no answer"
    if code == "missing_scope":
        needed = error_body(error).get("needed") or "a permission"
        return look("channels", f"{channel_id} was not checked: the app lacks {needed}.")
    if code in ("channel_not_found", "not_in_channel"):
        return wrong(
            "channels",
            f"{channel_id} cannot be seen: type /invite @Cadence there, or schedule its review in another channel.",
        )
    return look("channels", f"{channel_id} was not checked: Slack said {code}.")


async def _info(client: AsyncWebClient, channel_id: str) -> dict[str, Any]:
    """Return Slack's channel object, waiting when Slack asks to. Raises what the client raises, and TimeoutError."""
    for _ in range(TRIES):
        try:
            answer = await client.conversations_info(channel=channel_id)
        except SlackApiError as error:
            if error_code(error) not in RATE_LIMITED:
                raise
            await asyncio.sleep(min(retry_after(error.response.headers), PAUSE_MOST_SECONDS))
        else:
            channel: dict[str, Any] = answer.get("channel") or {}
            return channel
    raise TimeoutError


async def _is_gone(client: AsyncWebClient, user_id: str) -> bool:
    try:
        answer = await client.users_info(user=user_id)
    except (SlackApiError, *UNREACHED):
        return False
    return bool((answer.get("user") or {}).get("deleted"))
