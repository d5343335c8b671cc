"""Notice of changes in the workspace, without polling."""

import asyncio
from collections.abc import Callable

PATIENCE_SECONDS = 180.0
"""How long a test waits for an event: a busy machine may need most of it, so only what never comes reaches the end."""


class Changes:
    """Notifies waiters and listeners of every change in the workspace.

    ``version`` grows by one with every change; ``listeners`` are called at once, in the event loop.
    """

    def __init__(self) -> None:
        self.version = 0
        self.listeners: list[Callable[[], None]] = []
        self._waiting: set[asyncio.Future[None]] = set()

    def happened(self) -> None:
        """Notify every waiter and listener."""
        self.version += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)
        for listener in list(self.listeners):
            listener()

    async def until(self, holds: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> bool:
        """Wait until ``holds()`` is true, checked after every change; return False after ``seconds``."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    await self._next()
        except TimeoutError:
            return holds()
        return True

    async def _next(self) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
