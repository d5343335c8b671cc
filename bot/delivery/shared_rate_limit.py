"""Whose turn it is to send. One process remembers it by itself; several on one PostgreSQL keep it in the database."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from bot.delivery.rate_limit import Pacing
from storage.database.engine import Store
from storage.delivery import rate_limits as paces

T = TypeVar("T")


class Turns:
    """Gives out turns so that all processes on the database together keep the pace."""

    def __init__(self, store: Store, pacing: Pacing) -> None:
        self._store = store
        self._pacing = pacing

    async def take(self, workspace_id: str, place: str, method: str, *, now: datetime, patience: timedelta) -> datetime:
        """The instant at which a message may go; taken when it is within the patience, else nothing is reserved.

        `place` is a channel or a person, `method` the one of the Web API.
        """
        return await self._with_pacing(
            workspace_id, now, lambda pacing: pacing.take(workspace_id, place, method, now=now, patience=patience)
        )

    async def take_call(self, workspace_id: str, method: str, *, now: datetime, patience: timedelta) -> datetime:
        """The same for a call of this method that sends no message."""
        return await self._with_pacing(
            workspace_id, now, lambda pacing: pacing.take_call(workspace_id, method, now=now, patience=patience)
        )

    async def count(self, workspace_id: str, place: str, messages: int, *, now: datetime) -> None:
        """So many messages just came to this place without a turn: the next turns there leave them their time."""
        await self._with_pacing(workspace_id, now, lambda pacing: pacing.count(workspace_id, place, messages, now=now))

    async def hold(self, workspace_id: str, method: str, *, now: datetime, until: datetime) -> None:
        """Slack asked for patience: nothing goes by this method in this workspace until then, from any process."""
        await self._with_pacing(workspace_id, now, lambda pacing: pacing.hold(workspace_id, method, until=until))

    async def held_until(self, workspace_id: str, method: str, *, now: datetime) -> datetime:
        """The instant from which this method may be called again: `now` unless Slack asked any process to wait."""
        if self._store.is_sqlite:
            return self._pacing.held_until(workspace_id, method, now=now)
        known = await self._store.read(paces.state, workspace_id)
        return self._pacing.with_known(workspace_id, known, now=now).held_until(workspace_id, method, now=now)

    async def _with_pacing(self, workspace_id: str, now: datetime, change: Callable[[Pacing], T]) -> T:
        """What the change to the pacing that all processes share came to."""
        if self._store.is_sqlite:
            return change(self._pacing)

        def shared(session: Session) -> T:
            row = paces.lock(session, workspace_id)
            pacing = self._pacing.with_known(workspace_id, row.state, now=now)
            changed = change(pacing)
            row.state = pacing.known_of(workspace_id)
            session.add(row)
            return changed

        return await self._store.write(shared)
