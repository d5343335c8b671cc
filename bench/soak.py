"""Ten minutes of a busy office, and whether the bot's memory grows."""

import asyncio
import time
from collections.abc import AsyncIterator

from bench.figures import Figure
from bench.program import firms
from bench.requests import REQUESTS, Asking
from bench.running import bot, workspace

NAMED = 60
SECONDS, FEW_SECONDS = 600.0, 10.0
WARM_SHARE = 0.1
"""Part of the time before it, in which all is loaded that is loaded once."""
BETWEEN_SECONDS = 0.2
BUDGET = 1.1


async def figures(*, is_small: bool) -> AsyncIterator[Figure]:
    """Yield the memory at the end against that when all was loaded; every answer is checked."""
    seconds = FEW_SECONDS if is_small else SECONDS
    async with workspace(named=NAMED) as (sandbox, url), bot(sandbox, url) as ours:
        asking, warm_mib, asked = Asking(sandbox, firms(NAMED)), 0.0, 0
        for part in (WARM_SHARE * seconds, seconds):
            ends_at = time.perf_counter() + part
            while time.perf_counter() < ends_at or asked < len(REQUESTS):
                await asking.ask(REQUESTS[asked % len(REQUESTS)])
                asked += 1
                await asyncio.sleep(BETWEEN_SECONDS)
            warm_mib = warm_mib or ours.memory_mib()
        note = f"{asked:,} requests, every answer checked"
        yield Figure("memory after ten minutes", ours.memory_mib(), warm_mib, "MiB", BUDGET, note)
