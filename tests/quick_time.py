"""An event loop and a clock that run several times as fast, for tests that would take a quarter of an hour.

Sleeps, timeouts and pauses between retries shrink; work takes as long as ever. A duration measured in quick time is
therefore never shorter than the real one.
"""

import asyncio
import selectors
import time
from datetime import datetime, timedelta
from typing import Any


class Pace:
    """How many seconds pass in a real one. It can change on the way, so that only the wait is quick."""

    def __init__(self, times: float) -> None:
        self.times = times
        self._changed_at = time.monotonic()
        self._passed = self._changed_at

    def seconds(self) -> float:
        """The seconds that have passed, counted from that of ``time.monotonic`` at the start."""
        return self._passed + (time.monotonic() - self._changed_at) * self.times

    def change(self, times: float) -> None:
        self._passed, self._changed_at = self.seconds(), time.monotonic()
        self.times = times


class QuickLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock keeps this pace."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        super().__init__(_QuickSelector(pace))

    def time(self) -> float:
        """The loop's seconds."""
        return self._pace.seconds()


class QuickClock:
    """The wall clock of a QuickLoop, which showed this instant when it was made."""

    def __init__(self, pace: Pace, began_at: datetime) -> None:
        self._pace = pace
        self._began_at = began_at
        self._began = pace.seconds()

    def now(self) -> datetime:
        return self._began_at + timedelta(seconds=self._pace.seconds() - self._began)


class _QuickSelector(selectors.DefaultSelector):
    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        super().__init__()

    def select(self, timeout: float | None = None) -> list[Any]:
        """Return the files ready within the timeout, given in the loop's seconds."""
        return super().select(timeout / self._pace.times if timeout else timeout)
