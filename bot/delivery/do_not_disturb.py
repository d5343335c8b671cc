"""Messages that nobody asked for wait for their reader: for quiet hours, Do Not Disturb in Slack and the weekly cap."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import Session

from agendas.rules.access.permissions import lacks
from agendas.verbs.delivery.expiry import may_be_overtaken
from agendas.verbs.notices.budget import over_cap_until
from agendas.verbs.notices.kinds import UNASKED, is_unasked
from agendas.verbs.notices.queue import quiet_until
from bot.delivery.calls import SlackCalls
from bot.delivery.results import ResultRecorder
from bot.slack_api.outcomes import Later, Refused, WaitReason
from storage import workspaces
from storage.database.engine import Store
from storage.delivery import unasked
from storage.tables import Letter, LetterKind

SCOPE = "dnd:read"
MOST_AT_ONCE = 50
"""People of one call of dnd.teamInfo."""
ASKED_AGAIN_AFTER = timedelta(hours=1)
"""How long Slack's answer about a person counts."""
FAILED_AGAIN_AFTER = timedelta(minutes=10)
"""How long a workspace is not asked in which the app may not ask."""
LEAST_PAUSE = timedelta(minutes=1)
"""Pause after Slack failed or asked to wait, in which messages go as if nobody had Do Not Disturb."""
NOT_SEEN = ("user_not_visible", "user_not_found")
"""Errors that one person of a call causes."""
MOST_PEOPLE = 50_000
"""People remembered at once; forgetting them costs calls."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A person's Do Not Disturb, the one they are in or the next, as Slack said at `asked_at`; None for none."""

    asked_at: datetime
    begins_at: datetime | None = None
    ends_at: datetime | None = None

    def is_known(self, now: datetime) -> bool:
        """Return true while the answer counts."""
        return timedelta() <= now - self.asked_at < ASKED_AGAIN_AFTER

    def until(self, now: datetime) -> datetime | None:
        """Return the end of the Do Not Disturb that the instant lies in, None outside of it."""
        is_in = self.begins_at is not None and self.ends_at is not None and self.begins_at <= now < self.ends_at
        return self.ends_at if is_in else None


class Undisturbed:
    """Puts off what nobody asked for; asks Slack about up to fifty people at once who have such a message waiting.

    Where Slack cannot be asked, messages are sent as if nobody had Do Not Disturb. A snooze that a person sets by hand
    is not seen.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._people: dict[tuple[str, str], Scheduled] = {}
        self._not_before: dict[str, datetime] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def puts_off(self, calls: SlackCalls, recorder: ResultRecorder) -> bool:
        """Put the letter off until its reader can be disturbed and their week has room; return whether it was.

        In Do Not Disturb that ends after the letter is of use it is sent: Slack makes no sound then.
        """
        letter, now = recorder.letter, calls.clock.now()
        if letter.kind != LetterKind.DIRECT or not is_unasked(letter.page):
            return False
        held_up = may_be_overtaken(letter, now)
        until, reason = await self._store.read(quiet_until, letter, now) if held_up else None, WaitReason.QUIET_HOURS
        if until is None:
            until, reason = await self._scheduled_until(calls, letter), WaitReason.DO_NOT_DISTURB
        if until is None:
            # last, so that others to the reader that are in hand are counted
            now = calls.clock.now()
            until, reason = await self._store.read(over_cap_until, letter, now), WaitReason.OVER_CAP
        if until is None:
            return False
        await recorder.put_behind(until, reason)
        return True

    async def _scheduled_until(self, calls: SlackCalls, letter: Letter) -> datetime | None:
        if not self._is_known(letter, calls.clock.now()):
            # others wait for the same call, which asks about their readers too
            async with self._locks[letter.workspace_id]:
                if not self._is_known(letter, calls.clock.now()):
                    await self._ask(calls, letter)
        now, found = calls.clock.now(), self._people.get((letter.workspace_id, letter.user_id))
        until = found.until(now) if found and found.is_known(now) else None
        return until if until is None or letter.not_after is None or until < letter.not_after else None

    def _is_known(self, letter: Letter, now: datetime) -> bool:
        """Return true if Slack need not, or cannot, be asked about the reader."""
        # a time further off was set before the computer's clock was put back
        pause = self._not_before.get(letter.workspace_id, now) - now
        return self._is_known_person(letter.workspace_id, letter.user_id, now) or (
            timedelta() < pause <= FAILED_AGAIN_AFTER
        )

    async def _ask(self, calls: SlackCalls, letter: Letter) -> None:
        now = calls.clock.now()
        waiting = await self._store.read(_waiting_with, letter, now)
        unknown = [each for each in waiting if not self._is_known_person(letter.workspace_id, each, now)]
        answer = await calls.ask(calls.client.dnd_teamInfo, users=unknown) if unknown else None
        if isinstance(answer, Refused) and answer.error in NOT_SEEN:
            # one whom Slack does not show hides all others
            unknown = [letter.user_id]
            answer = await calls.ask(calls.client.dnd_teamInfo, users=unknown)
        is_hidden = isinstance(answer, Refused) and answer.error in NOT_SEEN
        if isinstance(answer, AsyncSlackResponse) or is_hidden:
            users = answer.get("users") if isinstance(answer, AsyncSlackResponse) else None
            self._remember(letter.workspace_id, unknown, users, now)
            return
        pause = max(timedelta(seconds=answer.seconds), LEAST_PAUSE) if isinstance(answer, Later) else FAILED_AGAIN_AFTER
        self._not_before[letter.workspace_id] = calls.clock.now() + min(pause, FAILED_AGAIN_AFTER)

    def _is_known_person(self, workspace_id: str, user_id: str, now: datetime) -> bool:
        found = self._people.get((workspace_id, user_id))
        return found is not None and found.is_known(now)

    def _remember(self, workspace_id: str, user_ids: Sequence[str], users: Any, now: datetime) -> None:
        if len(self._people) + len(user_ids) > MOST_PEOPLE:
            self._people.clear()
        found: Mapping[str, Any] = users if isinstance(users, dict) else {}
        for each in user_ids:
            self._people[workspace_id, each] = _scheduled(found.get(each), now)


def _waiting_with(session: Session, letter: Letter, now: datetime) -> list[str]:
    """Return the reader of the letter and of those that wait behind it; nobody where the app may not ask."""
    workspace = workspaces.get(session, letter.workspace_id)
    if workspace is not None and lacks(workspace.scopes, SCOPE):
        return []
    return unasked.waiting_from(session, letter, pages=UNASKED, now=now, limit=MOST_AT_ONCE)


def _scheduled(said: Any, now: datetime) -> Scheduled:
    """Read Slack's answer about a person; of a misshapen one nothing is known."""
    try:
        begins, ends = (datetime.fromtimestamp(said[f"next_dnd_{edge}_ts"], UTC) for edge in ("start", "end"))
        return Scheduled(now, begins, ends) if said["dnd_enabled"] is True else Scheduled(now)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return Scheduled(now)
