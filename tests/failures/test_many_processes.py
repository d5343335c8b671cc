"""Several processes on one PostgreSQL: many reviews due at once, once each, shared; one killed; one pace."""

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
import pytest_asyncio

from bot.delivery import LEASE
from bot.pacing import TIER_3, WORKSPACE_MESSAGES
from sandbox.faults import RateLimits
from sandbox.server import Sandbox
from storage import outbox
from storage.database import Store
from storage.models.reviews import Review
from tests.failures.bots import MANIFEST, Bot, ForkServer
from tests.failures.contents import count, keys_there, letters
from tests.failures.offset_clock import OffsetClock
from tests.failures.programs import begin_program, minute_of, plan_reviews

MOST_REVIEWS = 120
CHANNELS = [f"c{number}" for number in range(MOST_REVIEWS)]

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.database("postgres"),  # SQLite is for one process
]


@pytest.fixture
def clock() -> OffsetClock:
    return OffsetClock()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(clock: OffsetClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        ann = sandbox.add_user("ann")
        for name in CHANNELS:
            sandbox.add_channel(name, members=[ann])
        yield sandbox


@pytest.mark.proof
async def test_two_processes_share_reviews_due_at_once_at_the_pace_of_one_workspace(store, sandbox, fork_server, clock):
    """Every limit of Slack's holds. What waits for its turn is brought to it by the clock of all."""
    sandbox.slack.limits = RateLimits()
    bots = await started(2, store, sandbox, fork_server, is_paced=True)
    all_are_due(store, sandbox, MOST_REVIEWS)
    while not all_is_sent(store, MOST_REVIEWS):
        await bots[0].until(
            lambda: all_is_sent(store, MOST_REVIEWS) or all_wait_for_their_turn(store, clock, MOST_REVIEWS)
        )
        clock.pass_lease()
        for bot in bots:
            bot.pass_lease()
    assert [await bot.stop() for bot in bots] == [0, 0]
    assert_all_is_there_once(store, sandbox, MOST_REVIEWS)
    assert_work_was_shared(bots, MOST_REVIEWS // 2)
    assert [call.method for call in sandbox.calls() if call.retry_after_seconds] == []
    assert most_in_a_minute(sandbox, "chat.postMessage", "chat.update") <= WORKSPACE_MESSAGES
    assert most_in_a_minute(sandbox, "conversations.info") == TIER_3
    assert most_in_a_minute(sandbox, "chat.update") <= TIER_3


@pytest.mark.parametrize("reviews", [12, pytest.param(MOST_REVIEWS, marks=pytest.mark.proof)])
async def test_four_processes_share_the_work_and_three_finish_it_for_a_fourth(store, sandbox, fork_server, *, reviews):
    killed, *others = await started(4, store, sandbox, fork_server)
    all_are_due(store, sandbox, reviews)
    assert await sandbox.changed.until(lambda: len(sandbox.calls("chat.postMessage")) >= (reviews // 4))
    await killed.kill()
    await others[0].until(lambda: is_left_to_leases(store, sandbox, reviews))
    for bot in others:
        bot.pass_lease()
    await others[0].until(lambda: all_is_sent(store, reviews))
    assert [await bot.stop() for bot in others] == [0, 0, 0]
    assert_all_is_there_once(store, sandbox, reviews)
    assert_work_was_shared(others, reviews // 4)


@pytest.mark.proof
async def test_two_processes_together_never_post_faster_than_slack_takes(store, sandbox, fork_server):
    accounts = [f"Company {number}" for number in range(4)]
    begin_program(store, sandbox, sandbox.workspace.now() - timedelta(days=1), accounts=accounts)
    bots = [await fork_server.start(sandbox, store.url, tick_seconds=1.0, is_paced=True) for _ in range(2)]
    await asyncio.gather(*(bot.ready() for bot in bots))
    plan_reviews(store, sandbox, CHANNELS[:2], minute_of(sandbox.workspace.now()) - timedelta(minutes=1))
    await bots[0].until(lambda: all_is_sent(store, 2))
    assert [await bot.stop() for bot in bots] == [0, 0]
    for name in CHANNELS[:2]:
        channel_id = sandbox.channel_state(name).id
        posts = [call.at for call in sandbox.calls("chat.postMessage") if call.arguments["channel"] == channel_id]
        assert len(posts) == len(accounts) + 1
        # a request takes a while to arrive, the one after it may take less
        apart = [(later - earlier).total_seconds() for earlier, later in pairwise(posts)]
        assert min(apart) > 0.7, apart


async def started(
    count: int, store: Store, sandbox: Sandbox, fork_server: ForkServer, *, is_paced: bool = False
) -> list[Bot]:
    """So many processes that look each second for what is due; a program of one account."""
    begin_program(store, sandbox, sandbox.workspace.now() - timedelta(days=1), accounts=("Initech",))
    bots = [await fork_server.start(sandbox, store.url, tick_seconds=1.0, is_paced=is_paced) for _ in range(count)]
    return list(await asyncio.gather(*(bot.ready() for bot in bots)))


def all_are_due(store: Store, sandbox: Sandbox, reviews: int) -> None:
    plan_reviews(store, sandbox, CHANNELS[:reviews], minute_of(sandbox.workspace.now()) - timedelta(minutes=1))


def all_is_sent(store: Store, reviews: int) -> bool:
    return store.read_now(count, Review) == reviews and store.read_now(outbox.count_pending) == 0


def all_wait_for_their_turn(store: Store, clock: OffsetClock, reviews: int) -> bool:
    """Every review is opened, and nothing is being sent or could be before the clock goes on."""
    if store.read_now(outbox.is_any_claimable, clock.now()) or store.read_now(count, Review) < reviews:
        return False
    return all(each.state != "leased" for each in letters(store))


def most_in_a_minute(sandbox: Sandbox, *methods: str) -> int:
    """The most calls of these methods that came to the workspace in any minute, by its clock."""
    sent = sorted(call.at for call in sandbox.calls() if call.method in methods)
    return max(bisect_left(sent, at + timedelta(minutes=1)) - number for number, at in enumerate(sent))


def is_left_to_leases(store: Store, sandbox: Sandbox, reviews: int) -> bool:
    """All that is not sent has been leased for so long that the process must be the one killed."""
    now = sandbox.workspace.now()
    if store.read_now(count, Review) < reviews or store.read_now(outbox.is_any_claimable, now):
        return False
    long_ago = now + LEASE - timedelta(seconds=2)
    under_way = [each for each in letters(store) if each.state == "leased"]
    return all(each.leased_until is not None and each.leased_until < long_ago for each in under_way)


def assert_all_is_there_once(store: Store, sandbox: Sandbox, reviews: int) -> None:
    assert {each.state for each in letters(store)} == {"sent"}
    posts = [each.key for each in letters(store) if each.kind == "post"]
    assert len(posts) == 2 * reviews
    assert Counter(keys_there(sandbox)) == Counter(posts)
    assert all(len(sandbox.channel_state(name).messages) == 2 for name in CHANNELS[:reviews])


def assert_work_was_shared(bots: Sequence[Bot], fair: int) -> None:
    """Each did half of its fair share at least; with fewer reviews one may be done before the next looks."""
    done = [(bot.opened, bot.sent) for bot in bots]
    assert sum(opened for opened, _ in done) > 0, done
    if fair >= MOST_REVIEWS // 4:
        assert min(bot.opened for bot in bots) >= fair / 2, done
        assert min(bot.sent for bot in bots) >= 3 * fair / 2, done
