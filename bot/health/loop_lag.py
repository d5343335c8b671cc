"""The lag of the event loop: while a callback holds it, nobody is answered."""

import asyncio
from collections.abc import Callable

EVERY_SECONDS = 0.5


def follow_loop(after_wake: Callable[[float], None], *, every_seconds: float = EVERY_SECONDS) -> Callable[[], None]:
    """Report to `after_wake`, every so often, by how many seconds the loop woke late; return a function that stops."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.TimerHandle

    def ask(now: float) -> None:
        nonlocal waiting
        waiting = loop.call_at(now + every_seconds, wake, now + every_seconds)

    def wake(planned_at: float) -> None:
        now = loop.time()
        after_wake(max(now - planned_at, 0.0))
        ask(now)

    def end() -> None:
        waiting.cancel()

    ask(loop.time())
    return end
