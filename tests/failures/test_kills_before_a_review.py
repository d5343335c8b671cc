"""Kill -9 while people are asked to prepare a review and shown what they owe: nothing is missed or sent twice."""

import signal
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from sandbox.server import Sandbox
from storage.database.engine import Store
from tests.failures.bots import MANIFEST, Bot, ForkServer
from tests.failures.contents import keys_there, letters
from tests.failures.kill_points import SEND, KillPoint, When
from tests.failures.offset_clock import OffsetClock
from tests.failures.programs import add_account, begin_program, member, plan_reviews

MOMENTS: tuple[tuple[When, str], ...] = (("after", SEND), ("before", "record"), ("after", "record"))
"""Moments of sending at which a bot is killed, after one before the letters are stored and one after it."""
APART = timedelta(minutes=4)
"""Longer than a lease and what may still come after it; all these lie within the hours in which a digest is of use."""
MORNING, MEETS = time(9), time(13)
MONDAY, THURSDAY, FRIDAY = 0, 3, 4
OWNERS = ("ann", "bob")
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.proof)]

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("database", DATABASES)
async def test_a_bot_killed_at_each_step_of_asking_and_nudging_asks_and_shows_everybody_once(
    store: Store, fork_server: ForkServer
) -> None:
    clock = OffsetClock()
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        monday = next_day(clock.now().date(), MONDAY)
        thursday = monday + timedelta(days=THURSDAY - MONDAY)
        begin(store, sandbox, monday)
        office = Office(store, fork_server, sandbox, clock)
        await office.finishes(at=datetime.combine(monday, MORNING, UTC))
        assert told(store, sandbox) == Counter()
        users = [sandbox.person(name).id for name in OWNERS]
        await office.is_killed_at_each_step_of("nudge", at=datetime.combine(thursday, MORNING, UTC))
        assert told(store, sandbox) == Counter(("digest", user) for user in users)
        # a day before the review
        await office.is_killed_at_each_step_of("prepare", at=datetime.combine(thursday, MEETS, UTC))
        await office.finishes(at=datetime.combine(thursday, MEETS, UTC) + timedelta(hours=3))
        assert told(store, sandbox) == Counter((page, user) for page in ("digest", "preparation") for user in users)


def begin(store: Store, sandbox: Sandbox, monday: date) -> None:
    """Two people with an account each, of which an action is late on Thursday and a review is due on Friday."""
    for name in OWNERS:
        sandbox.add_user(name)
    sandbox.add_channel("abm-weekly", members=[sandbox.person(name) for name in OWNERS])
    before = datetime.combine(monday, MORNING, UTC) - timedelta(days=1)
    begin_program(store, sandbox, before, accounts=("Initech",))
    with store.writing() as session:
        add_account(session, member(sandbox, "bob", before), "Globex", tier=1)
    friday = monday + timedelta(days=FRIDAY - MONDAY)
    plan_reviews(store, sandbox, ["abm-weekly"], datetime.combine(friday, MEETS, UTC))


def next_day(today: date, weekday: int) -> date:
    """The first such weekday at least two days ahead."""
    return today + timedelta(days=2 + (weekday - today.weekday() - 2) % 7)


def told(store: Store, sandbox: Sandbox) -> Counter[tuple[str, str]]:
    """How often each page was sent to each person, as the messages in Slack and the ledger agree."""
    sent = [each for each in letters(store) if each.state == "sent" and not each.key.startswith("doubts:")]
    there = Counter(key for key in keys_there(sandbox) if not key.startswith("doubts:"))
    assert there == Counter(each.key for each in sent)
    return Counter((each.page, each.user_id) for each in sent)


@dataclass
class Office:
    """One bot after the other on one database."""

    store: Store
    fork_server: ForkServer
    sandbox: Sandbox
    clock: OffsetClock

    async def is_killed_at_each_step_of(self, work: str, *, at: datetime) -> None:
        """Kill a bot about the commit of this work and as it sends what came of it, and let the last one finish."""
        kills = [KillPoint("before", work, 1), KillPoint("after", work, 1), *(KillPoint(*each, 1) for each in MOMENTS)]
        for number, kill_point in enumerate(kills):
            bot = await self._starts(at + number * APART, kill_point)
            assert await bot.ended() == -signal.SIGKILL, kill_point
        await self.finishes(at=at + len(kills) * APART)

    async def finishes(self, *, at: datetime) -> None:
        """Let a bot do all that is left."""
        bot = await (await self._starts(at)).ready()
        await bot.until(lambda: not any(each.state in ("waiting", "leased") for each in letters(self.store)))
        assert await bot.stop() == 0

    async def _starts(self, at: datetime, kill_point: KillPoint | None = None) -> Bot:
        self.clock.seconds += (at + timedelta(seconds=1) - self.clock.now()).total_seconds()
        shift = self.clock.seconds
        return await self.fork_server.start(self.sandbox, self.store.url, shift_seconds=shift, kill_point=kill_point)
