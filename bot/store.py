"""The store of the running bot, without the leases of an earlier process, and its clock."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.settings import Settings
from bot.slack_api import StartFailed
from storage import asked, diagnostics, inbox
from storage.database import Store, advice_for_operator
from storage.migrate import AlreadyRunning, MigrationFailed, single_instance, upgrade

# Compare this computer's clock with the database's, the one clock that all processes share.

COMPARE_SECONDS = 60.0
"""How often the clocks are compared."""
NEGLIGIBLE = timedelta(seconds=5)
"""Clocks this close count as the same; an answer of the database that took longer is not used."""


class DatabaseTime:
    """Keep the store's lease clock at a PostgreSQL server's time; SQLite has one process. `computer` is our clock."""

    def __init__(self, store: Store, computer: Clock) -> None:
        self._store = store
        self._computer = computer
        self._compared_at: float | None = None

    async def compare(self) -> None:
        """Ask the database what time it is, unless it was asked within the last minute."""
        is_early = self._compared_at is not None and monotonic() - self._compared_at < COMPARE_SECONDS
        if is_early or self._store.is_sqlite:
            return
        before = self._computer.now()
        at = await self._store.read(diagnostics.server_time)
        took = self._computer.now() - before
        if timedelta() <= took < NEGLIGIBLE:
            ahead = at - (before + took / 2)
            self._store.lease_clock.ahead = ahead if abs(ahead) >= NEGLIGIBLE else timedelta()
            self._compared_at = monotonic()


async def open_store(settings: Settings, clock: Clock, stack: AsyncExitStack) -> Store:
    """Return the store with its tables. On SQLite, with its one process, earlier leases end. Raises StartFailed."""
    try:
        stack.enter_context(single_instance(settings.database_url))
    except AlreadyRunning as error:
        raise StartFailed(str(error)) from error
    store = Store(settings.database_url)
    stack.callback(store.close)
    try:
        await asyncio.to_thread(upgrade, store)
        if store.is_sqlite:
            await store.write(inbox.end_all, clock.now())
            await store.write(asked.end_leases)
    except MigrationFailed as error:
        raise StartFailed(str(error)) from error
    except SQLAlchemyError as error:
        raise StartFailed(advice_for_operator(error)) from error
    return store
