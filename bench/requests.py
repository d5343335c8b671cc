"""What people ask and tell all day, in processor time, against an empty acknowledgement by Bolt alone."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from statistics import mean, median

from bench.figures import Figure, WrongAnswer, check_shown
from bench.program import CHANNEL, PEOPLE, Firm, firms, names_in
from bench.running import Running, acknowledged_ms, bot, floor, workspace
from sandbox.readable import message_words
from sandbox.server import Sandbox
from sandbox.testing import Person

Check = Callable[[Sequence[Firm], Firm, str], None]
"""Raises WrongAnswer unless a text is the answer about this account of these."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is typed about an account, how many times the floor its answer may cost, and how many make a round.

    `{n}` becomes a number. `is_direct`: asked in a direct message, and answered by another one. `after` is typed before
    each, and counted in.
    """

    name: str
    budget: float
    text: str
    count: int
    check: Check
    is_direct: bool = False
    after: str = ""


def _names(words: str, expected: set[str]) -> None:
    """Raise WrongAnswer unless a text names these accounts and no others."""
    if names_in(words) != expected:
        raise WrongAnswer(f"{sorted(names_in(words) ^ expected)} too many or missing in: {words}")


def _card(_all: Sequence[Firm], firm: Firm, words: str) -> None:
    check_shown(words, f"*{firm.name}*", f"Tier {firm.tier}", f"@{firm.owner}", firm.blocker, firm.action)
    _names(words, {firm.name})


def _recorded(_all: Sequence[Firm], firm: Firm, words: str) -> None:
    check_shown(words, f"*Recorded* for {firm.name}: news: Their CFO asked for references")


def _owner(_all: Sequence[Firm], firm: Firm, words: str) -> None:
    check_shown(words, f"{firm.name}: owner @{firm.owner}")
    _names(words, {firm.name})


def _stalled(every: Sequence[Firm], _firm: Firm, words: str) -> None:
    stalled = {firm.name for firm in every if firm.is_stalled}
    check_shown(words, f"{len(stalled)} accounts, stalled")
    _names(words, stalled)


def _first_page(every: Sequence[Firm], _firm: Firm, words: str) -> None:
    """The page begins with tier 1, those in trouble first on it."""
    shown = names_in(words)
    tiers = sorted(every, key=lambda firm: (firm.tier, firm.number))
    _names(words, {firm.name for firm in tiers[: len(shown)]})
    check_shown(words, *(f"{firm.name} stalled" for firm in tiers[: len(shown)] if firm.is_stalled))


def _executive(every: Sequence[Firm], _firm: Firm, words: str) -> None:
    stalled = {firm.name for firm in every if firm.is_stalled}
    check_shown(words, f"{len(every)} accounts on the list", f"{len(stalled)} stalled", f"*Stalled {len(stalled)}*")
    # others have moved in the month, how many depends on the day of the month
    named = {name for line in words.splitlines() if "in a stage" in line for name in names_in(line)}
    if not named or named - stalled:
        raise WrongAnswer(f"other accounts than those stalled: {words}")


MOVE = "/move {domain} Their CFO asked for references, call {n}"
REQUESTS = (
    Request("card", 20.0, "/account {domain}", 60, _card),
    Request("/move", 30.0, MOVE, 60, _recorded),
    Request("question about one account", 40.0, "/abm ask who owns {domain}?", 60, _owner),
    Request("list, its first page", 40.0, "/abm list", 30, _first_page),
    Request("question about all accounts", 400.0, "what is stalled?", 5, _stalled, is_direct=True),
    Request("executive page, after an update", 1_000.0, "/abm executive", 3, _executive, after=MOVE),
)
ROUNDS, ACKNOWLEDGED = 2, 250
ANSWER_SECONDS = 20.0


async def figures(*, is_small: bool) -> AsyncIterator[Figure | WrongAnswer]:
    """Yield a figure for each request, over 10,000 accounts, 300 of them named."""
    named, candidates, rounds = (60, 3, 1) if is_small else (300, 9_700, ROUNDS)
    async with (
        workspace(named=named, candidates=candidates) as (sandbox, url),
        floor(sandbox) as least,
        bot(sandbox, url) as ours,
    ):
        asking = Asking(sandbox, firms(named))
        await ours.rests()
        for request in REQUESTS:
            try:
                yield await _figure(request, asking, ours, least, rounds)
            except WrongAnswer as wrong:
                yield WrongAnswer(f"{request.name}: {wrong}")


async def _figure(request: Request, asking: "Asking", ours: Running, least: Running, rounds: int) -> Figure:
    """Measure a request and the floor in turn, so that a drift of the machine hits both."""
    ours.hears()
    with suppress(WrongAnswer):  # the first loads what is loaded once, which counts for the start
        await asking.ask(request)
    spent, floor_ms, walls = 0.0, [], []
    for _ in range(rounds):
        floor_ms.append(await acknowledged_ms(least, asking.sandbox, count=ACKNOWLEDGED))
        ours.hears()
        before = ours.processor_ms()
        walls += [await asking.ask(request) for _ in range(request.count)]
        spent += ours.processor_ms() - before
    note = f"answered in {median(walls):.0f} ms"
    return Figure(request.name, spent / len(walls), mean(floor_ms), "ms of CPU", request.budget, note)


class Asking:
    def __init__(self, sandbox: Sandbox, every: Sequence[Firm]) -> None:
        self.sandbox, self._every = sandbox, every
        self._numbers = count()

    async def ask(self, request: Request) -> float:
        """Type the request; return the milliseconds until its answer. Raises WrongAnswer for another answer."""
        number = next(self._numbers)
        firm = self._every[number % len(self._every)]
        person = self.sandbox.person(PEOPLE[number % len(PEOPLE)])
        text = request.text.format(domain=firm.domain, n=number)
        began_at = time.perf_counter()
        if request.after:
            await person.types(request.after.format(domain=firm.domain, n=number), in_=CHANNEL)
        words = await (self._answered_directly(person, text) if request.is_direct else person.types(text, in_=CHANNEL))
        took = (time.perf_counter() - began_at) * 1_000
        request.check(self._every, firm, words)
        return took

    async def _answered_directly(self, person: Person, text: str) -> str:
        """Ask in a direct message and return the answer."""
        room = self.sandbox.workspace.im(person.id)
        before = len(room.messages) + 1
        await person.says(text, to=self.sandbox.workspace.bot.name)
        await self.sandbox.changed.until(lambda: len(room.messages) > before, seconds=ANSWER_SECONDS)
        return "\n".join(message_words(each, self.sandbox.workspace) for each in room.messages[before:])
