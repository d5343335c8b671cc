"""The shared rate limit: several processes on one PostgreSQL together keep Slack's limits of a workspace."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.pacing import CHANNEL_INTERVAL, RateLimit, SharedRateLimit
from storage.database import Store

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
LONG = timedelta(hours=1)
POST = "chat.postMessage"

pytestmark = pytest.mark.database("postgres")  # SQLite is for one process


def two(store: Store, *, messages: int = 200) -> tuple[SharedRateLimit, SharedRateLimit]:
    return SharedRateLimit(store, RateLimit(workspace_messages=messages)), SharedRateLimit(
        store, RateLimit(workspace_messages=messages)
    )


async def test_two_processes_give_the_messages_of_one_channel_a_second_each(store: Store) -> None:
    both = two(store)
    taken = await asyncio.gather(*(both[n % 2].take("T1", "C1", POST, now=NOW, patience=LONG) for n in range(10)))
    assert sorted(taken) == [NOW + n * CHANNEL_INTERVAL for n in range(10)]


async def test_two_processes_share_the_budget_of_a_workspace_and_not_that_of_another(store: Store) -> None:
    both = two(store, messages=6)
    taken = await asyncio.gather(*(both[n % 2].take("T1", f"C{n}", POST, now=NOW, patience=LONG) for n in range(8)))
    assert sorted(taken) == [NOW] * 6 + [NOW + timedelta(minutes=1)] * 2
    assert await both[0].take("T2", "C1", POST, now=NOW, patience=LONG) == NOW


async def test_when_slack_asks_one_process_to_wait_the_others_wait_too(store: Store) -> None:
    first, second = two(store)
    until = NOW + timedelta(seconds=30)
    await first.hold("T1", POST, now=NOW, until=until)
    assert await second.take("T1", "C1", POST, now=NOW, patience=LONG) == until
    assert await second.take("T1", "C2", "chat.update", now=NOW, patience=LONG) == NOW
    assert await second.take("T1", "C3", POST, now=until + timedelta(seconds=1), patience=LONG) > until
