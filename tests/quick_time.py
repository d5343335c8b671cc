"""An event loop and a clock that run several times as fast, for tests that would take a quarter of an hour.

Sleeps, timeouts and pauses between retries shrink; work takes as long as ever. A duration measured in quick time is
therefore never shorter than the real one.
"""

import asyncio
import selectors
import time
from datetime import datetime, timedelta
from typing import Any


class QuickLoop(asyncio.SelectorEventLoop):
    """An event loop on whose clock `times` seconds pass in one real second."""

    def __init__(self, times: float) -> None:
        self._times = times
        super().__init__(_QuickSelector(times))

    def time(self) -> float:
        """The loop's seconds."""
        return super().time() * self._times


class QuickClock:
    """The wall clock of a QuickLoop, which showed this instant when it was made."""

    def __init__(self, times: float, began_at: datetime) -> None:
        self._times = times
        self._began_at = began_at
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._began_at + timedelta(seconds=(time.monotonic() - self._began) * self._times)


class _QuickSelector(selectors.DefaultSelector):
    def __init__(self, times: float) -> None:
        self._times = times
        super().__init__()

    def select(self, timeout: float | None = None) -> list[Any]:
        """Return the files ready within the timeout, given in the loop's seconds."""
        return super().select(timeout / self._times if timeout else timeout)
