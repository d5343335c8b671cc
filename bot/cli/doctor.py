"""`cadence doctor`: checks of settings, the model, database, Slack and channels, each with what to do."""

import argparse
import asyncio
import os
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from agendas.errors import WordsRefused
from agendas.facts.account import Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.audience import UnreadChannel
from agendas.facts.program import LedgerState
from agendas.facts.query import Field, Form, Having, Period, Query, Subject
from agendas.rendering.words import Words
from agendas.rules.access import MEMBER_REASONS, OPTIONAL, SLACK_SCOPES, declined, delivery_reason, missing, needless
from agendas.verbs.privacy import unread_channels
from assistant.by_model import ModelFailed, ModelProblem, ModelQuestion, Server, ask_twice, reading_of
from assistant.remark import RemarkKind
from bot.clock import Clock, SystemClock
from bot.mail import MailFailed, mail_server, try_server
from bot.questions import model_server
from bot.settings import Settings, program_version
from bot.slack_api import (
    NOT_SLACK,
    RATE_LIMITED,
    UNREACHED,
    Workspaces,
    app_token_refusal,
    error_body,
    error_code,
    header,
    is_passing,
    retry_after,
    slack_session,
)
from storage import diagnostics, outbox, people, reviews, workspaces
from storage.database import Store, advice_for_operator, normalize_url
from storage.diagnostics import Backlog
from storage.migrate import MigrationFailed, check_write, is_current
from storage.models.delivery import LetterState
from storage.models.reviews import Cadence
from storage.models.workspaces import Channel, Person, Workspace

# Findings of `cadence doctor` and how they are printed.

WIDEST_COLUMNS = 100
VERDICT_COLUMNS = 7
SUBJECT_COLUMNS = 13


class CheckVerdict(StrEnum):
    """Verdicts on what was checked: as it should be, maybe a hindrance, keeps the bot from its work."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one thing that was checked; unless it is ok, the text says what to do."""

    verdict: CheckVerdict
    subject: str
    text: str


def ok(subject: str, text: str) -> Finding:
    return Finding(CheckVerdict.OK, subject, text)


def look(subject: str, text: str) -> Finding:
    return Finding(CheckVerdict.LOOK, subject, text)


def wrong(subject: str, text: str) -> Finding:
    return Finding(CheckVerdict.WRONG, subject, text)


class FindingsPrinter:
    """Prints each finding as it comes, in columns as wide as the terminal, and counts them."""

    def __init__(self) -> None:
        self._columns = min(shutil.get_terminal_size().columns, WIDEST_COLUMNS)
        self._counts: Counter[CheckVerdict] = Counter()
        self._last: Finding | None = None

    @property
    def is_well(self) -> bool:
        return not self._counts[CheckVerdict.WRONG]

    def add(self, *findings: Finding) -> None:
        """Print the findings, except one that equals the finding before it, which two checks may meet."""
        for finding in findings:
            if finding == self._last:
                continue
            self._last = finding
            self._counts[finding.verdict] += 1
            start = f"{finding.verdict:<{VERDICT_COLUMNS}}{finding.subject:<{SUBJECT_COLUMNS}}"
            text = textwrap.fill(
                finding.text,
                width=self._columns,
                initial_indent=start,
                subsequent_indent=" " * (VERDICT_COLUMNS + SUBJECT_COLUMNS),
                break_on_hyphens=False,
                break_long_words=False,
            )
            print(text, flush=True)

    def section(self, name: str) -> None:
        self._last = None
        print(f"\n{name}", flush=True)

    def note(self, text: str) -> None:
        print("\n" + textwrap.fill(text, width=self._columns))

    def end(self) -> None:
        counts = [f"{self._counts[verdict]} {words}" for verdict, words in COUNTED if self._counts[verdict]]
        print("\n" + (", ".join(counts) if counts else "All is well") + ".")


COUNTED = ((CheckVerdict.WRONG, "wrong"), (CheckVerdict.LOOK, "to look at"))


# The doctor's checks of the database: opens, can be written, undamaged, room on the disk, schema.

GIBIBYTE = 1024**3
FREE_NEEDED = GIBIBYTE // 10
FREE_ADVISED = GIBIBYTE
OLDEST_POSTGRES = 13
"""Older major versions get no more fixes."""
CLOCKS_APART = timedelta(seconds=60)


