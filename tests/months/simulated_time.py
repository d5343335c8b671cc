"""Simulated time: nobody waits. When nothing is left to do, the clock jumps to the next moment that is waited for.

It is right only where all work is done in the event loop's own thread and nothing comes through a socket.
"""

import asyncio
import math
import selectors
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

from storage.database import Store, Verb

P = ParamSpec("P")
T = TypeVar("T")

TIMER_SECONDS = 1e-9
"""asyncio runs a timer that is due within a nanosecond."""


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop whose seconds pass only while everybody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        super().__init__(_JumpingSelector(self))

    def time(self) -> float:
        """Simulated seconds since the loop was made."""
        return self.seconds


class SimulatedClock:
    """The clock that goes with the running loop; when the loop is made it is right, or shows the instant given."""

    def __init__(self, began_at: datetime | None = None) -> None:
        self._began_at = began_at or datetime.now(UTC)

    def now(self) -> datetime:
        return self._began_at + timedelta(seconds=asyncio.get_running_loop().time())


class StoreInPlace(Store):
    """A store whose verbs run where they are awaited, in no thread."""

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read in place."""
        return self.read_now(verb, *args, **kwargs)

    async def read_long(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read in place."""
        return self.read_now(verb, *args, **kwargs)

    async def write_quietly(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        result = self.write_now(verb, *args, **kwargs)
        self.after_write()
        return result


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self, loop: SimulatedLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; jump past the timeout when nothing is. RuntimeError when nothing ever will be."""
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("everybody waits for something that never comes")
        if not ready:
            self._loop.seconds = _later(self._loop.seconds, timeout or 0)
        return ready


def _later(seconds: float, timeout: float) -> float:
    """Return the time after a wait.

    After half a year a nanosecond is lost beside the seconds, and a timer due just now would never run: the least that
    makes a difference is added.
    """
    then = seconds + timeout
    return then if math.ulp(then) <= TIMER_SECONDS else math.nextafter(then, math.inf)
