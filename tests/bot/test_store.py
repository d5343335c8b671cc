import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from bot.clock import ShiftedClock, SystemClock
from bot.delivery import LEASE, Delivery
from bot.store import DatabaseTime
from sandbox.workspace import PATIENCE_SECONDS
from storage import outbox
from storage.database import Store
from storage.models.delivery import Letter, LetterKind

pytestmark = pytest.mark.database("postgres")


class Elsewhere:
    """The clock of a computer that is wrong by so much."""

    def __init__(self, wrong_by: timedelta) -> None:
        self._wrong_by = wrong_by

    def now(self) -> datetime:
        return SystemClock().now() + self._wrong_by


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_clock_that_is_wrong_is_set_right_by_the_databases(store: Store, minutes: int) -> None:
    computer = Elsewhere(timedelta(minutes=minutes))
    await DatabaseTime(store, computer).compare()
    assert abs(computer.now() + store.lease_clock.ahead - SystemClock().now()) < timedelta(seconds=5)


async def test_clocks_that_agree_are_left_as_they_are_also_one_put_forward_by_the_demo(store: Store) -> None:
    await DatabaseTime(store, SystemClock()).compare()
    demo = ShiftedClock(SystemClock())
    demo.shift_to(SystemClock().now() + timedelta(days=1))
    now = demo.now()
    assert now + store.lease_clock.ahead == now


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_letter_in_another_computers_hands_is_left_to_it_however_wrong_the_clock_here_is(store: Store, minutes):
    computer, now = Elsewhere(timedelta(minutes=minutes)), SystemClock().now()
    long_ago = now - timedelta(hours=1)

    def queue(session: Session) -> None:
        for channel_id in ("C0HELD", "C0FREE"):
            session.add(
                Letter(
                    workspace_id="T1",
                    key=channel_id,
                    kind=LetterKind.POST,
                    page="recap",
                    channel_id=channel_id,
                    created_at=long_ago,
                    due_at=long_ago,
                )
            )
            if channel_id == "C0HELD":
                session.flush()
                outbox.claim_letters(session, now=now, tried_at=now, worker="another", lease=LEASE, batch=1)

    def read(session: Session) -> dict[str, tuple[str, str, int]]:
        return {each.key: (each.state, each.leased_by, each.attempts) for each in session.exec(select(Letter))}

    async def nobody(_workspace_id: str) -> None:
        return None

    store.write_now(queue)
    time = DatabaseTime(store, computer)
    delivery = Delivery(store, nobody, lambda _session, _letter: [], computer, database_time=time)
    done = asyncio.Event()
    store.after_write = done.set
    await delivery.start()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while store.read_now(read)["C0FREE"][0] != "dropped":
            await done.wait()
            done.clear()
    await delivery.drain()
    assert store.read_now(read)["C0HELD"] == ("leased", "another", 1)
