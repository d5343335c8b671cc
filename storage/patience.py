"""The event loop stands and waits for what is soon done in a thread, for a bounded time; see docs/decisions/0015."""

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from time import perf_counter
from typing import Any

PATIENCE_SECONDS = 0.005
"""In a turn of the loop that has waited for so long no other read begins: as long as Python lets any thread keep the
others waiting (its switch interval)."""

LONGEST_SECONDS = 2 * PATIENCE_SECONDS
"""How long the loop waits in all in one of its turns; what was begun last has half of it at least."""

SHORTEST_SECONDS = 0.0001
"""No read is expected to take less."""


class Patience:
    """Whose reads the loop waits for in a turn: as many as should fit, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._waited_seconds = self._last_seconds = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_queue_served = self._will_begin_turn = False

    async def some(self) -> None:
        """Returns in a turn that has some left, to who asked first: a read not waited for would fight with the loop."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            # who waited in another loop that has ended never comes back
            self._loop = loop
            self._begin_anew()
        if self._is_queue_served or self._waiting or self._waited_seconds >= PATIENCE_SECONDS:
            mine = loop.create_future()
            self._waiting.append(mine)
            await mine
        elif not self._will_begin_turn:
            self._will_begin_turn = True
            loop.call_soon(self._begin_turn)

    def wait_for(self, future: "Future[Any]") -> None:
        """Returns when the future is done, or when the patience is at its end. Called in the event loop."""
        began_at = perf_counter()
        with suppress(TimeoutError):
            future.exception(timeout=min(PATIENCE_SECONDS, max(LONGEST_SECONDS - self._waited_seconds, 0.0)))
        self._last_seconds = perf_counter() - began_at
        self._waited_seconds += self._last_seconds

    def _begin_turn(self) -> None:
        """All the patience again, for as many of those that wait longest as should fit, or for who comes."""
        self._waited_seconds, given = 0.0, 0
        should_fit = max(1, int(PATIENCE_SECONDS / max(self._last_seconds, SHORTEST_SECONDS)))
        while self._waiting and given < should_fit:
            first = self._waiting.popleft()
            if not first.done():
                first.set_result(None)
                given += 1
        # those who were given some run before the next turn begins
        self._is_queue_served = self._will_begin_turn = given > 0
        if given:
            asyncio.get_running_loop().call_soon(self._begin_turn)
