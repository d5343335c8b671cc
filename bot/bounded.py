"""A question whose answer is not waited for longer than some seconds, and which is never asked twice at once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Bounded(Generic[T]):
    """Asks by `ask`. What hangs is not asked ever more: while one question is under way its answer is waited for."""

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        self._ask = ask
        self._asking: asyncio.Task[T] | None = None

    async def answer(self, seconds: float) -> T | None:
        """The answer, None when it does not come within so many seconds. Raises what `ask` raises."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._once())
        done, _ = await asyncio.wait({self._asking}, timeout=seconds)
        return self._asking.result() if done else None

    async def _once(self) -> T:
        return await self._ask()
