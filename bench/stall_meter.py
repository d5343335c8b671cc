"""How long the event loop stands still, whatever holds it up.

A task wants to be woken every millisecond. By how much it wakes late is how long the loop stood still: in work of its
own, in a wait of its thread (a lock, a disk, a socket), for the interpreter's lock, in a collection of garbage. Left
out is only the time in which its thread could have run, but the machine was busy with others.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter

LOOK_SECONDS = 0.001
SCHEDULER = Path("/proc/thread-self/schedstat")
"""Linux: nanoseconds that this thread ran, and that it waited for a processor; times it got one."""


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """The seconds of each stall so far, one for each look at the clock. The loop must run in the thread it began in."""
    stalls: list[float] = []
    waits = _Waits()

    async def watch() -> None:
        while True:
            began_at, waited = perf_counter(), waits.seconds()
            await asyncio.sleep(LOOK_SECONDS)
            stalls.append(perf_counter() - began_at - LOOK_SECONDS - (waits.seconds() - waited))

    watching = asyncio.create_task(watch())
    # what it is to watch must not begin before it looks
    await asyncio.sleep(0)
    try:
        yield stalls
        # a stall that is just over is known with the next look
        await asyncio.sleep(2 * LOOK_SECONDS)
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        waits.close()


class _Waits:
    """How long this thread has waited for a processor since it began; nothing where the system does not tell."""

    def __init__(self) -> None:
        self._file = os.open(SCHEDULER, os.O_RDONLY) if SCHEDULER.exists() else None

    def seconds(self) -> float:
        """The sum until now."""
        return int(os.pread(self._file, 100, 0).split()[1]) / 1e9 if self._file is not None else 0.0

    def close(self) -> None:
        """Reads no more."""
        if self._file is not None:
            os.close(self._file)
