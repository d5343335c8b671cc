"""Slack's pace: per channel and per workspace, shared between processes."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from agendas.rules.notices import CONVERSATIONS_A_MINUTE, MESSAGES_A_MINUTE
from storage import outbox
from storage.database import Store
from storage.outbox import EDITS_APART

# Workspaces in which no message may go for a while: their letters wait in the queue, not in the hands of a worker.


class FullWorkspaces:
    """Until when each workspace has used up its minute's messages: taking a letter to put it off costs two writes."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def note(self, workspace_id: str, until: datetime) -> None:
        """Note that nothing goes in the workspace before this instant."""
        self._until[workspace_id] = until

    def ids(self, now: datetime) -> list[str]:
        """Return the workspaces in which nothing goes now, in order."""
        self._until = {workspace_id: until for workspace_id, until in self._until.items() if until > now}
        return sorted(self._until)


# Slack's rate limits: one message a second per channel, a budget per workspace and method, and Retry-After.

CHANNEL_INTERVAL = timedelta(seconds=1)
"""Slack accepts about one message a second in a channel."""
MESSAGE_INTERVAL = EDITS_APART
"""Two edits of one message are this far apart. An edit posts nothing, so it takes no second of its channel."""
WORKSPACE_MESSAGES = MESSAGES_A_MINUTE
WORKSPACE_PERIOD = timedelta(minutes=1)
TIER_2, TIER_3, TIER_4 = 19, 48, 96
"""Calls a minute. Slack accepts 20, 50 and 100 in these tiers; a few are left for people's clicks and commands."""
EDITING = "chat.update"
METHOD_CALLS: Mapping[str, int] = {
    "chat.postEphemeral": TIER_4,
    EDITING: TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.join": TIER_3,
    "conversations.open": CONVERSATIONS_A_MINUTE,
    "conversations.replies": TIER_3,
    "dnd.teamInfo": TIER_2,
}
"""Methods called to deliver letters that have a limit below the messages of a workspace."""
METHOD_PERIOD = timedelta(seconds=61)
"""Longer than Slack's minute, because calls take varying times to arrive."""
FURTHEST_TURN = timedelta(minutes=10)
"""Turns further ahead are ignored: they were taken before the computer's clock was put back."""


