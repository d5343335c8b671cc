"""Processor time of a request beside that of an empty acknowledgement by Bolt alone."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count

from sqlmodel import SQLModel

from bench import payloads
from bench.databases import rows_of, sqlite
from bench.figures import ROUNDS, BenchFailed, Figure, in_turn
from bench.floor import COMMAND
from bench.load import Found, Load
from bench.processes import Running, bot, floor, processor_seconds, send, slack
from bench.program import fill
from bench.workspace import PEOPLE, SIGNING_SECRET
from storage.tables import Event

NAMED, CANDIDATES = 300, 9_700
UNEVEN = "; the load was uneven, as the machine was busy"
ANSWERED_WITHIN_SECONDS = 60.0
LOOK_SECONDS = 0.05

_numbers = count(100_000, 10_000)
"""The first number of each load: no two requests of a run have the same."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: how many times the floor it may cost, its body, how many make a round, and its answers.

    `shortest` is the least length of an answer in bytes. `writes` is the table that gets a row for each request.
    `is_posted` when the answer is a message and not in the acknowledgement.
    """

    name: str
    reach: float
    body: str
    requests: int
    shortest: int = 0
    spread: int = 1
    writes: type[SQLModel] | None = None
    is_posted: bool = False


ACK = Kind("ack", 1.0, payloads.command(COMMAND), 2_000)
KINDS = (
    Kind("card: /account", 20.0, payloads.command("/account", "firm@M@.example"), 200, 2_000, NAMED),
    Kind(
        "/move, committed",
        30.0,
        payloads.command("/move", "firm@M@.example They asked for references, call @N@"),
        200,
        shortest=200,
        spread=NAMED,
        writes=Event,
    ),
    Kind(
        "question over all of 300 named accounts",
        400.0,
        payloads.question("what is stalled?"),
        requests=6,
        shortest=3_000,
        spread=len(PEOPLE),
        is_posted=True,
    ),
    Kind("button that changes nothing", 1.5, payloads.choice_in_form(), 2_000),
    Kind("list: a page of 10,000 accounts", 40.0, payloads.command("/abm", "list"), 120, 1_500),
)


@dataclass(frozen=True, slots=True)
class Round:
    """Answers to one load, and the milliseconds of the processor that each took of the process that answered."""

    processor: float
    found: Found


Pair = tuple[Round, Round]
"""A round of the floor and one of the bot, right after each other."""


def figures() -> Iterator[Figure]:
    """Yield a figure for each kind of request, the floor measured again beside each round of each kind."""
    yield from figures_of(KINDS, named=NAMED, candidates=CANDIDATES)


def figures_of(kinds: Sequence[Kind], *, named: int, candidates: int = 0) -> Iterator[Figure]:
    """Yield a figure for each of these kinds, over a program of so many accounts."""
    with sqlite() as url:
        fill(url, named=named, candidates=candidates)
        yield from figures_in(url, kinds)


def figures_in(url: str, kinds: Sequence[Kind], *, rounds: int = ROUNDS, is_warm: bool = False) -> Iterator[Figure]:
    """Yield a figure for each of these kinds, over the program of a database; `is_warm`: after one request of each."""
    with ExitStack() as stack:
        api = stack.enter_context(slack())
        bolt, ours = stack.enter_context(floor(api)), stack.enter_context(bot(url, api))
        for kind in kinds if is_warm else ():
            send(Load((ours.port,), kind.body, SIGNING_SECRET, 1, first_number=next(_numbers)))
        sides: dict[str, Callable[[], Pair]] = {
            kind.name: partial(_pair, partial(_measured, bolt, ACK), partial(_measured, ours, kind, url, api))
            for kind in kinds
        }
        found = in_turn(sides, rounds)
        for kind in kinds:
            yield figure(kind, found[kind.name])


def figure(kind: Kind, pairs: Sequence[Pair]) -> Figure:
    """Return the round with the median ratio, of those with an even load if there are any."""
    even = [pair for pair in pairs if all(each.found.is_even for each in pair)]
    ranked = sorted(even or pairs, key=lambda pair: pair[1].processor / pair[0].processor)
    least, took = ranked[len(ranked) // 2]
    note = f"wall {took.found.p50:.2f} ms, floor {least.found.p50:.2f}{'' if even else UNEVEN}"
    return Figure(kind.name, took.processor, least.processor, "ms of CPU", kind.reach, note)


def _pair(floor_round: Callable[[], Round], our_round: Callable[[], Round]) -> Pair:
    return floor_round(), our_round()


def _measured(running: Running, kind: Kind, database: str = "", api_url: str = "") -> Round:
    """Measure one round. Raises BenchFailed for answers that are none."""
    load = Load(
        (running.port,),
        kind.body,
        SIGNING_SECRET,
        kind.requests,
        spread=kind.spread,
        first_number=next(_numbers),
    )
    rows = rows_of(database, kind.writes) if kind.writes else 0
    posted = _posted(api_url)["threads"] if kind.is_posted else 0
    before = processor_seconds(running.pid)
    found = send(load)
    shortest = _all_posted(api_url, posted + found.answered) if kind.is_posted else found.shortest_body
    took = processor_seconds(running.pid) - before
    try:
        check(found, shortest=shortest, least=kind.shortest)
    except BenchFailed as error:
        raise BenchFailed(f"{kind.name}: {error}") from error
    if kind.writes:
        check_rows(found, rows_of(database, kind.writes) - rows)
    return Round(took * 1_000 / found.answered, found)


def check(found: Found, *, shortest: int, least: int) -> None:
    """Raise BenchFailed when a request failed, or an answer is too short to be one."""
    if found.errors:
        raise BenchFailed(f"{found.errors} of {found.answered} requests failed")
    if shortest < least:
        raise BenchFailed(f"an answer of {shortest} bytes is not what was asked for")


def check_rows(found: Found, written: int) -> None:
    """Raise BenchFailed unless each request wrote its row."""
    if written != found.answered:
        raise BenchFailed(f"{found.answered} answers, but {written} rows written")


def _all_posted(api_url: str, expected: int) -> int:
    """Wait until so many threads were answered, and return the length of the shortest message."""
    give_up_at = time.monotonic() + ANSWERED_WITHIN_SECONDS
    while (posted := _posted(api_url))["threads"] < expected:
        if time.monotonic() > give_up_at:
            raise BenchFailed(f"{posted['threads']} of {expected} questions were answered")
        time.sleep(LOOK_SECONDS)
    return posted["shortest"]


def _posted(api_url: str) -> Mapping[str, int]:
    with urllib.request.urlopen(f"{api_url}threads", timeout=10) as answer:
        posted: Mapping[str, int] = json.load(answer)
    return posted
