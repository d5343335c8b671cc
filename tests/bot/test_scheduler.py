import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from agendas.verbs.jobs import DueJob, InRead, Together
from bot.clock import ShiftedClock, SystemClock
from bot.scheduler import AT_A_TIME, DAY, FAILURES, INBOX_KEPT_FOR, Daily, Scheduler
from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox
from storage.database import Store


# The scheduler: every tick serves what is due, never two at once, and one failure stops no other row.
class _Locked(sqlite3.OperationalError):
    sqlite_errorcode = 5


class Work:
    """Rows that are due until they are served; some fail."""

    def __init__(self, due: list[int], *, failing: tuple[int, ...] = ()) -> None:
        self.due = due
        self.failing = failing
        self.served: list[int] = []
        self.aside: list[tuple[int, str]] = []
        self.at_once = 0
        self.most_at_once = 0
        self.done = threading.Event()

    def find(self, _session: Session, _now: datetime) -> list[int]:
        return [row for row in self.due if row not in self.served]

    def serve(self, session: Session, row_id: int, now: datetime) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            inbox.note_key(session, "T1", f"duty:{row_id}", now)
            if row_id in self.failing:
                raise LookupError
            self.served.append(row_id)
        finally:
            self.at_once -= 1
            self.done.set()

    @property
    def job(self) -> DueJob:
        return DueJob("work", self.find, self.serve, self.set_aside, never)

    def set_aside(self, session: Session, row_id: int, _now: datetime, reference: str) -> None:
        self.aside.append((row_id, reference))
        self.due.remove(row_id)


def never(_session: Session, _now: datetime) -> None:
    """Return that no such work is planned."""


def scheduler(store: Store, *works: Work, tick_seconds: float = 3600) -> Scheduler:
    return Scheduler(store, SystemClock(), [work.job for work in works], tick_seconds=tick_seconds)


async def test_a_tick_serves_everything_that_is_due(store: Store) -> None:
    first, second = Work([1, 2, 3]), Work([4])
    await scheduler(store, first, second).tick_now()
    assert (sorted(first.served), second.served) == ([1, 2, 3], [4])


async def test_a_row_that_fails_writes_nothing_and_holds_up_no_other(store: Store) -> None:
    work = Work([1, 2, 3], failing=(2,))
    await scheduler(store, work).tick_now()
    assert sorted(work.served) == [1, 3]
    taken = [store.write_now(inbox.note_key, "T1", f"duty:{row}", SystemClock().now()) for row in (1, 2, 3)]
    assert taken == [False, True, False]


async def test_work_of_a_read_is_looked_at_there_and_kept_by_one_write(store: Store) -> None:
    work, looked = Work([1, 2], failing=(2,)), list[int]()

    def work_out(_session: Session, row_id: int, now: datetime) -> Callable[[Session], object]:
        looked.append(row_id)
        return lambda writing: work.serve(writing, row_id, now)

    job = DueJob("looks", work.find, InRead(work_out), work.set_aside, never)
    await Scheduler(store, SystemClock(), [job], tick_seconds=3600).tick_now()
    assert (sorted(looked), work.served) == ([1, 2], [1])
    taken = [store.write_now(inbox.note_key, "T1", f"duty:{row}", SystemClock().now()) for row in (1, 2)]
    assert taken == [False, True]


async def test_rows_that_are_due_together_are_looked_at_once_and_each_alone_where_one_fails(store: Store) -> None:
    work, looked = Work([1, 2, 3], failing=(2,)), list[list[int]]()

    def work_out(_session: Session, row_ids: Sequence[int], now: datetime) -> Callable[[Session], object]:
        looked.append(sorted(row_ids))
        return lambda writing: [work.serve(writing, row_id, now) for row_id in row_ids]

    job = DueJob("looks", work.find, Together(work_out), work.set_aside, never)
    await Scheduler(store, SystemClock(), [job], tick_seconds=3600).tick_now()
    assert (looked[0], sorted(looked[1:])) == ([1, 2, 3], [[1], [2], [3]])
    taken = [store.write_now(inbox.note_key, "T1", f"duty:{row}", SystemClock().now()) for row in (1, 2, 3)]
    assert taken == [False, True, False]


async def test_a_row_that_fails_each_time_is_set_aside_once_and_the_others_go_on(store: Store, caplog):
    work = Work([1, 2], failing=(2,))
    ticks = scheduler(store, work)
    for _ in range(FAILURES + 2):
        await ticks.tick_now()
    [(row_id, reference)] = work.aside
    assert (work.served, row_id) == ([1], 2)
    assert reference in {getattr(record, "error_id", "") for record in caplog.records}


