"""Kill -9 at ten moments in a row: nothing is missed or posted twice, and the ledger agrees.

In the proof on each database, and other moments in every run. Half of the histories show no metadata.
"""

import signal
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import get_args

import pytest
from sqlmodel import col, select

from agendas.facts.program import DEFAULTS, WEEKLY_CAP
from sandbox.server import Sandbox
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.reviews import Review, ReviewItem
from storage.models.workspaces import Workspace
from tests.failures import programs
from tests.failures.bots import MANIFEST, Bot, ForkServer
from tests.failures.contents import key_of, keys_there, letters, messages
from tests.failures.kill_points import WHILE_CLOSING, WHILE_OPENING, KillPoint, When, random_kill_points
from tests.failures.offset_clock import OffsetClock

REVIEWS = 5
"""In a chain: a bot is killed as it opens each of them, and as it closes each of them."""
SAMPLE = [("sqlite", "before")]
PROOF = [
    pytest.param(*each, marks=pytest.mark.proof)
    for each in product(("sqlite", "postgres"), get_args(When))
    if each not in SAMPLE
]
"""A bot is killed at every kind of work in each; what one of a database cuts off before it is done the other cuts off
after it."""
REMINDED = 2
"""At this opening somebody is to be reminded of scores too, and the bot is killed at that."""
OF_NO_USE = ("it could not be sent while it was of use", "there was nothing to say any more")
"""Why a brief is dropped once its review has begun."""
UNDER_WAY = ("waiting", "leased")
APART = timedelta(minutes=4)
"""Between two kills: longer than a lease and what may still come after it, shorter than what needs a word about being
late."""
MISSED = (1, 3)
"""Beside these of the reviews another one is missed."""
TOO_LATE = timedelta(hours=3)
"""After this much a review is missed, and its channel is offered to hold it now."""
CLOSING = timedelta(minutes=programs.CLOSES_AFTER_MINUTES)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(("database", "first"), SAMPLE + PROOF)
async def test_a_bot_killed_at_ten_moments_in_a_row_misses_and_doubles_nothing(first, chance, store, fork_server):
    clock, opening, closing = OffsetClock(), *kill_points_of(first, chance)
    async with Sandbox(manifest=MANIFEST, now=clock.now, has_rate_limits=False) as sandbox:
        # in every other one messages have to be found by their block ids alone
        sandbox.faults.hides_metadata = first == "before"
        began = programs.minute_of(clock.now())
        accounts = program(store, sandbox, began)
        chain = Chain(fork_server, sandbox, store, clock)
        for number in range(REVIEWS):
            if number in MISSED:
                programs.plan_reviews(store, sandbox, [f"missed{number}"], began + number * APART - TOO_LATE)
            await chain.is_killed(at=began + number * APART, kill_point=opening[number])
            programs.tell_news(
                store, sandbox, accounts[number % 2], soon(clock), f"News {number}", confirmed_in=f"c{number}"
            )
        await chain.finishes(at=began + REVIEWS * APART)
        programs.tell_news(store, sandbox, accounts[0], soon(clock), "Last news", confirmed_in="last")
        close_at(store, [began + CLOSING + number * APART for number in range(REVIEWS)])
        for number in range(REVIEWS):
            await chain.is_killed(at=began + CLOSING + number * APART, kill_point=closing[number])
        await chain.finishes(at=began + CLOSING + REVIEWS * APART)
        assert_each_is_there_once(store, sandbox)
        assert_no_confirmation_is_shown_twice(store, sandbox)
        assert_what_was_missed_is_offered(store)
        assert_the_reminder_is_sent_once(store)


def test_every_kind_of_work_is_cut_off_before_it_is_done_and_after_it() -> None:
    points = [point for first in get_args(When) for points in kill_points_of(first, Random(1)) for point in points]
    moments = {(point.when, point.work) for point in points}
    assert moments == set(product(("before", "after"), {*WHILE_OPENING, *WHILE_CLOSING, "remind"}))


def kill_points_of(first: When, chance: Random) -> tuple[list[KillPoint], list[KillPoint]]:
    """The moments at which a bot is killed as it opens each review of the chain, and as it closes each."""
    opening = random_kill_points(chance, WHILE_OPENING, first=first)
    opening.insert(REMINDED, KillPoint(first, "remind", 1))
    return opening, random_kill_points(chance, WHILE_CLOSING, first=first)


def program(store: Store, sandbox: Sandbox, began: datetime) -> list[int]:
    ann = sandbox.add_user("ann")
    for number in range(REVIEWS):
        sandbox.add_channel(f"c{number}", members=[ann])
    for name in ("last", *(f"missed{number}" for number in MISSED)):
        sandbox.add_channel(name, members=[ann])
    accounts = programs.begin_program(store, sandbox, began - timedelta(days=1))
    with store.writing() as session:
        # how many briefs come too late to count, and so what is left of Ann's week, depends on when bots were killed
        session.get_one(Workspace, sandbox.workspace.team.id).settings = {WEEKLY_CAP: 200}
    for number in range(REVIEWS):
        programs.plan_reviews(store, sandbox, [f"c{number}"], began + number * APART)
    due_at = began + REMINDED * APART - APART / 4
    programs.ask_for_scores(store, sandbox, "Hooli", due_at - timedelta(days=DEFAULTS.number("fit.reminder")))
    return accounts


