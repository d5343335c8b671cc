"""Months of a program in which nobody waits: the clock jumps to the next moment at which something is due."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from slack_sdk.web.async_client import AsyncWebClient

from agendas.rendering.words import Words
from agendas.verbs.compose import compose
from agendas.verbs.jobs import DUE_JOBS, next_moment
from bot.delivery import Delivery
from bot.scheduler import Scheduler
from sandbox.server import Sandbox
from storage import outbox
from storage.models.workspaces import Workspace
from tests.months.habits import Habits
from tests.months.program import BEGINS_AT, CADENCES, begin, people_and_channels
from tests.months.simulated_time import SimulatedClock, SimulatedLoop, StoreInPlace
from tests.months.slack_in_process import SlackInProcess

MANIFEST = Path(__file__).parents[2] / "app.yaml"
TICK = timedelta(seconds=5)
LONGEST_JUMP = timedelta(days=1)
SECONDS_TO_SEND = 1_200
"""Time after which all that falls due at one moment has gone, retries apart."""
DOWN = timedelta(minutes=7)
ARCHIVED_FOR = timedelta(days=6)


@dataclass
class Simulation:
    """The workspace, the database and the bot that works in it; `until` is the end, `restarts` were made."""

    store: StoreInPlace
    sandbox: Sandbox
    slack: SlackInProcess
    clock: SimulatedClock
    habits: Habits
    until: datetime
    chance: Random
    restarts: int = 0
    words: Words = field(default_factory=Words)
    _delivery: Delivery | None = None

    async def run(self, *, restarts: int, archived: int) -> None:
        """Let the months pass: people act, the bot is killed and started, channels are archived for some days."""
        spread = (self.until - BEGINS_AT) / (restarts + 1)
        for number in range(restarts):
            at = BEGINS_AT + spread * (number + self.chance.uniform(0.5, 1.4))
            self.habits.plan(at, lambda _now: self._kill())
        for name, _ in self.chance.sample(CADENCES, archived):
            at = BEGINS_AT + (self.until - BEGINS_AT) * self.chance.uniform(0.1, 0.6)
            self.habits.plan(at, lambda _now, name=name: self._archive(name, True))
            self.habits.plan(at + ARCHIVED_FOR, lambda _now, name=name: self._archive(name, False))
        self.habits.plan_weeks(BEGINS_AT + timedelta(days=3), self.until)
        await self._start()
        while self.clock.now() < self.until:
            await self._live()
        self.slack.failing = 0.0
        await self._live()
        await self._kill_now()

    async def _live(self) -> None:
        """Do what is due now, and pass the time until the next moment."""
        await self._scheduler.tick_now()
        await self._send()
        self.habits.act(self.clock.now())
        if self._delivery is None:
            await asyncio.sleep(DOWN.total_seconds())
            await self._start()
            return
        await self._send()
        now = self.clock.now()
        moments = (self.store.read_now(next_moment, now), self.habits.next_at, now + LONGEST_JUMP)
        at = max(min(each for each in moments if each is not None), now + TICK)
        self._pass((at - now).total_seconds())

    async def _send(self) -> None:
        """Wait until everything that can go by now has gone."""
        for _ in range(SECONDS_TO_SEND):
            if self._delivery is None or not self.store.read_now(outbox.is_any_on_its_way, self.clock.now()):
                return
            await asyncio.sleep(1.0)

    def _pass(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimulatedLoop)
        loop.seconds += seconds
        if self._delivery is not None:
            self._delivery.wake()

    async def _start(self) -> None:
        """Start a bot on the database."""
        self._scheduler = Scheduler(self.store, self.clock, DUE_JOBS, tick_seconds=TICK.total_seconds())
        self._delivery = Delivery(
            self.store,
            self._client,
            lambda session, letter: compose(session, letter, words=self.words, now=self.clock.now()),
            self.clock,
        )
        self.store.after_write = self._delivery.wake
        await self._delivery.start()

    def _kill(self) -> None:
        """Kill the bot; work that it had in hand is cut off."""
        killed, self._delivery, self.store.after_write = self._delivery, None, lambda: None
        self.restarts += 1
        if killed is not None:
            self._dying = asyncio.ensure_future(killed.drain(0))

    async def _kill_now(self) -> None:
        if self._delivery is not None:
            await self._delivery.drain(0)

    def _archive(self, name: str, is_archived: bool) -> None:
        self.sandbox.channel_state(name).is_archived = is_archived

    def _client(self, _workspace: Workspace | None) -> AsyncWebClient:
        return self.slack


def simulate(url: str, until: datetime, *, seed: int, restarts: int, archived: int) -> Simulation:
    """Run the months in simulated time and return what is left."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(_simulated(url, until, seed=seed, restarts=restarts, archived=archived))


async def _simulated(url: str, until: datetime, *, seed: int, restarts: int, archived: int) -> Simulation:
    chance, clock, store = Random(seed), SimulatedClock(BEGINS_AT), StoreInPlace(url)
    sandbox = Sandbox(manifest=MANIFEST, now=clock.now)
    people_and_channels(sandbox)
    members = begin(store, sandbox)
    slack, habits = SlackInProcess(sandbox, chance), Habits(store, sandbox, members, chance)
    simulation = Simulation(store, sandbox, slack, clock, habits, until, chance)
    await simulation.run(restarts=restarts, archived=archived)
    await sandbox.slack.delivery.close()
    return simulation