def file_of(database_url: str) -> Path | None:
    """The SQLite file that the URL names, None for another database."""
    url = make_url(normalize_url(database_url))
    return Path(url.database) if url.drivername.startswith("sqlite") and url.database else None


def missing_file(path: Path) -> Finding:
    """Return the finding for an SQLite file that is not there: fine before the first start if it can be made."""
    folder = path.absolute().parent
    if os.access(folder, os.W_OK):
        return look(
            "database", f"{path} is not there yet: it is made at the first start. If the bot ran, see DATABASE_URL."
        )
    return wrong("database", f"{path} is not there and {folder} cannot be written: check DATABASE_URL.")


def examine(store: Store, now: datetime) -> Iterator[Finding]:
    """Yield a finding for each part of the database, the schema last; only one when it does not open."""
    try:
        store.read_now(diagnostics.revision)
    except SQLAlchemyError as error:
        yield wrong("database", advice_for_operator(error))
        return
    try:
        yield from _sqlite(store) if store.is_sqlite else _postgres(store, now)
        yield _schema(store)
    except SQLAlchemyError as error:
        yield wrong("database", advice_for_operator(error))


def _sqlite(store: Store) -> Iterator[Finding]:
    """Yield findings on the file: damage, writing, and room on its disk."""
    path = Path(make_url(store.url).database or "")
    damage = store.read_now(diagnostics.find_damage)
    if damage:
        yield wrong("database", f"The file {path} is damaged ({damage}): stop the bot and restore a backup.")
    elif trouble := _write_trouble(store):
        yield wrong("database", trouble)
    else:
        yield ok("database", f"The file {path} opens, can be written, and is whole.")
    free = shutil.disk_usage(path.absolute().parent).free
    space = f"{free / GIBIBYTE:,.1f} GiB are free where {path} is"
    if free < FREE_NEEDED:
        yield wrong("disk", f"Only {space}: free some, or the next entry may be refused.")
    elif free < max(FREE_ADVISED, 2 * path.stat().st_size):
        yield look("disk", f"Only {space}: a backup needs as much again as the file has.")
    else:
        yield ok("disk", f"{space}.")


def _postgres(store: Store, now: datetime) -> Iterator[Finding]:
    """Yield findings on the server: writing, its version, and its clock."""
    at, version, is_read_only = store.read_now(diagnostics.server_status)
    if is_read_only:
        yield wrong("database", f"PostgreSQL {version} can only be read: name the primary server in DATABASE_URL.")
    elif trouble := _write_trouble(store):
        yield wrong("database", trouble)
    elif int(version.split(".", 1)[0]) < OLDEST_POSTGRES:
        yield look("database", f"PostgreSQL {version} is old: upgrade it to {OLDEST_POSTGRES} or later.")
    else:
        yield ok("database", f"PostgreSQL {version} answers and can be written.")
    yield clock_finding("The database's clock", at, now)


def _write_trouble(store: Store) -> str:
    """Return why nothing can be written, "" when a trial, which leaves nothing, succeeded."""
    try:
        store.write_now(check_write)
    except SQLAlchemyError as error:
        return advice_for_operator(error)
    return ""


def _schema(store: Store) -> Finding:
    """Return the finding on the tables: whether they are those of this version."""
    try:
        current = is_current(store)
    except MigrationFailed as error:
        return wrong("migrations", str(error))
    if current:
        return ok("migrations", "The schema is that of this version.")
    return look("migrations", "The database is empty: run cadence migrate, or start the bot.")


def clock_finding(whose: str, at: datetime, now: datetime) -> Finding:
    """Return the finding on another clock: wrong if it is more than a minute from this computer's."""
    apart = abs((at - now).total_seconds())
    if apart <= CLOCKS_APART.total_seconds():
        return ok("clock", f"{whose} and this computer's are less than {max(apart, 1):.0f} s apart.")
    return wrong(
        "clock",
        f"{whose} and this computer's are {apart:.0f} s apart: set this computer's by NTP. "
        "Beyond 300 s every request of Slack is refused.",
    )


# The doctor's check of the mail server: a login, and no mail.


async def mail_findings(settings: Settings) -> list[Finding]:
    """Return the finding on whether the mail server takes the login; none where no server is set."""
    if not settings.smtp_url:
        return []
    server = mail_server(settings.smtp_url)
    name = f"{server.host}:{server.port}"
    try:
        await asyncio.to_thread(try_server, server)
    except MailFailed as failure:
        return [wrong("mail", f"{name} cannot be used ({failure.error}): check CADENCE_SMTP_URL. No mail is sent.")]
    return [ok("mail", f"{name} takes mails from {server.sender}.")]


