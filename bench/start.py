"""The start of the bot: until it has answered the first command, and the memory that it then has."""

import time
from collections.abc import AsyncIterator
from statistics import mean

from bench.figures import Figure, check_shown
from bench.program import ADMIN, CHANNEL, firms
from bench.running import bot, floor, workspace

NAMED, ROUNDS = 9, 3
BUDGET = 3.0
"""Processor time of a start, in starts of Bolt alone."""
MEMORY_MIB = 145.0


async def figures(*, is_small: bool) -> AsyncIterator[Figure]:
    """Yield the processor time until a card is shown, against Bolt's until an acknowledgement, and the memory then."""
    firm = firms(1)[0]
    spent, least, seconds, memory = [], [], [], []
    async with workspace(named=NAMED) as (sandbox, url):
        person = sandbox.person(ADMIN)
        for _ in range(1 if is_small else ROUNDS):
            async with floor(sandbox) as bolt:
                await person.types("/account", in_=CHANNEL)
                least.append(bolt.processor_ms())
            began_at = time.perf_counter()
            async with bot(sandbox, url) as ours:
                check_shown(await person.types(f"/account {firm.domain}", in_=CHANNEL), f"*{firm.name}*", firm.action)
                seconds.append(time.perf_counter() - began_at)
                spent.append(ours.processor_ms())
                memory.append(ours.memory_mib())
    note = f"{mean(seconds):.1f} s"
    yield Figure("start, to the first card", mean(spent) / 1_000, mean(least) / 1_000, "s of CPU", BUDGET, note)
    yield Figure("memory after the first card", mean(memory), MEMORY_MIB, "MiB", 1.0, "the floor is what is allowed")