class RateLimit:
    """Turns taken per place, workspace and method. Pure: the time is an argument, and nothing here waits."""

    def __init__(
        self,
        *,
        channel_interval: timedelta = CHANNEL_INTERVAL,
        message_interval: timedelta = MESSAGE_INTERVAL,
        workspace_messages: int = WORKSPACE_MESSAGES,
        method_calls: Mapping[str, int] = METHOD_CALLS,
    ) -> None:
        self._channel_interval = channel_interval
        self._message_interval = message_interval
        self._workspace_messages = workspace_messages
        self._method_calls = method_calls
        # by (workspace, place): when its next message may go
        self._next_in_place: dict[tuple[str, str], datetime] = {}
        # turns reserved, by workspace and by (workspace, method)
        self._recent: defaultdict[str, list[datetime]] = defaultdict(list)
        self._called: defaultdict[tuple[str, str], list[datetime]] = defaultdict(list)
        # by (workspace, method): when Slack lets it be called again
        self._held: dict[tuple[str, str], datetime] = {}

    def next_turn(self, workspace_id: str, place: str, method: str, *, now: datetime) -> datetime:
        """Return the instant at which a message may go, without reserving it.

        `place` is a channel or a person, or the message that is edited; `method` a method of the Web API.
        """
        in_place = self._next_in_place.get((workspace_id, place), now)
        in_place = in_place if in_place <= now + FURTHEST_TURN else now
        return max(in_place, self.full_until(workspace_id, now=now), self.next_call(workspace_id, method, now=now))

    def full_until(self, workspace_id: str, *, now: datetime) -> datetime:
        """Return the instant from which a message may go in the workspace, whatever its place and method."""
        return _free_at(self._recent[workspace_id], self._workspace_messages, WORKSPACE_PERIOD, now)

    def next_call(self, workspace_id: str, method: str, *, now: datetime) -> datetime:
        """Return the instant at which this method may be called to do something other than post; reserve nothing."""
        at = self.held_until(workspace_id, method, now=now)
        calls_a_minute = self._method_calls.get(method)
        if calls_a_minute is None:
            return at
        return max(at, _free_at(self._called[workspace_id, method], calls_a_minute, METHOD_PERIOD, now))

    def reserve(self, workspace_id: str, place: str, method: str, *, now: datetime) -> datetime:
        """Reserve and return the instant at which a message may go."""
        at = self.next_turn(workspace_id, place, method, now=now)
        insort(self._recent[workspace_id], at)
        self._note_call(workspace_id, method, at)
        interval = self._message_interval if method == EDITING else self._channel_interval
        self._next_in_place[workspace_id, place] = at + interval
        self._forget(now)
        return at

    def take(self, workspace_id: str, place: str, method: str, *, now: datetime, patience: timedelta) -> datetime:
        """Return the instant at which a message may go, and reserve it if that is within the patience."""
        turn = self.next_turn(workspace_id, place, method, now=now)
        if turn - now <= patience:
            self.reserve(workspace_id, place, method, now=now)
        return turn

    def take_call(self, workspace_id: str, method: str, *, now: datetime, patience: timedelta) -> datetime:
        """Return the instant at which this method may be called without a message; reserve it within the patience."""
        turn = self.next_call(workspace_id, method, now=now)
        if turn - now <= patience:
            self._note_call(workspace_id, method, turn)
        return turn

    def count(self, workspace_id: str, place: str, messages: int, *, now: datetime) -> None:
        """Count messages that were just posted to this place without a turn, so that later turns leave room."""
        for _ in range(messages):
            insort(self._recent[workspace_id], now)
        # a turn further ahead is cut: it was taken before the computer's clock was put back
        begins_at = max(now, min(self._next_in_place.get((workspace_id, place), now), now + FURTHEST_TURN))
        self._next_in_place[workspace_id, place] = begins_at + messages * self._channel_interval
        self._forget(now)

    def state_of(self, workspace_id: str) -> dict[str, Any]:
        """Return the state of one workspace as JSON, with instants in seconds since 1970."""
        return {
            "recent": _seconds(self._recent[workspace_id]),
            "called": {
                method: _seconds(called) for (owner, method), called in self._called.items() if owner == workspace_id
            },
            "places": _of_workspace(self._next_in_place, workspace_id),
            "held": _of_workspace(self._held, workspace_id),
        }

    def with_state(self, workspace_id: str, state: dict[str, Any], *, now: datetime) -> "RateLimit":
        """Return a rate limit with this one's limits and the state of `state_of`, leaving out expired entries."""
        rate_limit = RateLimit(
            channel_interval=self._channel_interval,
            message_interval=self._message_interval,
            workspace_messages=self._workspace_messages,
            method_calls=self._method_calls,
        )
        rate_limit._recent[workspace_id] = _instants(state.get("recent", ()))
        for method, called in state.get("called", {}).items():
            rate_limit._called[workspace_id, method] = _instants(called)
        for name, entries in (("places", rate_limit._next_in_place), ("held", rate_limit._held)):
            instants = {key: _instant(at) for key, at in state.get(name, {}).items()}
            entries.update({(workspace_id, key): at for key, at in instants.items() if at > now})
        return rate_limit

    def hold(self, workspace_id: str, method: str, *, until: datetime) -> None:
        """Stop calls of this method in this workspace until the instant Slack asked for."""
        self._held[workspace_id, method] = max(until, self._held.get((workspace_id, method), until))

    def held_until(self, workspace_id: str, method: str, *, now: datetime) -> datetime:
        """Return the end of the wait that Slack asked for, or `now` when there is none."""
        return max(now, self._held.get((workspace_id, method), now))

    def _note_call(self, workspace_id: str, method: str, at: datetime) -> None:
        """Count a call of the method at this instant, where the method has a limit of its own."""
        if method in self._method_calls:
            insort(self._called[workspace_id, method], at)

    def _forget(self, now: datetime) -> None:
        """Drop places whose turn is over, so that memory does not grow with the channels ever seen."""
        if len(self._next_in_place) > 1_000:
            self._next_in_place = {place: at for place, at in self._next_in_place.items() if at > now}


