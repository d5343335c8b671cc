"""Kill -9 while people are nudged, asked to prepare a review, reminded and briefed: each message comes once."""

import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from sandbox.server import Sandbox
from storage.database import Store
from tests.failures.bots import MANIFEST, Bot, ForkServer
from tests.failures.contents import keys_there, letters
from tests.failures.kill_points import SEND, KillPoint, When
from tests.failures.offset_clock import OffsetClock
from tests.failures.programs import add_account, begin_program, member, plan_reviews

MOMENTS: tuple[tuple[When, str], ...] = (("after", SEND), ("before", "record"), ("after", "record"))
"""Moments of sending, one of which is drawn for each kind of work: a bot is killed at it too."""
APART = timedelta(minutes=4)
"""Longer than a lease and what may still come after it; all these lie within the hours in which a digest is of use."""
MORNING, REMINDED, BRIEFED, MEETS = time(9), time(10), time(12), time(13)
"""Of the digest, of the reminder in the last hour of work before the end of updates, of the brief and the review."""
MONDAY, THURSDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 3), date(2026, 12, 4)
OWNERS = ("ann", "bob")
EACH = 3
"""Kills at each step: before its commit, after it, and as what came of it is sent; `make test` draws one of these."""
HOW_OFTEN = [("sqlite", 1), *(pytest.param(each, EACH, marks=pytest.mark.proof) for each in ("sqlite", "postgres"))]

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(("database", "kills"), HOW_OFTEN)
async def test_a_bot_killed_at_each_step_before_a_review_sends_each_message_once(kills, store, fork_server, chance):
    clock = OffsetClock()
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        begin(store, sandbox)
        office, users = (
            Office(store, fork_server, sandbox, clock, chance, kills),
            [sandbox.person(name).id for name in OWNERS],
        )
        await office.finishes(at=at(MONDAY, MORNING))
        assert told(store, sandbox) == Counter()
        await office.is_killed_at_each_step_of("nudge", at=at(THURSDAY, MORNING))
        assert told(store, sandbox) == each_of(users, "digest")
        await office.is_killed_at_each_step_of("prepare", at=at(THURSDAY, MEETS))
        assert told(store, sandbox) == each_of(users, "digest", "preparation")
        await office.finishes(at=at(FRIDAY, MORNING))
        await office.is_killed_at_each_step_of("remind to prepare", at=at(FRIDAY, REMINDED))
        before = told(store, sandbox)
        assert before == each_of(users, "digest", "digest", "preparation", "reminder")
        await office.is_killed_at_each_step_of("brief", at=at(FRIDAY, BRIEFED))
        await office.finishes(at=at(FRIDAY, MEETS) - APART)
        assert told(store, sandbox) == before + each_of(users[:1], "brief")


def each_of(users: Sequence[str], *pages: str) -> Counter[tuple[str, str]]:
    return Counter((page, user) for page in pages for user in users)


def begin(store: Store, sandbox: Sandbox) -> None:
    """Two people with an account each, of which an action is late on Thursday and a review is due on Friday.

    Each is the partner for the other's account and has said nothing of it.
    """
    for name in OWNERS:
        sandbox.add_user(name)
    sandbox.add_channel("abm-weekly", members=[sandbox.person(name) for name in OWNERS])
    before = at(MONDAY, MORNING) - timedelta(days=1)
    begin_program(store, sandbox, before, accounts=())
    with store.writing() as session:
        for name, account, partner in (("ann", "Initech", "bob"), ("bob", "Globex", "ann")):
            owner = member(sandbox, name, before)
            add_account(session, owner, account, tier=1, partner=sandbox.person(partner).id)
    plan_reviews(store, sandbox, ["abm-weekly"], at(FRIDAY, MEETS))


def at(on: date, wall: time) -> datetime:
    return datetime.combine(on, wall, UTC)


def told(store: Store, sandbox: Sandbox) -> Counter[tuple[str, str]]:
    """How often each page was sent to each person, as the messages in Slack and the ledger agree."""
    sent = [each for each in letters(store) if each.state == "sent" and not each.key.startswith("doubts:")]
    there = Counter(key for key in keys_there(sandbox) if not key.startswith("doubts:"))
    assert there == Counter(each.key for each in sent)
    return Counter((each.page, each.user_id) for each in sent)


@dataclass
class Office:
    store: Store
    fork_server: ForkServer
    sandbox: Sandbox
    clock: OffsetClock
    chance: Random
    kills: int

    async def is_killed_at_each_step_of(self, work: str, *, at: datetime) -> None:
        """Kill bots about the commit of this work or as they send what came of it, and let the last one finish."""
        moments = [KillPoint("before", work, 1), KillPoint("after", work, 1)]
        moments.append(KillPoint(*self.chance.choice(MOMENTS), 1))
        drawn = self.chance.sample(moments, self.kills)
        kills = [each for each in moments if each in drawn]
        for number, kill_point in enumerate(kills):
            bot = await self._starts(at + number * APART, kill_point)
            assert await bot.ended() == -signal.SIGKILL, kill_point
        await self.finishes(at=at + len(kills) * APART)

    async def finishes(self, *, at: datetime) -> None:
        bot = await (await self._starts(at)).ready()
        await bot.until(lambda: not any(each.state in ("waiting", "leased") for each in letters(self.store)))
        assert await bot.stop() == 0

    async def _starts(self, at: datetime, kill_point: KillPoint | None = None) -> Bot:
        self.clock.seconds += (at + timedelta(seconds=1) - self.clock.now()).total_seconds()
        return await self.fork_server.start(self.sandbox, self.store.url, kill_point=kill_point)