async def test_a_database_in_trouble_sets_nothing_aside(store: Store) -> None:
    work = Work([1])

    def locked(_session: Session, _row_id: int, _now: datetime) -> None:
        raise OperationalError("select", {}, _Locked("database is locked"))

    job = DueJob("locked", work.find, locked, work.set_aside, never)
    ticks = Scheduler(store, SystemClock(), [job], tick_seconds=3600)
    for _ in range(FAILURES + 1):
        await ticks.tick_now()
    assert work.aside == []


async def test_a_duty_that_cannot_be_asked_leaves_the_others(store: Store) -> None:
    def broken(_session: Session, _now: datetime) -> list[int]:
        raise LookupError

    work = Work([1])
    jobs = [DueJob("broken", broken, work.serve, work.set_aside, never), work.job]
    await Scheduler(store, SystemClock(), jobs, tick_seconds=3600).tick_now()
    assert work.served == [1]


async def test_ticks_never_overlap(store: Store) -> None:
    work = Work(list(range(20)))
    ticks = scheduler(store, work)
    await asyncio.gather(*(ticks.tick_now() for _ in range(5)))
    assert sorted(work.served) == list(range(20))
    assert work.most_at_once == 1


async def test_it_ticks_by_itself_until_it_is_stopped(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "apscheduler")
    work = Work([1])
    ticks = scheduler(store, work, tick_seconds=0.02)
    ticks.start()
    assert await asyncio.to_thread(work.done.wait, 5)
    await ticks.stop()
    await asyncio.sleep(0)
    assert "Scheduler has been shut down" in caplog.messages
    work.due.append(2)
    assert work.served == [1]


@pytest.mark.parametrize(("is_together", "at_once"), [(False, 1), (True, AT_A_TIME)])
async def test_a_stop_waits_for_what_is_being_served_and_begins_no_other(store, caplog, is_together, at_once):
    work, may_go = Work(list(range(3 * AT_A_TIME))), threading.Event()

    def waits(_session: Session, row_id: int, _now: datetime) -> None:
        work.done.set()
        assert may_go.wait(PATIENCE_SECONDS)
        work.served.append(row_id)

    def work_out(_session: Session, row_ids: Sequence[int], now: datetime) -> Callable[[Session], object]:
        return lambda writing: [waits(writing, row_id, now) for row_id in row_ids]

    serve = Together(work_out) if is_together else waits
    ticks = Scheduler(
        store, SystemClock(), [DueJob("waits", work.find, serve, work.set_aside, never)], tick_seconds=0.02
    )
    ticks.start()
    assert await asyncio.to_thread(work.done.wait, PATIENCE_SECONDS)
    stopping = asyncio.create_task(ticks.stop())
    done, _ = await asyncio.wait({stopping}, timeout=0.05)
    assert not done
    may_go.set()
    await stopping
    assert len(work.served) == at_once
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_work_that_fails_is_done_again_the_next_time(store: Store) -> None:
    times, twice = 0, asyncio.Event()

    async def fails() -> None:
        nonlocal times
        times += 1
        if times == 2:
            twice.set()
        raise LookupError

    ticks = scheduler(store)
    ticks.every(0.02, "fails", fails)
    ticks.start()
    await asyncio.wait_for(twice.wait(), PATIENCE_SECONDS)
    await ticks.stop()


async def test_ticks_go_on_when_the_computers_clock_was_put_back_an_hour(store: Store) -> None:
    work = Work([1])
    ticks = scheduler(store, work, tick_seconds=0.05)
    ticks.start()
    # what the library is left with: it waits for an instant that is an hour away now
    ticks._scheduler.get_job("tick").modify(next_run_time=SystemClock().now() + timedelta(hours=1))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.to_thread(work.done.wait)
    assert work.served == [1]
    await ticks.stop()


async def test_a_tick_that_takes_long_is_none_that_was_lost(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    ticks, seconds = scheduler(store, tick_seconds=0.2), 1.0
    long, again = asyncio.Event(), asyncio.Event()

    async def begin() -> None:
        if long.is_set():
            again.set()
        asyncio.get_running_loop().call_later(seconds, long.set)
        await long.wait()

    ticks.before_tick = begin
    ticks.start()
    await asyncio.wait_for(again.wait(), PATIENCE_SECONDS)
    await ticks.stop()
    assert "ticks_lost" not in caplog.text


# Daily maintenance is done by one process, even if none of them runs for a day.
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
        await store.write(inbox.note_key, "T1", key, clock.now() - age)
    await Process(store, clock).daily.run_if_due()
    assert [store.read_now(inbox.was_taken, "T1", key) for key in ("old", "young")] == [False, True]
