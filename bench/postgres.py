"""Two processes on one PostgreSQL beside one: cards a second, and which part of the program uses the processor."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count

from bench import payloads
from bench.databases import Postgres, postgres
from bench.figures import Figure, in_turn
from bench.load import Found, Load
from bench.processes import Running, bot, processor_seconds, send, slack
from bench.program import fill
from bench.requests import NAMED, UNEVEN, check
from bench.workspace import SIGNING_SECRET

CARD = payloads.command("/account", "firm@M@.example")
SHORTEST_CARD = 2_000
REQUESTS, CONNECTIONS = 600, 16
DAYS = 9

_numbers = count(100_000, 10_000)


@dataclass(frozen=True, slots=True)
class Throughput:
    """Answers to a load of cards, and processor seconds by the part that used them."""

    found: Found
    used: Mapping[str, float]

    def shares(self) -> str:
        """Return each part's share of the processor time."""
        total = sum(self.used.values())
        return ", ".join(f"{part} {used / total:.0%}" for part, used in self.used.items())


def figures() -> Iterator[Figure]:
    """Yield the cards a second of two processes, with those of one as the floor."""
    with ExitStack() as stack:
        server, api = stack.enter_context(postgres()), stack.enter_context(slack())
        fill(server.url, named=NAMED, days=DAYS)
        first, second = (stack.enter_context(bot(server.url, api)) for _ in range(2))
        sides = {"one": partial(_cards, server, [first]), "two": partial(_cards, server, [first, second])}
        found = in_turn(sides, rounds=2)
        one, two = (max(found[side], key=lambda each: each.found.per_second) for side in ("one", "two"))
        note = f"of the processor: {two.shares()}"
        if not (one.found.is_even and two.found.is_even):
            note += UNEVEN
        cards = two.found.per_second, one.found.per_second
        yield Figure("two processes on PostgreSQL to one, 16 at once", *cards, "cards/s", None, note)


def _cards(server: Postgres, bots: Sequence[Running]) -> Throughput:
    """Ask for cards, the connections shared evenly among the processes."""
    pids = {"PostgreSQL": server.pid} | {f"bot {number}": each.pid for number, each in enumerate(bots, 1)}
    before = {part: processor_seconds(pid) for part, pid in pids.items()}
    ports = [each.port for each in bots]
    load = Load(
        ports,
        CARD,
        SIGNING_SECRET,
        REQUESTS,
        CONNECTIONS,
        spread=NAMED,
        first_number=next(_numbers),
    )
    found = send(load)
    check(found, shortest=found.shortest_body, least=SHORTEST_CARD)
    used = {part: processor_seconds(pid) - before[part] for part, pid in pids.items()}
    return Throughput(found, used | {"load": found.processor_seconds})
