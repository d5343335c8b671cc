"""Single-flight: work in the background that never runs twice at once, and whose callers wait only so long."""

import asyncio
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Runs `work` in a task of its own; while it runs, everybody who asks shares that run.

    Two runs begin at least `pause_seconds` apart. Work that hangs is never started a second time.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]], *, pause_seconds: float = 0.0) -> None:
        self._work = work
        self._pause_seconds = pause_seconds
        self._started_at = 0.0
        self._running: asyncio.Task[T] | None = None

    def start(self) -> "asyncio.Task[T]":
        """Start a run and return it, or return the last one while it lasts or the pause after its start is not over."""
        is_early = monotonic() - self._started_at < self._pause_seconds
        if self._running is None or (self._running.done() and not is_early):
            self._started_at = monotonic()
            self._running = asyncio.create_task(self._work())
        return self._running

    async def result(self, *, timeout_seconds: float) -> T | None:
        """Return the result, or None when it does not come in time. Raises what the work raises."""
        run = self.start()
        done, _ = await asyncio.wait({run}, timeout=timeout_seconds)
        return run.result() if done else None

    def cancel(self) -> None:
        """Cancel the run in progress."""
        if self._running is not None:
            self._running.cancel()
