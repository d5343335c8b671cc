"""Two processes are restarted one after the other while people work: everything is answered and counts once."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from sqlmodel import select

from sandbox.delivery import Answer, Kind, Retry, SignedHttp
from sandbox.server import Sandbox
from storage.database import Store
from storage.models.events import Event
from tests.failures.bots import MANIFEST, Bot, ForkServer
from tests.failures.offset_clock import OffsetClock
from tests.failures.programs import begin_program

PEOPLE = ("ann", "bea", "cyd")
NUMBERS = count()
"""So that no two entries are the same: who repeats one is asked about it."""

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.database("postgres"),  # SQLite is for one process
]


@dataclass
class Balancer:
    """Gives each request to the next process, and to the one after it when that one does not listen any more."""

    secret: str
    carriers: dict[int, SignedHttp] = field(default_factory=dict)
    turn: int = 0

    def add(self, bot: Bot) -> None:
        self.carriers[bot.pid] = SignedHttp(f"http://127.0.0.1:{bot.port}/slack/events", self.secret)

    async def remove(self, bot: Bot) -> None:
        await self.carriers.pop(bot.pid).close()

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        self.turn += 1
        carriers = list(self.carriers.values())
        answer = Answer("unreachable", {})
        for number in range(len(carriers)):
            carrier = carriers[(self.turn + number) % len(carriers)]
            answer = await carrier.send(kind, payload, seconds=seconds, retry=retry)
            if answer.status != "unreachable":
                return answer
        return answer

    async def close(self) -> None:
        for carrier in self.carriers.values():
            await carrier.close()


@dataclass
class Tally:
    moves: int = 0
    undone: int = 0
    failed: list[str] = field(default_factory=list)


@pytest.mark.parametrize("way", ["http", pytest.param("socket", marks=pytest.mark.proof)])
async def test_commands_clicks_and_forms_count_once_while_each_of_two_processes_is_restarted(way, store, fork_server):
    async with Sandbox(manifest=MANIFEST, now=OffsetClock().now, has_rate_limits=False) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user(name) for name in PEOPLE])
        begin_program(store, sandbox, sandbox.workspace.now())
        before = recorded(store)
        balancer = Balancer(sandbox.signing_secret)
        if way == "http":
            sandbox.slack.delivery.http = balancer  # type: ignore[assignment]
        bots = [await begun(way, store, sandbox, fork_server, balancer) for _ in range(2)]
        restarted, tally = asyncio.Event(), Tally()
        working = [asyncio.create_task(goes_on(sandbox, name, restarted, tally)) for name in PEOPLE]
        for old in bots:
            await begun(way, store, sandbox, fork_server, balancer)
            assert await old.stop() == 0
            if way == "http":
                await balancer.remove(old)
        restarted.set()
        await asyncio.gather(*working)
        # Socket Mode has no way to say that nothing more is taken: what was on its way to a closing socket is told to
        # the person as failed, and was not done
        assert len(tally.failed) <= (len(bots) if way == "socket" else 0), tally.failed
        new = recorded(store) - before
        assert new == Counter(moved=tally.moves, corrected=tally.undone)
        assert tally.moves > 2 * len(PEOPLE)


def recorded(store: Store) -> Counter[str]:
    with store.reading() as session:
        return Counter(session.exec(select(Event.kind)))


async def begun(way: str, store: Store, sandbox: Sandbox, fork_server: ForkServer, balancer: Balancer) -> Bot:
    connections = sandbox.slack.delivery.sockets.connections
    bot = await fork_server.start(sandbox, store.url, is_socket=way == "socket")
    await bot.ready()
    if way == "http":
        balancer.add(bot)
    else:
        await sandbox.connected(connections=connections + 1)
    return bot


async def goes_on(sandbox: Sandbox, name: str, restarted: asyncio.Event, tally: Tally) -> None:
    """Works again and again until both processes are new."""
    turns = 0
    while not restarted.is_set() or turns < 3:
        await works(sandbox, name, tally)
        turns += 1


async def works(sandbox: Sandbox, name: str, tally: Tally) -> None:
    """Opens a form from a command, submits it, and takes back with a click what a command recorded."""
    person = sandbox.person(name)
    asked = await person.types("/move initech", in_="#abm-weekly")
    if asked.outcome is None or not asked.outcome.ok:
        tally.failed.append(asked)
        return
    assert await sandbox.changed.until(lambda: person.has_form)
    try:
        await person.fills(text=f"Form of {name}, {next(NUMBERS)}")
    except AssertionError as unanswered:
        tally.failed.append(f"field: {unanswered}")
        await person.closes()
        return
    outcome = await person.submits()
    if outcome.ok:
        tally.moves += 1
    else:
        tally.failed.append(f"form: {outcome.error}")
        await person.closes()
    seen = await person.types(f"/move initech {name} {next(NUMBERS)}", in_="#abm-weekly")
    if "*Recorded*" not in seen:
        tally.failed.append(seen)
        return
    tally.moves += 1
    undone = (await person.clicks("Undo", on=seen)).outcome
    if undone is not None and undone.ok:
        tally.undone += 1
    else:
        tally.failed.append(f"click: {undone}")
