"""The rate limit shared by all processes: kept in memory on SQLite, in the database on PostgreSQL."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from bot.delivery.rate_limit import RateLimit
from storage.database.engine import Store
from storage.delivery import rate_limits

T = TypeVar("T")


class SharedRateLimit:
    """Assigns turns to send so that all processes on one database together keep Slack's limits."""

    def __init__(self, store: Store, rate_limit: RateLimit) -> None:
        self._store = store
        self._rate_limit = rate_limit

    async def take(self, workspace_id: str, place: str, method: str, *, now: datetime, patience: timedelta) -> datetime:
        """Return the instant at which a message may go, and reserve it if that is within the patience.

        `place` is a channel or a person, `method` a method of the Web API.
        """
        return await self._apply(
            workspace_id, now, lambda limit: limit.take(workspace_id, place, method, now=now, patience=patience)
        )

    async def take_call(self, workspace_id: str, method: str, *, now: datetime, patience: timedelta) -> datetime:
        """Return the instant for a call of this method that sends no message; reserved like a message's."""
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
        return (await self._seen(workspace_id, now)).held_until(workspace_id, method, now=now)

    async def full_until(self, workspace_id: str, *, now: datetime) -> datetime:
        """Return the instant from which a message may go in the workspace, whatever its place and method."""
        return (await self._seen(workspace_id, now)).full_until(workspace_id, now=now)

    async def _seen(self, workspace_id: str, now: datetime) -> RateLimit:
        """Return the shared limit to look at; on PostgreSQL others may be changing it."""
        if self._store.is_sqlite:
            return self._rate_limit
        state = await self._store.read(rate_limits.state, workspace_id)
        return self._rate_limit.with_state(workspace_id, state, now=now)

    async def _apply(self, workspace_id: str, now: datetime, change: Callable[[RateLimit], T]) -> T:
        """Apply a change to the shared limit, under a row lock on PostgreSQL, and return what it returned."""
        if self._store.is_sqlite:
            return change(self._rate_limit)

        def shared(session: Session) -> T:
            row = rate_limits.lock(session, workspace_id)
            limit = self._rate_limit.with_state(workspace_id, row.state, now=now)
            changed = change(limit)
            row.state = limit.state_of(workspace_id)
            session.add(row)
            return changed

        return await self._store.write(shared)
