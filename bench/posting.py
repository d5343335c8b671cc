"""Posting reviews at Slack's pace, in simulated time, beside the least time that the pace allows."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from math import ceil
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.rendering.blockkit import Rendered
from agendas.rendering.words import Words
from agendas.verbs.delivery.compose import compose
from agendas.verbs.reviews.start import open_now
from bench.databases import sqlite
from bench.figures import BenchFailed, Figure
from bench.program import accounts, fill
from bench.simulation import SimulatedClock, SimulatedLoop, StoreInPlace
from bench.workspace import ADMIN, BOT_TOKEN, TEAM
from bot.delivery.loop import Delivery
from bot.delivery.prepared import Compose
from storage.database.engine import Store
from storage.delivery import outbox
from storage.tables import Letter

CHANNEL_SECONDS = 1.0
"""Slack: about one message a second in a channel (docs.slack.dev/apis/web-api/rate-limits)."""
WORKSPACE_MESSAGES, PERIOD_SECONDS = 200, 60.0
"""Slack: "several hundred messages per minute" in a workspace, and no number; the least that can be meant. Ours."""
METHOD_CALLS = {"chat.update": 50, "conversations.info": 50}
"""Slack: tier 3, calls a minute.

These stand here once more, beside the bot's own pace: a bot that is slower misses its reach, one that is quicker is
refused, which fails the figure.
"""
REVIEWS, ACCOUNTS_EACH = 60, 8
DAYS = 2
ROUNDING_SECONDS = 0.001
GIVE_UP_AFTER = 3.0
"""Times the least time."""


def figures() -> Iterator[Figure]:
    """Yield the simulated time to post one review of 25 accounts, and many reviews, each in a channel of its own."""
    for name, reviews, each in (
        ("posting one review of 25 accounts", 1, 25),
        (f"posting {REVIEWS} reviews of {ACCOUNTS_EACH} accounts", REVIEWS, ACCOUNTS_EACH),
    ):
        with sqlite() as url, asyncio.Runner(loop_factory=SimulatedLoop) as runner:
            fill(url, named=reviews * each, days=DAYS)
            slack = runner.run(post(url, reviews, each))
        yield Figure(name, slack.last_at - slack.first_at, least_seconds(slack.taken, reviews), "s simulated", 1.15)


class PacedSlack(AsyncWebClient):
    """A client whose Slack answers at once, and refuses what comes above its limits.

    `all_taken` is set once as many messages and edits were taken as are expected.
    """

    def __init__(self, expected: int) -> None:
        super().__init__(token=BOT_TOKEN)
        self.all_taken = asyncio.Event()
        self.taken = self.refused = 0
        self.first_at = self.last_at = 0.0
        self._expected = expected
        self._came: defaultdict[str, list[float]] = defaultdict(list)

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Answer a call. Raises SlackApiError when it comes too early."""
        said = {**(arguments.get("params") or {}), **(arguments.get("json") or {})}
        channel = str(said.get("channel", ""))
        is_message = api_method.startswith("chat.")
        if self._is_early(api_method, channel if api_method == "chat.postMessage" else "", is_message=is_message):
            self.refused += 1
            refusal = _response(api_method, {"ok": False, "error": "ratelimited"}, 429)
            raise SlackApiError("ratelimited", refusal)  # type: ignore[no-untyped-call]  # the library's has no types
        if not is_message:
            return _response(api_method, {"ok": True, "channel": {"id": channel, "is_member": True}})
        self._take()
        return _response(api_method, {"ok": True, "channel": channel, "ts": f"1764000000.{self.taken:06}"})

    def _take(self) -> None:
        now = asyncio.get_running_loop().time()
        self.first_at, self.last_at = self.first_at if self.taken else now, now
        self.taken += 1
        if self.taken == self._expected:
            self.all_taken.set()

    async def of_workspace(self, _workspace_id: str) -> AsyncWebClient:
        """Return itself: it is the Slack of every workspace."""
        return self

    def _is_early(self, method: str, channel: str, *, is_message: bool) -> bool:
        """Return whether the call is above a limit; if not, it counts."""
        limits = [(f"method {method}", METHOD_CALLS[method], PERIOD_SECONDS)] if method in METHOD_CALLS else []
        if is_message:
            limits.append(("workspace", WORKSPACE_MESSAGES, PERIOD_SECONDS))
        if channel:
            limits.append((channel, 1, CHANNEL_SECONDS))
        now = asyncio.get_running_loop().time()
        for what, _, period in limits:
            self._came[what] = [at for at in self._came[what] if at > now - period + ROUNDING_SECONDS]
        if any(len(self._came[what]) >= most for what, most, _ in limits):
            return True
        for what, _, _ in limits:
            self._came[what].append(now)
        return False


