"""How long the event loop stands still, whatever holds it up.

A task wants to be woken every millisecond. By how much it wakes late is how long the loop stood still: in work of its
own, in a wait of its thread (a lock, a disk, a socket), for the interpreter's lock, in a collection of garbage. Left
out is only the time in which a thread could have run, but the machine was busy with others: the loop's own thread, or
one that the loop may have waited for, since it had the interpreter's lock.
"""

import asyncio
import ctypes
import os
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter

LOOK_SECONDS = 0.001
TASKS = Path("/proc/self/task")
"""Linux: a folder for each thread, by its number. Its file `schedstat` holds nanoseconds: it ran, it waited to run."""


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """The seconds of each stall so far, one for each look at the clock."""
    stalls: list[float] = []
    waits = _Waits()

    async def watch() -> None:
        looked_at, waited = perf_counter(), waits.read()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now, waited_now = perf_counter(), waits.read()
            stalls.append(now - looked_at - LOOK_SECONDS - _longest(waited, waited_now))
            looked_at, waited = now, waited_now

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
    """How long each thread of this process has waited for a processor; nothing where the system does not tell."""

    def __init__(self) -> None:
        self._is_told = TASKS.exists()
        self._files: dict[int, int] = {}
        self._said = ctypes.create_string_buffer(100)
        # called so, it keeps the interpreter's lock, which os.pread would give away and wait for
        self._pread = ctypes.PyDLL(None).pread

    def read(self) -> Mapping[int, float]:
        """Seconds until now, by thread."""
        found = {}
        for thread in threading.enumerate() if self._is_told else ():
            number = thread.native_id or 0
            if number not in self._files:
                self._files[number] = os.open(TASKS / str(number) / "schedstat", os.O_RDONLY)
            length = self._pread(self._files[number], self._said, len(self._said), 0)
            found[number] = int(self._said.raw[: max(length, 0)].split()[1]) / 1e9 if length > 0 else 0.0
        return found

    def close(self) -> None:
        """Reads no more."""
        for file in self._files.values():
            os.close(file)


def _longest(before: Mapping[int, float], after: Mapping[int, float]) -> float:
    return max((after[number] - before.get(number, 0.0) for number in after), default=0.0)
