"""A question that is asked in the background, at most every so often and never twice at once."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

AGAIN_SECONDS = 10.0


class Again:
    """Asks by `ask`, which raises nothing: whoever wants to know what came of it looks where that is noted."""

    def __init__(self, ask: Callable[[], Awaitable[None]]) -> None:
        self._ask = ask
        self._asked_at: float | None = None
        self._asking: asyncio.Task[None] | None = None

    def soon(self) -> None:
        """Asks, unless it asked a moment ago or still does."""
        is_early = self._asked_at is not None and monotonic() - self._asked_at < AGAIN_SECONDS
        if not is_early and (self._asking is None or self._asking.done()):
            self._asked_at = monotonic()
            self._asking = asyncio.create_task(self._once())

    async def asked(self) -> None:
        """Returns when no question is under way."""
        if self._asking is not None:
            await self._asking

    def stop(self) -> None:
        """Asks no more."""
        if self._asking is not None:
            self._asking.cancel()

    async def _once(self) -> None:
        await self._ask()
