"""Attempts at a letter: what counts as one, how long it may last, and that a lost lease records no result."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from bot.clock import ShiftedClock, SystemClock
from bot.delivery import CHECKED_AHEAD, LEASE, LETTER_SECONDS
from bot.pacing import RateLimit, SharedRateLimit
from bot.sending import MAY_STILL_COME, TRIES, ResultRecorder
from bot.slack_api import Unsure, WaitReason
from sandbox.server import Sandbox
from storage import outbox
from storage.database import Store, Verb
from storage.models.delivery import Letter
from storage.models.reviews import Review
from tests.bot.sender import KilledStore, P, Sender, T
from tests.quick_time import QuickClock, QuickLoop
from tests.storage.delivery.letters import NOON, letter

TIMES = 30.0
MINUTES = timedelta(minutes=5)


async def test_waits_that_slack_asked_for_are_no_attempts(sender: Sender) -> None:
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=300, times=TRIES)
    sender.sandbox.faults.refuse("chat.postMessage", "message_limit_exceeded")
    await sender.queue("a")
    for tries in range(1, TRIES + 2):
        await sender.until(lambda tries=tries: sender.letter("a").attempts >= tries and sender.state("a") != "leased")
        sender.pass_time(MINUTES)
    await sender.becomes("a", "sent")


class Fixed:
    """A clock that stands."""

    def now(self):  # type: ignore[no-untyped-def]
        """Two minutes after noon."""
        return NOON + LEASE


async def test_a_worker_that_lost_a_letter_tells_nobody_that_it_is_in_doubt(store: Store) -> None:
    with store.writing() as session:
        review = Review(
            workspace_id="T1",
            channel_id="C1",
            slot="one",
            planned_on=NOON.date(),
            planned_at=NOON,
            opened_at=NOON,
            facilitator="U1",
        )
        session.add(review)
        session.flush()
        session.add(letter("a", review_id=review.id))
    slow, quick = [
        store.write_now(outbox.claim_letters, now=now, tried_at=now, worker=worker, lease=LEASE, batch=1)[0]
        for now, worker in ((NOON, "slow"), (NOON + LEASE, "quick"))
    ]
    told = []
    for each in (slow, quick):
        await ResultRecorder(store, Fixed(), SharedRateLimit(store, RateLimit()), each).record(None, Unsure("cut off"))
        told.append(len(store.read_now(doubts)))
    assert told == [0, 1]


def doubts(session: Session) -> list[Letter]:
    """Return the messages about unconfirmed letters."""
    return list(session.exec(select(Letter).where(Letter.page == "doubt")))


class BusyStore(KilledStore):
    """A store whose first claim takes nearly as long as a lease."""

    was_busy = False
    first_error = ""

    async def write_quietly(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a write, the first claim late."""
        self.first_error = self.first_error or str(kwargs.get("error", ""))
        done = await super().write_quietly(verb, *args, **kwargs)
        if verb is outbox.claim_letters and not self.was_busy:
            self.was_busy = True
            await asyncio.sleep(LETTER_SECONDS + 1)
        return done


@asynccontextmanager
async def busy_sender(path: Path) -> AsyncIterator[Sender]:
    """A sender whose seconds are short."""
    clock = ShiftedClock(QuickClock(TIMES, NOON))
    store = BusyStore(f"sqlite:///{path}")
    async with Sandbox(now=clock.now) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        sender = Sender(store, sandbox, clock)
        await sender.queue("a")
        await sender.open()
        yield sender
        await sender.close()
    store.close()


def test_what_is_done_for_a_letter_ends_within_its_lease_however_long_its_claim_took(
    tmp_path: Path, migrated_sqlite: Path
) -> None:
    path = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, path)

    async def told() -> None:
        async with busy_sender(path) as sender:
            store = sender.store
            assert isinstance(store, BusyStore)
            assert await sender.sandbox.changed.until(lambda: bool(sender.sandbox.calls()))
            assert store.first_error.startswith("TimeoutError"), store.first_error

    with asyncio.Runner(loop_factory=lambda: QuickLoop(TIMES)) as runner:
        runner.run(told())


class JumpingStore(KilledStore):
    """A store that is asked for the first time whether a letter is held just as its clock jumps beyond the lease.

    The answer comes once the letter was claimed again.
    """

    jump: Callable[[], None] | None = None

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.is_claimed_again = asyncio.Event()

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read, the first time after the jump."""
        if verb is not outbox.is_held or self.jump is None:
            return await super().read(verb, *args, **kwargs)
        letter, now = args
        self.jump, jumps = None, self.jump
        jumps()
        answer = await super().read(outbox.is_held, letter, now + 2 * LEASE)
        await self.is_claimed_again.wait()
        return answer

    async def write_quietly(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a write; note when a letter was claimed after the jump."""
        done = await super().write_quietly(verb, *args, **kwargs)
        if verb is outbox.claim_letters and self.jump is None:
            self.is_claimed_again.set()
        return done


async def test_a_letter_taken_up_again_just_as_its_lease_was_found_over_is_sent_once(
    tmp_path: Path, migrated_sqlite: Path
) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    clock = ShiftedClock(SystemClock())
    store = JumpingStore(f"sqlite:///{tmp_path / 'cadence.db'}")
    async with Sandbox(now=clock.now) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        sender = Sender(store, sandbox, clock)
        store.jump = lambda: sender.pass_time(2 * LEASE)
        await sender.queue("a")
        await sender.open()
        await sender.becomes("a", "sent")
        assert len(sender.messages()) == 1
        await sender.close()
    store.close()


@pytest.mark.database("postgres")
async def test_a_computer_that_slept_sends_nothing_that_another_has_taken_meanwhile(sender: Sender) -> None:
    sleeper = sender.delivery
    sender.sandbox.faults.delay("conversations.info", seconds=2)
    await sender.queue("a")
    await sender.becomes("a", "leased")
    # the clocks that it goes by stand still while it sleeps, and it claims nothing
    sleeper._is_stopping = True
    sender.delivery = sender._new_delivery()
    sender.clock.shift_to(sender.clock.now() + LEASE)
    await sender.delivery.start()
    await sender.has_error("a", WaitReason.NOT_THERE_YET)
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    await sleeper.drain()
    assert len(sender.sandbox.calls("chat.postMessage")) == len(sender.messages()) == 1


def of_turn(store: KilledStore) -> list[str]:
    """Return the calls, in order, that check a lease, change the shared rate limit and record a result."""
    return [verb for verb in store.called if verb in ("is_held", "shared", "record_sent")]


@pytest.mark.database("postgres")
async def test_nothing_is_asked_between_a_turn_that_has_come_and_its_message(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    assert of_turn(sender.store)[-3:] == ["is_held", "shared", "record_sent"]


@pytest.mark.database("postgres")
async def test_a_computer_that_slept_while_a_letter_waited_for_its_turn_does_not_send_it(sender: Sender) -> None:
    now = sender.clock.now()
    until = now + CHECKED_AHEAD + timedelta(seconds=3.5)
    await SharedRateLimit(sender.store, RateLimit()).hold(sender.workspace_id, "chat.postMessage", now=now, until=until)
    await sender.queue("a")
    await sender.until(lambda: of_turn(sender.store)[-2:] == ["is_held", "shared"])
    with sender.store.writing() as session:
        session.exec(update(Letter).values(leased_by="another"))
    await sender.delivery.drain()
    assert of_turn(sender.store)[-3:] == ["is_held", "shared", "is_held"]
    assert not sender.messages()
