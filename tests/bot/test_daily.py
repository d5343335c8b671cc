"""Daily maintenance is done by one process, even if none of them runs for a day."""

import asyncio

import pytest

from bot.clock import ShiftedClock, SystemClock
from bot.scheduler import DAY, INBOX_KEPT_FOR, Daily
from storage import inbox
from storage.database import Store


class Process:
    """One start of the bot on the database, which counts how often it refreshed the people."""

    def __init__(self, store: Store, clock: ShiftedClock) -> None:
        self.met = 0
        self.daily = Daily(store, clock, self._meet)

    async def _meet(self) -> None:
        self.met += 1


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock(SystemClock())


async def test_it_is_done_once_a_day_however_often_the_bot_is_started(store: Store, clock: ShiftedClock) -> None:
    done = []
    for _ in range(4):
        process = Process(store, clock)
        await process.daily.run_if_due()
        done.append(process.met)
        clock.shift_to(clock.now() + DAY / 2)
    assert done == [1, 0, 1, 0]


async def test_of_several_processes_one_does_it(store: Store, clock: ShiftedClock) -> None:
    processes = [Process(store, clock) for _ in range(4)]
    await asyncio.gather(*(process.daily.run_if_due() for process in processes))
    assert sum(process.met for process in processes) == 1


async def test_what_is_old_is_forgotten_and_what_is_not_stays(store: Store, clock: ShiftedClock) -> None:
    for key, age in (("old", INBOX_KEPT_FOR + DAY), ("young", INBOX_KEPT_FOR - DAY)):
        await store.write(inbox.take, "T1", key, clock.now() - age)
    await Process(store, clock).daily.run_if_due()
    assert [store.read_now(inbox.was_taken, "T1", key) for key in ("old", "young")] == [False, True]