def is_of_doubt(key: str) -> bool:
    """The letter tells the admins of unconfirmed messages, which it does once an hour at most."""
    return key.startswith("doubts:")


def is_late_brief(letter: Letter) -> bool:
    """The letter told of a review that began before any bot could send it, and so it must not be there."""
    return letter.page == "brief" and letter.state == "dropped" and letter.last_error in OF_NO_USE


def program_letters(store: Store) -> list[Letter]:
    return [each for each in letters(store) if not is_of_doubt(each.key)]


def soon(clock: OffsetClock) -> datetime:
    """Later than all that was recorded before."""
    return clock.now() + timedelta(seconds=1)


def close_at(store: Store, instants: list[datetime]) -> None:
    """Some were opened by a later process than the one killed at it, and all are to close one by one."""
    with store.writing() as session:
        reviews = session.exec(select(Review).where(Review.state == "open").order_by(col(Review.id)))
        for review, instant in zip(reviews, instants, strict=True):
            review.closes_at = instant


@dataclass
class Chain:
    """One bot after the other on one database; each goes on where the one before ended."""

    fork_server: ForkServer
    sandbox: Sandbox
    store: Store
    clock: OffsetClock

    async def is_killed(self, *, at: datetime, kill_point: KillPoint) -> None:
        bot = await self._started(at, kill_point)
        assert await bot.ended() == -signal.SIGKILL, kill_point

    async def finishes(self, *, at: datetime) -> None:
        bot = await self._started(at, None)
        await bot.ready()
        try:
            await bot.until(lambda: not any(each.state in UNDER_WAY for each in program_letters(self.store)))
        except TimeoutError:
            raise AssertionError([_shown(each) for each in letters(self.store) if each.state != "sent"]) from None
        assert await bot.stop() == 0

    async def _started(self, at: datetime, kill_point: KillPoint | None) -> Bot:
        self.clock.seconds += (at + timedelta(seconds=1) - self.clock.now()).total_seconds()
        return await self.fork_server.start(self.sandbox, self.store.url, kill_point=kill_point)


def assert_each_is_there_once(store: Store, sandbox: Sandbox) -> None:
    there = Counter(key for key in keys_there(sandbox) if not is_of_doubt(key))
    found = [each for each in program_letters(store) if each.kind != "whisper" and not is_late_brief(each)]
    assert {each.state for each in found} == {"sent"}, [_shown(each) for each in found if each.state != "sent"]
    posts = [each for each in found if each.kind != "edit"]
    assert there == Counter(each.key for each in posts)
    ts_by_key = {key_of(message): (message.channel_id, message.ts) for message in messages(sandbox)}
    assert all(ts_by_key[each.key] == (each.sent_channel, each.sent_ts) for each in posts)
    with store.reading() as session:
        reviews = list(session.exec(select(Review).where(Review.state != "missed")))
        items = list(session.exec(select(ReviewItem)))
    assert len(reviews) == REVIEWS
    assert {each.state for each in reviews} == {"closed"}
    pages = Counter(each.page for each in posts)
    assert pages["review_header"] == pages["recap"] == REVIEWS
    assert pages["agenda"] == len([item for item in items if item.part == "discussed"]) >= REVIEWS
    assert pages["your_actions"] > 0
    assert pages["update_line"] > 0


def assert_no_confirmation_is_shown_twice(store: Store, sandbox: Sandbox) -> None:
    """One that was in the hands of a bot that was killed may be shown or not: it is not shown again."""
    ann = sandbox.person("ann").id
    confirmations = [each for each in letters(store) if each.kind == "whisper"]
    channels = [*(f"c{number}" for number in range(REVIEWS)), "last"]
    for channel, letter in zip(channels, confirmations, strict=True):
        seen = [each for each in sandbox.channel_state(channel).visible_to(ann) if each.ephemeral_to == ann]
        assert letter.state in ("sent", "unsure"), _shown(letter)
        assert len(seen) == 1 or (letter.state == "unsure" and not seen), _shown(letter)


def assert_what_was_missed_is_offered(store: Store) -> None:
    with store.reading() as session:
        missed = list(session.exec(select(Review).where(Review.state == "missed")))
    assert len(missed) == len(MISSED)
    offers = [each for each in letters(store) if each.page == "missed"]
    assert sorted(each.key for each in offers) == sorted(f"review:{each.row_id}:missed" for each in missed)
    assert {each.state for each in offers} == {"sent"}


def assert_the_reminder_is_sent_once(store: Store) -> None:
    reminders = [each for each in letters(store) if each.page == "fit_question" and each.subject["is_reminder"]]
    assert [each.state for each in reminders] == ["sent"]


def _shown(letter: Letter) -> tuple[object, ...]:
    return letter.key, letter.state, letter.last_error, letter.attempts, letter.due_at, letter.leased_until
