"""The event loop stands and waits for what is soon done in a thread, for a bounded time; see docs/decisions/0015."""

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from itertools import islice
from time import perf_counter
from typing import Any

PATIENCE_SECONDS = 0.005
"""How long the loop waits for a read: as long as Python lets any thread keep the others waiting (its switch interval).
In a turn that has waited for so long no other read begins, so that a turn waits for twice as long at most."""

SHORTEST_SECONDS = 0.0001
"""No read is expected to take less."""


class Patience:
    """Whose reads the loop waits for in a turn: they begin in the order in which they were asked for."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._waited_seconds = self._last_seconds = 0.0
        self._waiting: deque[asyncio.Event] = deque()
        self._will_begin_turn = False

    async def some(self) -> None:
        """Returns in a turn that has some left, to who asked first: a read not waited for would fight with the loop."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            # who waited in another loop that has ended never comes back
            self._loop = loop
            self._begin_anew()
        if self._waiting or self._is_used_up:
            await self._queue(asyncio.Event())
        elif not self._will_begin_turn:
            self._will_begin_turn = True
            loop.call_soon(self._begin_turn)

    def wait_for(self, future: "Future[Any]") -> None:
        """Returns when the future is done, or the patience at its end. Called in the event loop, right after `some`."""
        began_at = perf_counter()
        with suppress(TimeoutError):
            future.exception(timeout=PATIENCE_SECONDS)
        self._last_seconds = perf_counter() - began_at
        self._waited_seconds += self._last_seconds

    @property
    def _is_used_up(self) -> bool:
        return self._waited_seconds >= PATIENCE_SECONDS

    async def _queue(self, called: asyncio.Event) -> None:
        # another loop may have begun with nobody waiting before this one's task ends
        waiting = self._waiting
        waiting.append(called)
        try:
            await called.wait()
            while self._is_used_up:
                # those called before took longer than the last had let expect
                called.clear()
                await called.wait()
        finally:
            waiting.remove(called)

    def _begin_turn(self) -> None:
        """All the patience again: calls as many of those that wait longest as should fit. Then anybody may come."""
        self._waited_seconds = 0.0
        should_fit = max(1, int(PATIENCE_SECONDS / max(self._last_seconds, SHORTEST_SECONDS)))
        for called in islice(self._waiting, should_fit):
            called.set()
        self._will_begin_turn = bool(self._waiting)
        if self._waiting:
            # those called have begun, or wait again, before this
            asyncio.get_running_loop().call_soon(self._begin_turn)