# The doctor's check of the language model: ten small requests about nobody's data.

QUESTION = ModelQuestion(
    text="", today=date(2026, 3, 2), accounts=((1, "Umbra Labs"), (2, "Halden Works")), people=(("U1", "Ines Costa"),)
)
READINGS: Mapping[str, Query | RemarkKind] = {
    "which tier 2 accounts are stalled": Query(
        Subject.ACCOUNTS, Form.LIST, tiers=(2,), states=(AccountStanding.STALLED,)
    ),
    "how many tier 1 accounts are in the opportunity stage": Query(
        Subject.ACCOUNTS, Form.COUNT, tiers=(1,), stages=(Stage.OPPORTUNITY,)
    ),
    "which accounts have no next action": Query(Subject.ACCOUNTS, Form.LIST, without=(Having.NEXT_ACTION,)),
    "what tier is Umbra Labs": Query(Subject.ACCOUNTS, Form.FIELD, of=(1,), fields=(Field.TIER,)),
    "overdue actions at Halden Works": Query(Subject.ACTIONS, Form.LIST, of=(2,), is_overdue=True),
    "which actions is Ines responsible for": Query(Subject.ACTIONS, Form.LIST, whose=("U1",)),
    "what stands in the way at Umbra Labs": Query(Subject.BLOCKERS, Form.LIST, of=(1,)),
    "what was decided between 2 and 6 February": Query(
        Subject.DECISIONS, Form.LIST, period=Period(date(2026, 2, 2), date(2026, 2, 6))
    ),
    "Umbra Labs signed this morning": RemarkKind.NEWS,
    "wer kümmert sich um Umbra Labs": RemarkKind.LANGUAGE,
}
"""What a model is asked, and how it should read that."""

ENOUGH = 8
"""A model that reads fewer of READINGS right is of no use. Our own limit."""

BY_RULES = "Until then questions are read by rules alone."
WITHOUT_KEY = "OPENAI_MODEL is set without OPENAI_API_KEY, so no model is used: without keys give any word."

ADVICE: Mapping[ModelProblem, str] = {
    ModelProblem.UNREACHED: "cannot be reached ({detail}): check OPENAI_BASE_URL, and that the server runs.",
    ModelProblem.TOO_LATE: "did not answer within {seconds:g} s: use a smaller model, or raise CADENCE_MODEL_SECONDS.",
    ModelProblem.KEY_REFUSED: "refused the key ({detail}): copy OPENAI_API_KEY again.",
    ModelProblem.NOT_FOUND: "knows no such model or address ({detail}): check OPENAI_MODEL and OPENAI_BASE_URL, which "
    "often ends in /v1.",
    ModelProblem.TOO_MANY: "takes no more requests now ({detail}): see its limits, or what is left to pay.",
    ModelProblem.REFUSED: "refused the request ({detail}): use a model that can chat.",
    ModelProblem.FAILED: "failed ({detail}): run this again in a minute, and see the server's log.",
    ModelProblem.REDIRECTED: "sends elsewhere ({detail}): write the address it sends to into OPENAI_BASE_URL.",
    ModelProblem.TOO_LARGE: "answers with more than a reading can be: use another model.",
    ModelProblem.NO_JSON: "does not answer with the JSON that is asked for: use a model that follows instructions, or "
    "check that OPENAI_BASE_URL is that of an OpenAI-compatible server.",
}
PASSING = (ModelProblem.TOO_LATE, ModelProblem.TOO_MANY, ModelProblem.FAILED)
"""Problems that may be gone in a minute."""


async def model_findings(settings: Settings) -> list[Finding]:
    """Return the finding on whether the model reads enough questions right in time; none where no model is set."""
    server = model_server(settings) if settings.openai_model else None
    if server is None:
        # a wrong key counts as none, and is among the problems already
        lacks_key = bool(settings.openai_model) and not settings.problems
        return [look("model", WITHOUT_KEY)] if lacks_key else []
    try:
        return [await _trial_finding(server, settings)]
    finally:
        await server.close()


