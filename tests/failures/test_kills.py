"""Kill -9 at fifty moments for each database: nothing is missed, nothing is posted twice, and the ledger agrees."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from sandbox.messages import Message
from sandbox.server import Sandbox
from storage import outbox
from storage.engine import Store
from storage.tables import Letter, Review, ReviewItem
from tests.failures.ahead import Ahead
from tests.failures.bots import MANIFEST, Nursery
from tests.failures.deaths import Death
from tests.failures.programs import begin_program, minute_of, plan_review, tell_news

KILLS = 10
"""In a row, on one database: each process goes on where the one before was killed, and is killed itself."""
CHAINS = ("one", "two", "three", "four", "five")
"""Seeds. The moments of a failing test are drawn again from its name."""
APART = timedelta(minutes=5)
"""Between two reviews: longer than a lease, shorter than what counts as missed."""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("seed", CHAINS)
async def test_a_bot_killed_at_ten_moments_in_a_row_misses_and_doubles_nothing(
    seed: str, store: Store, nursery: Nursery
) -> None:
    clock = Ahead()
    async with Sandbox(manifest=MANIFEST, now=clock.now) as sandbox:
        ann = sandbox.add_user("ann")
        began = minute_of(clock.now())
        accounts = begin_program(store, sandbox, began - timedelta(days=1))
        for number in range(KILLS):
            sandbox.add_channel(f"c{number}", members=[ann])
            plan_review(store, sandbox, f"c{number}", began + number * APART)
        for number in range(KILLS):
            go_to(clock, began + number * APART + timedelta(seconds=1))
            death = Death.drawn(f"{seed} {number}")
            bot = await nursery.bear(sandbox, store.url, shift_seconds=clock.seconds, death=death)
            assert await bot.dies() == -9, death
            news_at = clock.now() + timedelta(minutes=1)
            tell_news(store, sandbox, accounts[number % 2], news_at, f"News {number}")
        for number in (KILLS, KILLS + 1):
            # the first may open what the last one killed did not, and the second closes it
            go_to(clock, began + number * APART + timedelta(seconds=1))
            last = await nursery.bear(sandbox, store.url, shift_seconds=clock.seconds)
            await (await last.is_ready()).until(lambda: store.read_now(outbox.depth) == 0)
            assert await last.stops() == 0
        assert_each_is_there_once(store, sandbox)


def go_to(clock: Ahead, instant: datetime) -> None:
    clock.seconds += (instant - clock.now()).total_seconds()


def assert_each_is_there_once(store: Store, sandbox: Sandbox) -> None:
    there = Counter(key for message in messages(sandbox) if (key := key_of(message)))
    found = letters(store)
    assert {each.state for each in found} == {"sent"}, [
        (each.key, each.state, each.last_error) for each in found if each.state != "sent"
    ]
    posts = [each for each in found if each.kind != "edit"]
    assert there == Counter(each.key for each in posts)
    ts_by_key = {key_of(message): (message.channel_id, message.ts) for message in messages(sandbox)}
    assert all(ts_by_key[each.key] == (each.sent_channel, each.sent_ts) for each in posts)
    with store.reading() as session:
        reviews = list(session.exec(select(Review).order_by(col(Review.id))))
        items = list(session.exec(select(ReviewItem)))
    assert len(reviews) == KILLS
    assert {each.state for each in reviews} == {"closed"}
    pages = Counter(each.page for each in posts)
    assert pages["review_header"] == pages["recap"] == KILLS
    assert pages["agenda"] == len([item for item in items if item.part == "discussed"]) >= KILLS
    assert pages["your_actions"] > 0
    assert pages["update_line"] > 0


def letters(store: Store) -> list[Letter]:
    with store.reading() as session:
        return list(session.exec(select(Letter).order_by(col(Letter.id))))


def messages(sandbox: Sandbox) -> list[Message]:
    channels = sandbox.workspace.channels.values()
    return [message for channel in channels for message in channel.messages if not message.deleted]


def key_of(message: Message) -> str:
    return str(((message.metadata or {}).get("event_payload") or {}).get("key", ""))
