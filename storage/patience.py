"""The event loop stands and waits for what is soon done in a thread, for a bounded time; see docs/decisions/0015."""

import asyncio
from concurrent.futures import Future
from contextlib import suppress
from time import perf_counter
from typing import Any

PATIENCE_SECONDS = 0.005
"""How long the loop waits in all in one of its turns: as long as Python lets any thread keep the others waiting (its
switch interval)."""


class Patience:
    """What is left of the time that the loop may stand in this turn; everything ready in one turn shares it."""

    def __init__(self) -> None:
        self._left_seconds = PATIENCE_SECONDS
        self._has_some = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def some(self) -> None:
        """Returns in a turn of the loop that has some left: a read begun in any other would fight with the loop."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            # what another loop used up before it ended never comes back
            self._loop, self._left_seconds, self._has_some = loop, PATIENCE_SECONDS, asyncio.Event()
        while self._left_seconds <= 0:
            await self._has_some.wait()

    def wait_for(self, future: "Future[Any]") -> None:
        """Returns when the future is done, or when the patience is at its end. Called in the event loop."""
        if self._left_seconds == PATIENCE_SECONDS:
            asyncio.get_running_loop().call_soon(self._begin_turn)
        began_at = perf_counter()
        with suppress(TimeoutError):
            future.exception(timeout=max(self._left_seconds, 0.0))
        self._left_seconds -= perf_counter() - began_at
        if self._left_seconds <= 0:
            self._has_some.clear()

    def _begin_turn(self) -> None:
        self._left_seconds = PATIENCE_SECONDS
        self._has_some.set()