async def _trial_finding(server: Server, settings: Settings) -> Finding:
    """Ask the model all READINGS and judge how many it reads right; the first failure ends the trial."""
    seconds, began_at, right_count = settings.model_seconds, perf_counter(), 0
    for text, meant in READINGS.items():
        try:
            async with asyncio.timeout(seconds):
                reading = await ask_twice(server, reading_of(replace(QUESTION, text=text)), Words())
        except TimeoutError:
            return _failure_finding(ModelFailed(ModelProblem.TOO_LATE), settings)
        except ModelFailed as failure:
            return _failure_finding(failure, settings)
        kind = reading.remark.kind if reading.remark is not None else None
        right_count += meant in (kind, reading.query)
    took = (perf_counter() - began_at) / len(READINGS)
    time_taken = f"each in {took:.1f} s of the {seconds:g} s that it has."
    result = f"reads {right_count} of {len(READINGS)} questions right, {time_taken}"
    if right_count >= ENOUGH:
        return ok("model", f"{_model_and_host(settings)} {result}")
    advice = "Use a larger one, or none: most of its readings will be wrong."
    return look("model", f"{_model_and_host(settings)} {result} {advice}")


def _failure_finding(failure: ModelFailed, settings: Settings) -> Finding:
    """Return the finding for a model that failed: worth a look if it may pass, else wrong."""
    advice = ADVICE[failure.problem].format(detail=failure.detail or failure.problem, seconds=settings.model_seconds)
    verdict = look if failure.problem in PASSING else wrong
    return verdict("model", f"{_model_and_host(settings)} {advice} {BY_RULES}")


def _model_and_host(settings: Settings) -> str:
    """Return the model's name and the host that serves it."""
    url = urlsplit(settings.openai_base_url)
    host = f"{url.hostname}:{url.port}" if url.port else url.hostname
    return f"{settings.openai_model} at {host}"


# The doctor's checks of one workspace: the channels of its reviews, its admins, and its messages.

OVERDUE_AFTER = timedelta(minutes=5)
LOOKS_BACK = timedelta(days=7)
ADMINS_ADVISED = 2
TRIES = 5
PAUSE_MOST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    cadences: tuple[Cadence, ...]
    admins: tuple[Person, ...]
    overdue: Backlog
    refused: int
    in_doubt: int
    paused: tuple[Channel, ...]
    unread: tuple[UnreadChannel, ...]


def read_program(session: Session, workspace_id: str, now: datetime) -> WorkspaceFacts:
    """Return the running cadences, the admins, and the messages in trouble."""
    return WorkspaceFacts(
        cadences=tuple(each for each in reviews.cadences(session, workspace_id) if not each.is_paused),
        admins=tuple(people.admins(session, workspace_id)),
        overdue=diagnostics.backlog(session, due_before=now - OVERDUE_AFTER, workspace_id=workspace_id),
        refused=diagnostics.ended_since(session, workspace_id, LetterState.REFUSED, since=now - LOOKS_BACK),
        in_doubt=outbox.count_unsure(session, workspace_id),
        paused=tuple(diagnostics.paused_channels(session, workspace_id)),
        unread=unread_channels(session, workspace_id),
    )


def message_findings(program: WorkspaceFacts) -> Iterator[Finding]:
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
    deactivated = [admin for admin in admins if client is not None and await _is_gone(client, admin.user_id)]
    findings = [
        wrong("admins", f"{admin.name or admin.user_id} is deactivated in Slack: make another person admin.")
        for admin in deactivated
    ]
    count = len(admins) - len(deactivated)
    if not count:
        findings.append(wrong("admins", "There is none: name one in CADENCE_ADMINS and start the bot again."))
    elif count < ADMINS_ADVISED:
        findings.append(look("admins", "There is only one: make a second with /abm people @who admin."))
    elif not deactivated:
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
    """Return what keeps the bot from posting in the channel, None when nothing does."""
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
    """Return the finding for a channel that Slack did not describe."""
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
    """Return whether the person is deactivated in Slack; false when Slack does not say."""
    try:
        answer = await client.users_info(user=user_id)
    except (SlackApiError, *UNREACHED):
        return False
    return bool((answer.get("user") or {}).get("deleted"))


# The doctor's checks of Slack: tokens, permissions and clock.

WHERE_TO_ADD = "at api.slack.com/apps under OAuth & Permissions, then install the app again"
FAILS = "Slack answers with an error of its own, or asks to wait: run this again in a minute."
NOT_SEEN = (
    "Not checked: the app's events and commands in Slack, because a bot token may not read them. If some do not "
    "arrive, paste app.yaml at api.slack.com/apps under App Manifest."
)


