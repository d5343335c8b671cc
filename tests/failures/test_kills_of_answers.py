"""Kill -9 while people record things: each is answered or told by direct message, once; nothing is posted twice."""

import signal
from dataclasses import dataclass
from datetime import timedelta
from itertools import product, takewhile

import pytest
from sqlmodel import col, select

from sandbox.readable import message_words
from sandbox.server import Sandbox
from storage.database import Store
from storage.inbox import ANSWERED_WITHIN
from storage.models.events import Event
from tests.failures.bots import MANIFEST, Bot, ForkServer
from tests.failures.contents import key_of, letters, messages
from tests.failures.kill_points import SEND, KillPoint, When
from tests.failures.offset_clock import OffsetClock
from tests.failures.programs import begin_program

MOMENTS: tuple[tuple[str, When], ...] = tuple(product(("update", "settle"), ("before", "after")))
"""Moments at which a process that records is killed: about its commit, and about the one that settles the answer."""
TELLING: tuple[tuple[str, When], ...] = tuple(product(("settle", "claim", SEND, "record"), ("before", "after")))
"""Moments at which a process is killed that tells somebody of it: `settle` is the queueing of the message."""
SAMPLE = [("postgres", "socket")]
PROOF = [
    pytest.param(*each, marks=pytest.mark.proof)
    for each in product(("sqlite", "postgres"), ("http", "socket"))
    if each not in SAMPLE
]
MOST_COMMANDS = 40
"""More than any of these bots lives to see."""
LATER = ANSWERED_WITHIN + timedelta(minutes=1)
"""After this a process of PostgreSQL takes the one that recorded something for gone."""

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(("database", "way"), SAMPLE + PROOF)
async def test_what_was_recorded_is_answered_or_told_once_wherever_a_process_is_killed(way, chance, store, fork_server):
    clock = OffsetClock()
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        begin_program(store, sandbox, clock.now())
        # a message that may be there is looked for, with metadata in the history and without
        sandbox.faults.hides_metadata = chance.random() < 0.5
        office = Office(fork_server, sandbox, store, clock, way)
        answered = []
        for work, when in MOMENTS:
            answered.append(await office.is_killed_as_ann_records(work, when))
            if (work, when) == ("update", "after"):
                await office.is_killed_as_it_tells(*chance.choice(TELLING))
            await office.finishes()
        assert answered == [False, False, True, True]
        told = office.told()
        assert office.recorded() == ["update after", "settle before", "settle after"]
        # killed between the two, a process leaves no trace of the answer that it gave: it is told as well, not less
        assert [told.count(each) for each in office.recorded()] == [1, 1, 0]
        keys = [key for message in messages(sandbox) if (key := key_of(message))]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("database", "way", "kills"),
    [
        ("sqlite", "http", 3),
        pytest.param("sqlite", "http", 10, marks=pytest.mark.proof),
        pytest.param("postgres", "http", 10, marks=pytest.mark.proof),
    ],
)
async def test_at_whatever_commit_a_process_is_killed_all_is_answered_or_told(way, kills, chance, store, fork_server):
    clock = OffsetClock()
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        begin_program(store, sandbox, clock.now())
        office = Office(fork_server, sandbox, store, clock, way)
        answered, last = set[str](), set[str]()
        for number in range(kills):
            kill_point = KillPoint(chance.choice(("before", "after")), "any", chance.randint(2, 9))
            heard = await office.works_until_it_is_killed(f"Day {number}", kill_point)
            answered |= {*heard}
            last |= {*heard[-1:]}
        await office.finishes()
        recorded, told = {*office.recorded()}, office.told()
        assert recorded == answered | {*told}
        assert len(told) == len({*told})
        # only the answer that a process gave last can have been left without its settlement
        assert answered & {*told} <= last


@dataclass
class Office:
    """Ann at work in one channel, and one bot after the other."""

    fork_server: ForkServer
    sandbox: Sandbox
    store: Store
    clock: OffsetClock
    way: str

    async def is_killed_as_ann_records(self, work: str, when: When) -> bool:
        """Kill a bot at that moment of a command; return whether she got its answer."""
        bot = await self._serves(KillPoint(when, work, 1))
        is_answered = await self._moves(f"{work} {when}")
        assert await bot.ended() == -signal.SIGKILL
        return is_answered

    async def works_until_it_is_killed(self, name: str, kill_point: KillPoint) -> list[str]:
        try:
            bot = await self._serves(kill_point)
        except (AssertionError, ValueError):
            return []  # killed as it began
        texts = (f"{name} move {number}" for number in range(MOST_COMMANDS))
        answered = [text for text in takewhile(lambda _: bot.status is None, texts) if await self._moves(text)]
        assert bot.status == -signal.SIGKILL
        return answered

    async def _serves(self, kill_point: KillPoint) -> Bot:
        sockets = self.sandbox.slack.delivery.sockets
        # those of the bot before are closed, but not noticed yet
        await self.sandbox.changed.until(lambda: sockets.connections == 0)
        bot = await (await self._starts(kill_point)).ready()
        if self.way == "http":
            if self.sandbox.slack.delivery.http is not None:
                await self.sandbox.slack.delivery.http.close()
            await self.sandbox.use_http(f"http://127.0.0.1:{bot.port}/slack/events")
        else:
            await self.sandbox.connected()
        return bot

    async def _moves(self, text: str) -> bool:
        """Type a command; return whether its answer was seen."""
        return "*Recorded*" in await self.sandbox.person("ann").types(f"/move initech {text}", in_="#abm-weekly")

    async def is_killed_as_it_tells(self, work: str, when: When) -> None:
        """Kill a bot at that moment, as it tells her what she got no answer to."""
        bot = await self._starts(KillPoint(when, work, 1))
        assert await bot.ended() == -signal.SIGKILL

    async def finishes(self) -> None:
        bot = await (await self._starts(None)).ready()
        await bot.until(lambda: not any(each.state in ("waiting", "leased") for each in letters(self.store)))
        assert await bot.stop() == 0

    async def _starts(self, kill_point: KillPoint | None) -> Bot:
        """Start a bot when all leases of the one before have ended."""
        self.clock.seconds += LATER.total_seconds()
        return await self.fork_server.start(
            self.sandbox, self.store.url, kill_point=kill_point, is_socket=self.way == "socket"
        )

    def recorded(self) -> list[str]:
        with self.store.reading() as session:
            moves = session.exec(select(Event).where(Event.kind == "moved").order_by(col(Event.id)))
            return [text for each in moves if (text := each.change["text"]) != "First call"]

    def told(self) -> list[str]:
        workspace = self.sandbox.workspace
        said = [message_words(each, workspace) for each in workspace.im(self.sandbox.person("ann").id).messages]
        return [text for text in self.recorded() for each in said if text in each]
