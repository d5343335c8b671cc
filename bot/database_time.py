"""Compare this computer's clock with the database's, the one clock that all processes share."""

from datetime import timedelta
from time import monotonic

from bot.clock import Clock
from storage import diagnostics
from storage.database.engine import Store

COMPARE_SECONDS = 60.0
"""How often the clocks are compared."""
NEGLIGIBLE = timedelta(seconds=5)
"""Clocks as close as this count as the same, and a slower answer of the database says nothing."""


class DatabaseTime:
    """Keep the store's lease clock at the time of a PostgreSQL server. SQLite has one process and no clock of its own.

    `computer` is this computer's clock.
    """

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