async def token_findings(client: AsyncWebClient, clock: Clock) -> tuple[str, list[Finding]]:
    """Return the id of the token's workspace, "" when Slack does not accept the token, and the findings about it."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error_code(error)
        if is_passing(error):
            return "", [wrong("Slack", FAILS)]
        if not code:
            return "", [wrong("token", f"What answers at {client.base_url} {NOT_SLACK}")]
        return "", [wrong("token", f"Slack refused the bot token ({code}): copy it again, or install the app again.")]
    except UNREACHED as error:
        return "", [_away(error)]
    return str(answer.get("team_id") or ""), list(_of_answer(answer, clock.now()))


def _of_answer(answer: AsyncSlackResponse, now: datetime) -> Iterator[Finding]:
    """Yield the findings on an accepted token: whose it is, its permissions, and Slack's clock."""
    yield ok("token", f"The bot token speaks for @{answer.get('user')} in {answer.get('team')}.")
    yield from permission_findings(header(answer.headers, "x-oauth-scopes"))
    slack_date = header(answer.headers, "date")
    if slack_date:
        yield clock_finding("Slack's clock", parsedate_to_datetime(slack_date), now)


def permission_findings(granted: str) -> Iterator[Finding]:
    """Yield a finding for each permission not given and one for all needless ones, or one that all is well."""
    if not granted:
        yield look("permissions", "Slack does not say which permissions the app has.")
        return
    for permission in missing(granted):
        yield wrong("permissions", f"{permission} is missing, for {SLACK_SCOPES[permission]}: add it {WHERE_TO_ADD}.")
    for permission in declined(granted):
        off = OPTIONAL[permission].replace("`", "")
        yield look("permissions", f"{permission} was not given, so {off}. To have that, add it {WHERE_TO_ADD}.")
    unused = needless(granted)
    if unused:
        yield look("permissions", f"Nothing needs {', '.join(unused)}: remove what is too much {WHERE_TO_ADD}.")
    if not missing(granted) and not declined(granted) and not unused:
        yield ok("permissions", "The app has exactly those of app.yaml.")


async def app_token_finding(client: AsyncWebClient, app_token: str) -> Finding:
    """Check that a connection of Socket Mode can be opened."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        if is_passing(error):
            return wrong("Slack", FAILS)
        return wrong("app token", app_token_refusal(error, client.base_url))
    except UNREACHED as error:
        return _away(error)
    return ok("app token", "A connection of Socket Mode can be opened.")


def _away(error: BaseException) -> Finding:
    return wrong("Slack", f"Slack cannot be reached ({type(error).__name__}): check the network and SLACK_API_URL.")


# `cadence doctor`: check everything the bot needs and say what to do. Changes nothing; the bot may run meanwhile.

UNREADABLE = "The stored token cannot be read: set the CADENCE_SECRET_KEY it was stored with, or install the bot again."
STOPPED_THERE = (
    "It stopped because Slack refused the token of this workspace: have the app installed there again, at "
    "/slack/install."
)
STOPPED = "It stopped because Slack refused the bot token: copy SLACK_BOT_TOKEN again, or install the app again."
GOES_ON = "The bot tries the token every five minutes while it runs, and goes on when it is good."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Each line begins with ok, look (this may hinder the bot) or wrong (this keeps it from its work). The "
        "status is 0 when nothing is wrong, 1 otherwise. The doctor changes nothing, and may run while the bot runs."
    )


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Print all findings; return 0 when nothing is wrong, 1 otherwise."""
    report = FindingsPrinter()
    print(f"Cadence {program_version()}")
    asyncio.run(_Doctor(settings, report, SystemClock()).examine())
    report.end()
    return 0 if report.is_well else 1


