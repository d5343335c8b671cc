"""A message that changes all the time: how often it is edited, and how soon it is right, in simulated time."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.rendering.blockkit import Rendered
from agendas.rendering.words import Words
from agendas.verbs.delivery.compose import compose
from agendas.verbs.reviews.start import open_now
from agendas.verbs.updates import updates
from bench.databases import sqlite
from bench.figures import BenchFailed, Figure
from bench.posting import PacedSlack
from bench.program import accounts, fill
from bench.simulation import SimulatedClock, SimulatedLoop, StoreInPlace
from bench.workspace import ADMIN, CHANNEL, TEAM
from bot.delivery.loop import Delivery
from storage.tables import Letter

UPDATES_A_MINUTE, SECONDS = 300, 60
APART_SECONDS, RIGHT_WITHIN_SECONDS = 3.0, 5.0
ANSWERS_AFTER_SECONDS = 0.2
"""Time that Slack takes to answer."""
ROUNDING = 1.001
POSTED_WITHIN_SECONDS = 10.0


def figures() -> Iterator[Figure]:
    """Yield how soon the agenda and the header of a review are right under 300 updates a minute, and their edits."""
    with sqlite() as url, asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        fill(url, named=1, days=1)
        slack = runner.run(change_all_the_time(url, SECONDS))
    stale, apart = max(slack.seconds_until_right()), slack.least_seconds_apart()
    yield Figure("a message under 300 updates a minute is right", stale, RIGHT_WITHIN_SECONDS, "s simulated", 1.0)
    yield Figure("its edits are apart (least, as the floor)", APART_SECONDS, apart, "s simulated", ROUNDING)


class WatchedSlack(PacedSlack):
    """A Slack that notes when each message was edited, and the number of updates that the edit knew of."""

    def __init__(self) -> None:
        super().__init__(expected=0)
        self.updated_at: list[float] = []
        self.edits: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Answer a call after a moment."""
        await asyncio.sleep(ANSWERS_AFTER_SECONDS)
        answer = await super().api_call(api_method, **arguments)
        said = {**(arguments.get("params") or {}), **(arguments.get("json") or {})}
        if api_method == "chat.update":
            known = int(str(said["text"]).rpartition("#")[2])
            self.edits[str(said["ts"])].append((asyncio.get_running_loop().time(), known))
        return answer

    def seconds_until_right(self) -> Iterator[float]:
        """Seconds from each update until each of the messages showed it."""
        for edits in self.edits.values():
            for number, updated_at in enumerate(self.updated_at, 1):
                yield next((at for at, known in edits if known >= number), float("inf")) - updated_at

    def least_seconds_apart(self) -> float:
        """Least seconds between two edits of one message."""
        return min(later[0] - earlier[0] for edits in self.edits.values() for earlier, later in pairwise(edits))


async def change_all_the_time(url: str, seconds: int) -> WatchedSlack:
    """Post a review of one account, record so many seconds of updates of it, and return what Slack saw.

    Raises BenchFailed when an edit comes above Slack's limits, or none comes.
    """
    clock, store, slack = SimulatedClock(), StoreInPlace(url), WatchedSlack()
    [account_id] = store.read_now(accounts)
    author = partial(Author, TEAM, ADMIN, Source.COMMAND)
    opened_at = clock.now()
    store.write_now(open_now, author(opened_at), CHANNEL, asked_by="today", today=opened_at.date())
    delivery = Delivery(store, slack.of_workspace, partial(_counted, slack, Words(), clock), clock)
    store.after_write = delivery.wake
    await delivery.start()
    await asyncio.sleep(POSTED_WITHIN_SECONDS)
    for number in range(seconds * UPDATES_A_MINUTE // 60):
        store.write_now(updates.move, author(clock.now()), account_id, text=f"They sent version {number}")
        slack.updated_at.append(asyncio.get_running_loop().time())
        store.after_write()
        await asyncio.sleep(60 / UPDATES_A_MINUTE)
    await asyncio.sleep(2 * RIGHT_WITHIN_SECONDS)
    await delivery.drain()
    store.close()
    if slack.refused or not slack.edits:
        raise BenchFailed(f"{slack.refused} messages came before Slack takes them, {len(slack.edits)} were edited")
    return slack


def _counted(
    slack: WatchedSlack, words: Words, clock: SimulatedClock, session: Session, letter: Letter
) -> list[Rendered]:
    """Compose the message; its text ends with the number of updates that it knows of."""
    rendered = compose(session, letter, words=words, now=clock.now())
    return [replace(each, text=f"{each.text}#{len(slack.updated_at)}") for each in rendered]