def least_seconds(messages: int, channels: int) -> float:
    """Return the least time from the first of these messages to the last, spread evenly over the channels.

    One in each channel is an edit, which takes no second of it, and about each channel Slack is asked once before the
    first.
    """
    in_a_channel = (messages // channels - 2) * CHANNEL_SECONDS
    in_the_workspace = (ceil(messages / WORKSPACE_MESSAGES) - 1) * PERIOD_SECONDS
    by_methods = [(ceil(channels / most) - 1) * PERIOD_SECONDS for most in METHOD_CALLS.values()]
    return max(in_a_channel, in_the_workspace, *by_methods)


async def post(url: str, reviews: int, accounts_each: int) -> PacedSlack:
    """Open the reviews and send all of their letters. Raises BenchFailed when one is lost or comes too early."""
    clock, store = SimulatedClock(), StoreInPlace(url)
    ids = store.read_now(accounts)
    for number in range(reviews):
        chosen = tuple(ids[number * accounts_each : (number + 1) * accounts_each])
        store.write_now(_open, f"C1BENCH{number:03}", chosen, now=clock.now())
    expected = store.read_now(outbox.count_pending)
    slack, words = PacedSlack(expected), Words()

    def composed(session: Session, letter: Letter) -> list[Rendered]:
        return compose(session, letter, words=words, now=clock.now())

    try:
        async with asyncio.timeout(GIVE_UP_AFTER * least_seconds(expected, reviews)):
            await deliver(store, slack, clock, composed)
    except TimeoutError:
        raise BenchFailed(
            f"{slack.taken} of {expected} letters were sent in {GIVE_UP_AFTER:g} times the time"
        ) from None
    finally:
        left = store.read_now(outbox.count_pending)
        store.close()
    check(slack, expected, left)
    return slack


def check(slack: PacedSlack, expected: int, left: int) -> None:
    """Raise BenchFailed unless every letter became one message at a pace that Slack takes."""
    if slack.refused:
        raise BenchFailed(f"{slack.refused} of {expected} messages came before Slack takes them")
    if left or slack.taken != expected:
        raise BenchFailed(f"{slack.taken} messages came of {expected} letters, and {left} letters are left")


def _open(session: Session, channel_id: str, account_ids: tuple[int, ...], *, now: datetime) -> None:
    author = Author(TEAM, ADMIN, Source.COMMAND, now)
    open_now(session, author, channel_id, asked_by="today", today=now.date(), account_ids=account_ids)


async def deliver(store: Store, slack: PacedSlack, clock: SimulatedClock, composer: Compose) -> None:
    """Send letters until all were taken."""
    delivery = Delivery(store, slack.of_workspace, composer, clock)
    store.after_write = delivery.wake
    await delivery.start()
    await slack.all_taken.wait()
    await delivery.drain()


def _response(method: str, data: dict[str, Any], status: int = 200) -> AsyncSlackResponse:
    headers = {"Retry-After": "1"} if status == 429 else {}
    return AsyncSlackResponse(
        client=None, http_verb="POST", api_url=method, req_args={}, data=data, headers=headers, status_code=status
    )
