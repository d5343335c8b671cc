"""What a request costs: a card, a movement and a button, on SQLite and on PostgreSQL, beside stock Bolt."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count

from sqlalchemy import create_engine, text

from bench import payloads
from bench.databases import postgres_filled, sqlite_copy
from bench.harness import BenchFailed, Figure, in_turn, middle
from bench.load import EVENNESS, Found, Load
from bench.processes import Running, bot, floor, send, slack
from bench.program import cached, fill
from bench.slack import SIGNING_SECRET
from storage.database.connections import normalize_url

SECONDS = 1.0
SHORTEST_CARD = 2_000
"""Bytes: an answer that is shorter is no card."""
ATTEMPTS = 10
"""How often a round is measured again whose load was uneven, because the machine was busy with something else."""
ACCOUNTS_MOVED = 1_000

CARD = payloads.command("/account", "acme")
MOVE = payloads.command("/move", "account-@M@.example They asked for references, call @N@")
BUTTON = payloads.choice_in_form()

_numbers = count(1_000_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Side:
    """Who is asked: the bot on one database, or stock Bolt. `url` is the bot's database."""

    running: Running
    url: str = ""


def figures() -> Iterator[Figure]:
    """The figures of rows 1 to 5."""
    with ExitStack() as stack:
        api = stack.enter_context(slack())
        bolt = Side(stack.enter_context(floor("default", api)))
        bolt_before = Side(stack.enter_context(floor("before", api)))
        sqlite_url = stack.enter_context(sqlite_copy(cached()))
        sqlite = Side(stack.enter_context(bot(sqlite_url, api)), sqlite_url)
        postgres_url = stack.enter_context(postgres_filled(partial(fill, accounts=1_000, events=1_000_000)))
        postgres = Side(stack.enter_context(bot(postgres_url, api)), postgres_url)
        both = {"sqlite": sqlite, "postgres": postgres}
        yield from _card(bolt, both)
        yield from _move(bolt, both)
        yield from _button(bolt_before, both)
        yield from _many_cards(bolt, both)


def _card(bolt: Side, bots: dict[str, Side]) -> Iterator[Figure]:
    found = rounds_of(bolt, bots, body=CARD, shortest=SHORTEST_CARD)
    yield from latencies("/account, full card, p50", found, reach=0.35)


def _move(bolt: Side, bots: dict[str, Side]) -> Iterator[Figure]:
    found = rounds_of(bolt, bots, body=MOVE, shortest=200, spread=ACCOUNTS_MOVED, is_writing=True)
    yield from latencies("/move, committed, p50", found, reach=0.5)


def _button(bolt: Side, bots: dict[str, Side]) -> Iterator[Figure]:
    found = rounds_of(bolt, bots, body=BUTTON)
    yield from latencies("a button that changes nothing, p50", found, reach=1.5)


def _many_cards(bolt: Side, bots: dict[str, Side]) -> Iterator[Figure]:
    found = rounds_of(bolt, bots, body=CARD, shortest=SHORTEST_CARD, connections=16)
    slow = {side: middle([each.p99 for each in rounds]) for side, rounds in found.items()}
    often = {side: middle([each.per_second for each in rounds]) for side, rounds in found.items()}
    name = "the same card, 16 at once"
    yield Figure(f"{name}, p99", slow["sqlite"], slow["floor"], "ms", 3.0)
    yield Figure(f"{name}, throughput", often["sqlite"], often["floor"], "1/s", 0.4, is_more_better=True)
    yield Figure(f"{name}, p99, PostgreSQL to SQLite", slow["postgres"], slow["sqlite"], "ms", 1.5)
    yield Figure(
        f"{name}, throughput, PostgreSQL to SQLite",
        often["postgres"],
        often["sqlite"],
        "1/s",
        round(1 / 1.5, 3),
        is_more_better=True,
    )


def latencies(name: str, found: dict[str, list[Found]], *, reach: float) -> Iterator[Figure]:
    """What a request takes on SQLite beside the floor, and on PostgreSQL beside SQLite."""
    middles = {side: middle([each.p50 for each in rounds]) for side, rounds in found.items()}
    yield Figure(name, middles["sqlite"], middles["floor"], "ms", reach)
    yield Figure(f"{name}, PostgreSQL to SQLite", middles["postgres"], middles["sqlite"], "ms", 1.5)


def rounds_of(
    bolt: Side,
    bots: dict[str, Side],
    *,
    body: str,
    shortest: int = 0,
    spread: int = 1,
    connections: int = 1,
    is_writing: bool = False,
) -> dict[str, list[Found]]:
    """What every side gave in every round."""
    load = Load(0, body, SIGNING_SECRET, SECONDS, connections, spread=spread)
    sides = {"floor": partial(measured, bolt, load)}
    for name, side in bots.items():
        sides[name] = partial(measured, side, load, shortest=shortest, is_writing=is_writing)
    return in_turn(sides)


def measured(side: Side, load: Load, *, shortest: int = 0, is_writing: bool = False) -> Found:
    """What one round gave. Raises BenchFailed when its answers are not what they should be."""
    for _ in range(ATTEMPTS):
        before = events_in(side.url) if is_writing else 0
        asked = Load(
            side.running.port,
            load.body,
            load.secret,
            load.seconds,
            load.connections,
            spread=load.spread,
            first_number=next(_numbers),
        )
        found = send(asked)
        if found.shortest_body < shortest:
            raise BenchFailed(f"an answer of {found.shortest_body} bytes is not what was asked for")
        written = events_in(side.url) - before if is_writing else found.answered_in_all
        if written != found.answered_in_all:
            raise BenchFailed(f"{found.answered_in_all} answers, but {written} rows written")
        if EVENNESS[0] <= found.evenness <= EVENNESS[1]:
            return found
    raise BenchFailed(f"the load stayed uneven: requests x median / (connections x elapsed) is {found.evenness:.2f}")


def events_in(url: str) -> int:
    """How many events the database holds."""
    engine = create_engine(normalize_url(url))
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("select max(id) from event")).scalar_one())
    finally:
        engine.dispose()
