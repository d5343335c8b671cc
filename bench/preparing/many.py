"""5,000 people prepare a review: their messages beside the waits that Slack's limits ask for, and `/move` meanwhile."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from statistics import median

from sqlmodel import Session

from agendas.rendering.blockkit import Rendered
from agendas.rules.notices.early import instants_before
from bench import payloads
from bench.databases import sqlite
from bench.figures import BenchFailed, Figure, in_turn
from bench.load import Load
from bench.posting import GIVE_UP_AFTER, PERIOD_SECONDS, WORKSPACE_MESSAGES, PacedSlack, check, deliver
from bench.processes import Running, bot, send, slack
from bench.program import fill
from bench.simulation import SimulatedClock, SimulatedLoop, StoreInPlace
from bench.workspace import SIGNING_SECRET, TEAM
from storage import people
from storage.database.engine import Store
from storage.delivery import direct_channels, outbox
from storage.delivery.subjects import ComposedMessage, ComposedSubject, to_json
from storage.people import SlackUser
from storage.tables import Letter, LetterKind

RECIPIENTS = 5_000
WAITS = 1.15
MEANWHILE = 1.5
MOVES, ROUNDS, NAMED = 100, 3, 20
LATE_SECONDS = 2.0
"""Time after their instant in which the last of the messages that begin early are taken."""
PAGE = "said"
MOVE = payloads.command("/move", "firm@M@.example They asked for references, call @N@")

_numbers = count(900_000, 10_000)


def figures() -> Iterator[Figure]:
    """Yield the waits of messages to many people, and the wall time of `/move` meanwhile."""
    for name, is_spread in ((f"{RECIPIENTS:,} messages to prepare", True), (f"{RECIPIENTS:,} reminders", False)):
        with sqlite() as url, asyncio.Runner(loop_factory=SimulatedLoop) as runner:
            fill(url, named=1, days=1)
            sent = runner.run(send_to_many(url, RECIPIENTS, is_spread=is_spread))
        yield Figure(f"sending {name}", sent, least_seconds(RECIPIENTS), "s simulated", WAITS)
    yield _meanwhile()


def least_seconds(messages: int) -> float:
    """Return the least time that Slack's limits allow from the first of these messages to the last."""
    return (-(-messages // WORKSPACE_MESSAGES) - 1) * PERIOD_SECONDS


async def send_to_many(url: str, recipients: int, *, is_spread: bool) -> float:
    """Return the time from the first to the last message of these people, all due at one instant an hour from now.

    `is_spread`: sending begins early, and the last of them leaves by that instant; else all are due at it. Raises
    BenchFailed when a message is lost, comes too early or is dropped, or when it comes after its time.
    """
    clock, store = SimulatedClock(), StoreInPlace(url)
    due_at = clock.now() + timedelta(hours=1)
    instants = instants_before(due_at, [True] * recipients) if is_spread else [due_at] * recipients
    last_at = due_at + timedelta(seconds=LATE_SECONDS if is_spread else GIVE_UP_AFTER * least_seconds(recipients) + 1)
    store.write_now(_queue, instants, not_after=last_at, now=clock.now())
    paced = PacedSlack(recipients)
    try:
        async with asyncio.timeout((last_at - clock.now()).total_seconds()):
            await deliver(store, paced, clock, _same_text)
    except TimeoutError:
        raise BenchFailed(f"{paced.taken} of {recipients} messages were sent in time") from None
    finally:
        left = store.read_now(outbox.count_pending)
        store.close()
    check(paced, recipients, left)
    return paced.last_at - paced.first_at


def _queue(session: Session, instants: Sequence[datetime], *, not_after: datetime, now: datetime) -> None:
    """Queue a message to a person for each of the instants; the conversations are known."""
    ids = [f"U1BENCH{number}" for number in range(len(instants))]
    people.save_users(session, TEAM, [SlackUser(each, TEAM, each) for each in ids], now)
    for user_id in ids:
        direct_channels.keep(session, TEAM, user_id, f"D{user_id}")
    subject = to_json(ComposedSubject([ComposedMessage(text="Your accounts for the review", blocks=[])]))
    letters = [
        Letter(
            workspace_id=TEAM,
            key=f"{PAGE}:{user_id}",
            kind=LetterKind.DIRECT,
            page=PAGE,
            subject=subject,
            user_id=user_id,
            created_at=due_at,
            due_at=due_at,
            not_after=not_after,
        )
        for user_id, due_at in zip(ids, instants, strict=True)
    ]
    outbox.queue_many(session, letters)


def _same_text(_session: Session, _letter: Letter) -> list[Rendered]:
    return [Rendered("Your accounts for the review", [])]


def _meanwhile() -> Figure:
    """The wall time of a /move while messages to many people are due, against that without any."""
    with sqlite() as quiet, sqlite() as busy:
        for url in (quiet, busy):
            fill(url, named=NAMED, days=1)
        _all_are_due(busy)
        with slack() as api, bot(quiet, api) as alone, bot(busy, api) as at_work:
            sides = {"alone": partial(_moves, alone), "meanwhile": partial(_moves, at_work)}
            spent = in_turn(sides, ROUNDS)
        left = _left(busy)
    if not left:
        raise BenchFailed("all messages were sent before /move was measured")
    measured, floor = median(spent["meanwhile"]), median(spent["alone"])
    return Figure(f"/move while {RECIPIENTS:,} messages go out", measured, floor, "ms", MEANWHILE, f"{left:,} left")


def _all_are_due(url: str) -> None:
    store, now = Store(url), datetime.now(UTC)
    try:
        store.write_now(_queue, [now] * RECIPIENTS, not_after=now + timedelta(hours=2), now=now)
    finally:
        store.close()


def _left(url: str) -> int:
    store = Store(url)
    try:
        return store.read_now(outbox.count_pending)
    finally:
        store.close()


def _moves(ours: Running) -> float:
    load = Load((ours.port,), MOVE, SIGNING_SECRET, MOVES, spread=NAMED, first_number=next(_numbers))
    return send(load).p50
