"""Kill -9 while people record things: each is answered or told by direct message, once; nothing is posted twice."""

import signal
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from sqlmodel import col, select

from sandbox.content.readable_text import message_words
from sandbox.server import Sandbox
from storage.database.engine import Store
from storage.delivery.answers import ANSWERED_WITHIN
from storage.tables import Event
from tests.failures.bots import MANIFEST, Bot, ForkServer
from tests.failures.contents import key_of, letters, messages
from tests.failures.kill_points import SEND, KillPoint, When
from tests.failures.offset_clock import OffsetClock
from tests.failures.programs import begin_program

MOMENTS = tuple(product(("update", "settle"), ("before", "after")))
"""Moments at which a process that records is killed: about its commit, and about the one that settles the answer."""
TELLING = tuple(product(("settle", "claim", SEND, "record"), ("before", "after")))
"""Moments at which a process is killed that tells somebody of it: `settle` is the queueing of the message."""
SAMPLE = [("sqlite", "http", 5), ("postgres", "socket", 1)]
PROOF = [
    pytest.param(*each, marks=pytest.mark.proof)
    for each in product(("sqlite", "postgres"), ("http", "socket"), range(len(TELLING)))
    if each not in SAMPLE
]
LATER = ANSWERED_WITHIN + timedelta(minutes=1)
"""After this a process of PostgreSQL takes the one that recorded something for gone."""

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("has_metadata", [True, False], ids=["metadata", "no metadata"])
@pytest.mark.parametrize(("database", "way", "telling"), SAMPLE + PROOF)
async def test_what_was_recorded_is_answered_or_told_once_wherever_a_process_is_killed(
    way: str, telling: int, store: Store, fork_server: ForkServer, *, has_metadata: bool
) -> None:
    clock = OffsetClock()
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        begin_program(store, sandbox, clock.now())
        sandbox.faults.hides_metadata = not has_metadata
        office = Office(fork_server, sandbox, store, clock, way)
        answered = []
        for work, when in MOMENTS:
            answered.append(await office.is_killed_as_ann_records(work, when))
            if (work, when) == ("update", "after"):
                await office.is_killed_as_it_tells(*TELLING[telling])
            await office.finishes()
        assert answered == [False, False, True, True]
        told = office.told()
        assert office.recorded() == ["update after", "settle before", "settle after"]
        # killed between the two, a process leaves no trace of the answer that it gave: it is told as well, not less
        assert [told.count(each) for each in office.recorded()] == [1, 1, 0]
        keys = [key for message in messages(sandbox) if (key := key_of(message))]
        assert len(keys) == len(set(keys))


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
        bot = await self._starts(KillPoint(when, work, 1))
        before = self.sandbox.slack.delivery.sockets.connections
        if self.way == "http":
            await self.sandbox.use_http(f"http://127.0.0.1:{(await bot.ready()).port}/slack/events")
        else:
            await bot.ready()
            await self.sandbox.connected(connections=before)
        seen = await self.sandbox.person("ann").types(f"/move initech {work} {when}", in_="#abm-weekly")
        assert await bot.ended() == -signal.SIGKILL
        return "*Recorded*" in seen

    async def is_killed_as_it_tells(self, work: str, when: When) -> None:
        """Kill a bot at that moment, as it tells her what she got no answer to."""
        bot = await self._starts(KillPoint(when, work, 1))
        assert await bot.ended() == -signal.SIGKILL

    async def finishes(self) -> None:
        """Let a bot do all that is left."""
        bot = await (await self._starts(None)).ready()
        await bot.until(lambda: not any(each.state in ("waiting", "leased") for each in letters(self.store)))
        assert await bot.stop() == 0

    async def _starts(self, kill_point: KillPoint | None) -> Bot:
        """Start a bot when all leases of the one before have ended."""
        self.clock.seconds += LATER.total_seconds()
        return await self.fork_server.start(
            self.sandbox,
            self.store.url,
            shift_seconds=self.clock.seconds,
            kill_point=kill_point,
            is_socket=self.way == "socket",
        )

    def recorded(self) -> list[str]:
        """The moves that she told in commands, as recorded."""
        with self.store.reading() as session:
            moves = session.exec(select(Event).where(Event.kind == "moved").order_by(col(Event.id)))
            return [text for each in moves if (text := each.change["text"]) != "First call"]

    def told(self) -> list[str]:
        """Those that she was told of by direct message."""
        workspace = self.sandbox.workspace
        said = [message_words(each, workspace) for each in workspace.im(self.sandbox.person("ann").id).messages]
        return [text for text in self.recorded() for each in said if text in each]