class _Doctor:
    """Checks one thing after the other; reports what cannot be checked, and goes on with the rest."""

    def __init__(self, settings: Settings, report: FindingsPrinter, clock: Clock) -> None:
        self._settings = settings
        self._report = report
        self._clock = clock

    async def examine(self) -> None:
        """Check settings, words, model and mail server, then the database, and what is in it against Slack."""
        self._check_settings()
        self._check_words()
        self._report.add(*await model_findings(self._settings))
        self._report.add(*await mail_findings(self._settings))
        store = self._checked_store()
        try:
            async with slack_session() as session:
                await self._check_slack(store, session)
        finally:
            if store is not None:
                store.close()

    def _check_settings(self) -> None:
        """Report each problem of the settings, or that there is none."""
        settings = self._settings
        if settings.problems:
            self._report.add(*(wrong("settings", problem) for problem in settings.problems))
            return
        whose = "many workspaces by OAuth" if settings.is_for_many else "one workspace by token"
        how = "Socket Mode" if settings.is_socket_mode else "HTTP"
        self._report.add(ok("settings", f"Everything needed is given, for {whose} and {how}."))

    def _check_words(self) -> None:
        """Check the templates in CADENCE_WORDS; a folder that is not there is among the problems of the settings."""
        folder = self._settings.words_folder
        if folder is None or not folder.is_dir():
            return
        try:
            Words(folder)
        except WordsRefused as error:
            self._report.add(wrong("words", str(error)))
        else:
            self._report.add(ok("words", f"The templates in {folder} can be used."))

    def _checked_store(self) -> Store | None:
        """Check the database; return it when it can be read and has this version's schema."""
        if not self._settings.database_url:
            self._report.add(look("database", "Not checked, because DATABASE_URL is wrong."))
            return None
        path = file_of(self._settings.database_url)
        if path is not None and not path.exists():
            self._report.add(missing_file(path))
            return None
        store = Store(self._settings.database_url)
        findings = list(examine(store, self._clock.now()))
        self._report.add(*findings)
        if findings[-1].subject == "migrations" and findings[-1].verdict is CheckVerdict.OK:
            return store
        store.close()
        return None

    async def _check_slack(self, store: Store | None, session: aiohttp.ClientSession) -> None:
        """Check the app token, then the workspace of the bot token or every workspace that installed the bot."""
        settings = self._settings
        client = AsyncWebClient(
            token=settings.bot_token or None, base_url=settings.slack_api_url, session=session, retry_handlers=[]
        )
        if settings.app_token:
            self._report.add(await app_token_finding(client, settings.app_token))
        if settings.bot_token:
            await self._check_own(store, client, await self._checked_workspace_id(client))
        elif store is not None:
            await self._check_installed(store, Workspaces(settings, store, session))
        self._report.note(NOT_SEEN)

    async def _checked_workspace_id(self, client: AsyncWebClient) -> str:
        """Check the client's token; return the id of its workspace, "" when Slack does not accept it."""
        workspace_id, findings = await token_findings(client, self._clock)
        self._report.add(*findings)
        return workspace_id

    async def _check_own(self, store: Store | None, client: AsyncWebClient, workspace_id: str) -> None:
        """Check the token's workspace; with "", as Slack did not name it, the only one that is stored."""
        if store is None:
            self._report.add(look("program", "Channels, admins and messages: not checked, without the database."))
            return
        known = [each for each in store.read_now(workspaces.get_all) if workspace_id in ("", each.id)]
        if len(known) == 1:
            await self._check_workspace(store, client if workspace_id else None, known[0])
        else:
            self._report.add(look("program", "The bot has not run in this workspace yet: start it with cadence run."))

    async def _check_installed(self, store: Store, known: Workspaces) -> None:
        """Check every workspace that installed the bot and did not remove it, each with its own token."""
        everything = store.read_now(workspaces.get_all)
        found = [each for each in everything if not workspaces.is_removed(each)]
        if not found:
            self._report.add(look("workspaces", "The bot is installed in none: send an admin to /slack/install."))
        for workspace in found:
            self._report.section(f"{workspace.name} ({workspace.id})")
            client = await known.client_of(workspace.id) if workspace.is_active else known.client_of_stopped(workspace)
            if client is None:
                self._report.add(wrong("token", UNREADABLE))
            elif not await self._checked_workspace_id(client):
                client = None
            await self._check_workspace(store, client, workspace)

    async def _check_workspace(self, store: Store, client: AsyncWebClient | None, workspace: Workspace) -> None:
        """Check what is stored of the workspace against Slack, as far as its token (`client`) works."""
        try:
            program = store.read_now(read_program, workspace.id, self._clock.now())
        except SQLAlchemyError as error:
            self._report.add(wrong("database", advice_for_operator(error)))
            return
        if not workspace.is_active:
            self._report.add(wrong("work", f"{STOPPED_THERE if self._settings.is_for_many else STOPPED} {GOES_ON}"))
        if client is None:
            self._report.add(look("channels", "Not checked, because Slack did not accept the token."))
        else:
            self._report.add(*await channel_findings(client, program.cadences))
        self._report.add(*await admin_findings(client, program.admins))
        self._report.add(*message_findings(program))
