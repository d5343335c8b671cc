"""Posting reviews at Slack's pace, against the least time that the pace allows."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.rendering.words import Words
from agendas.verbs.delivery.compose import compose
from agendas.verbs.reviews.start import open_now
from bench.harness import BenchFailed, Figure
from bench.program import fill
from bench.quick_time import QuickClock, QuickLoop
from bench.slack import ASKER, BOT_TOKEN, TEAM
from bench.strict_slack import StrictSlack
from bot.delivery.loop import Delivery
from storage.database.engine import Store
from storage.delivery import outbox

CHANNEL_INTERVAL = timedelta(seconds=1)
"""Slack: about one message a second in a channel (docs.slack.dev/apis/web-api/rate-limits)."""
WORKSPACE_MESSAGES, WORKSPACE_PERIOD = 200, timedelta(minutes=1)
"""Slack: "several hundred messages per minute" in a workspace, and no number; the least that can be meant. Ours."""
METHOD_CALLS = {"chat.update": 50, "conversations.info": 50}
"""Slack: tier 3, calls a minute.

These stand here once more, beside the bot's own pace: a bot that were slower would miss its reach, and one that were
quicker would be refused.
"""
TIMES = 5.0
"""So many seconds pass in one."""
PATIENCE = 3.0
"""A posting that takes so many times the least is given up."""
REFUSED_OF = 0.02
"""So few may come too early, since quick time makes every delay of the machine five times as long."""
ENTRIES = 40
"""How long the history of an account is."""


@dataclass(frozen=True, slots=True)
class Posted:
    """How long posting took, in the loop's seconds, and how many messages and edits there were."""

    seconds: float
    messages: int


def figures() -> Iterator[Figure]:
    """The time to post one review of 25 accounts, and 200 reviews of 12, each in a channel of its own."""
    for name, reviews, accounts, reach in (
        ("posting one review of 25 accounts", 1, 25, 1.1),
        ("posting 200 reviews of 12 accounts", 200, 12, 1.15),
    ):
        posted = _in_quick_time(reviews, accounts)
        yield Figure(name, posted.seconds, least_seconds(posted.messages, reviews), "s", reach)


def least_seconds(messages: int, channels: int) -> float:
    """The least time between the first of these messages and the last, spread evenly over the channels.

    One in each channel is an edit, and about each channel Slack is asked once before the first.
    """
    in_a_channel = (messages // channels - 1) * CHANNEL_INTERVAL
    in_the_workspace = (ceil(messages / WORKSPACE_MESSAGES) - 1) * WORKSPACE_PERIOD
    by_methods = [(ceil(channels / most) - 1) * WORKSPACE_PERIOD for most in METHOD_CALLS.values()]
    return max(in_a_channel, in_the_workspace, *by_methods).total_seconds()


def _in_quick_time(reviews: int, accounts: int) -> Posted:
    with asyncio.Runner(loop_factory=lambda: QuickLoop(TIMES)) as runner, tempfile.TemporaryDirectory() as folder:
        return runner.run(_post(f"sqlite:///{Path(folder) / 'bench.db'}", reviews, accounts))


async def _post(url: str, reviews: int, accounts: int) -> Posted:
    fill(url, accounts=reviews * accounts, events=reviews * accounts * ENTRIES)
    store, clock = Store(url), QuickClock(TIMES)
    for number in range(reviews):
        store.write_now(_open, number, accounts, now=clock.now())
    expected = store.read_now(outbox.count_pending)
    slack = StrictSlack(
        expected=expected,
        interval_seconds=CHANNEL_INTERVAL.total_seconds(),
        messages=WORKSPACE_MESSAGES,
        period_seconds=WORKSPACE_PERIOD.total_seconds(),
        method_calls=METHOD_CALLS,
    )
    async with _client(slack) as client:
        began_at = asyncio.get_running_loop().time()
        async with asyncio.timeout(PATIENCE * least_seconds(expected, reviews)):
            await _deliver(store, client, clock, until=slack.all_taken)
    left = store.read_now(outbox.count_pending)
    store.close()
    if slack.refused > REFUSED_OF * expected:
        raise BenchFailed(f"{slack.refused} of {expected} messages came before Slack takes them")
    if left or slack.taken != expected:
        raise BenchFailed(f"{slack.taken} messages came of {expected} letters, and {left} letters are left")
    return Posted(slack.last_at - began_at, expected)


def _open(session: Session, number: int, accounts: int, *, now: datetime) -> None:
    author = Author(TEAM, ASKER, Source.COMMAND, now)
    ids = tuple(range(number * accounts + 1, (number + 1) * accounts + 1))
    open_now(session, author, f"C1BENCH{number:03}", asked_by="bench", today=now.date(), account_ids=ids)


async def _deliver(store: Store, client: AsyncWebClient, clock: QuickClock, *, until: asyncio.Event) -> None:
    """Sends what is to be sent until the event is set."""
    words = Words()

    async def client_of(_workspace_id: str) -> AsyncWebClient:
        return client

    delivery = Delivery(
        store, client_of, lambda session, letter: compose(session, letter, words=words, now=clock.now()), clock
    )
    store.after_write = delivery.wake
    await delivery.start()
    await until.wait()
    await delivery.drain()


@asynccontextmanager
async def _client(slack: StrictSlack) -> AsyncIterator[AsyncWebClient]:
    """A client of that Slack, as the bot's."""
    runner = web.AppRunner(slack.application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(
            token=BOT_TOKEN, base_url=f"http://127.0.0.1:{port}/api/", session=session, retry_handlers=[]
        )
    await runner.cleanup()