def _free_at(taken: list[datetime], most: int, period: timedelta, now: datetime) -> datetime:
    """Return when one more call may go, if `most` are allowed in a period.

    `taken` are the instants of calls in order; those that are over, or too far ahead, are removed from it.
    """
    del taken[: bisect_right(taken, now - period)]
    del taken[bisect_right(taken, now + FURTHEST_TURN) :]
    return max(now, taken[-most] + period) if len(taken) >= most else now


def _of_workspace(remembered: dict[tuple[str, str], datetime], workspace_id: str) -> dict[str, float]:
    """The workspace's entries of a table by (workspace, key), as seconds since 1970 by key."""
    return {key: at.timestamp() for (owner, key), at in remembered.items() if owner == workspace_id}


def _seconds(instants: list[datetime]) -> list[float]:
    return [at.timestamp() for at in instants]


def _instants(seconds: list[float]) -> list[datetime]:
    return [_instant(each) for each in seconds]


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


# The rate limit shared by all processes: kept in memory on SQLite, in the database on PostgreSQL.

T = TypeVar("T")


class SharedRateLimit:
    """Assigns turns to send so that all processes on one database together keep Slack's limits."""

    def __init__(self, store: Store, rate_limit: RateLimit) -> None:
        self._store = store
        self._rate_limit = rate_limit

    async def take(self, workspace_id: str, place: str, method: str, *, now: datetime, patience: timedelta) -> datetime:
        """Return when a message may go to this channel or person (`place`); reserve that if it is within patience."""
        return await self._apply(
            workspace_id, now, lambda limit: limit.take(workspace_id, place, method, now=now, patience=patience)
        )

    async def take_call(self, workspace_id: str, method: str, *, now: datetime, patience: timedelta) -> datetime:
        """Return the instant for a call that sends no message, and reserve it if that is within the patience."""
        return await self._apply(
            workspace_id, now, lambda limit: limit.take_call(workspace_id, method, now=now, patience=patience)
        )

    async def count(self, workspace_id: str, place: str, messages: int, *, now: datetime) -> None:
        """Count messages that were just posted to this place without a turn, so that later turns leave room."""
        await self._apply(workspace_id, now, lambda limit: limit.count(workspace_id, place, messages, now=now))

    async def hold(self, workspace_id: str, method: str, *, now: datetime, until: datetime) -> None:
        """Stop calls of this method in this workspace, from any process, until the instant Slack asked for."""
        await self._apply(workspace_id, now, lambda limit: limit.hold(workspace_id, method, until=until))

    async def held_until(self, workspace_id: str, method: str, *, now: datetime) -> datetime:
        """Return the end of the wait that Slack asked any process for, or `now` when there is none."""
        return (await self._current(workspace_id, now)).held_until(workspace_id, method, now=now)

    async def full_until(self, workspace_id: str, *, now: datetime) -> datetime:
        """Return the instant from which a message may go in the workspace, whatever its place and method."""
        return (await self._current(workspace_id, now)).full_until(workspace_id, now=now)

    async def _current(self, workspace_id: str, now: datetime) -> RateLimit:
        """Return the limit as of now: on PostgreSQL with the turns that other processes stored."""
        if self._store.is_sqlite:
            return self._rate_limit
        state = await self._store.read(outbox.sending_state, workspace_id)
        return self._rate_limit.with_state(workspace_id, state, now=now)

    async def _apply(self, workspace_id: str, now: datetime, change: Callable[[RateLimit], T]) -> T:
        """Apply a change to the shared limit, under a row lock on PostgreSQL, and return what it returned."""
        if self._store.is_sqlite:
            return change(self._rate_limit)

        def shared(session: Session) -> T:
            """Apply the change to the turns stored in the database, and store what it made of them."""
            row = outbox.lock(session, workspace_id)
            limit = self._rate_limit.with_state(workspace_id, row.state, now=now)
            changed = change(limit)
            row.state = limit.state_of(workspace_id)
            session.add(row)
            return changed

        return await self._store.write(shared)
