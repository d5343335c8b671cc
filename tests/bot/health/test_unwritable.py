"""A database that answers but takes nothing: the bot says so, also while it has nothing to write."""

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from agendas.verbs.jobs import DueJob
from bot.clock import SystemClock
from bot.delivery import Delivery
from bot.health import DatabaseProbe, Heartbeat
from bot.scheduler import Scheduler
from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox
from storage.database import Store
from storage.migrate import check_write
from tests.databases.postgres import Postgres

LOCKED = "The database is locked by another program. Stop that program, then try again."
FULL = "The disk of the database is full. Free space, then try again."
ONLY_READ = "The database can only be read. Make its file, folder or server writable, then try again."

Undo = Callable[[], object]


class Counted(Heartbeat):
    """A heartbeat that counts its beats."""

    beats = 0

    def beat(self) -> None:
        self.beats += 1


def run(store: Store, statement: str) -> None:
    """Runs it in the connection that writes: there is one while nobody else wants another."""
    connection = store.engine.raw_connection()
    connection.cursor().execute(statement)
    connection.commit()
    connection.close()


def lock(store: Store) -> Undo:
    """Lock the file as another program would."""
    run(store, "pragma busy_timeout=0")
    other = sqlite3.connect(make_url(store.url).database or "", isolation_level=None)
    other.execute("begin immediate")
    return other.close


def fill(store: Store) -> Undo:
    """Keep the file from growing, like a full disk."""
    run(store, "pragma max_page_count=1")
    return lambda: run(store, "pragma max_page_count=1000000")


def forbid(store: Store) -> Undo:
    """Make the database read-only."""
    how = "pragma query_only=%s" if store.is_sqlite else "set session characteristics as transaction read %s"
    run(store, how % ("on" if store.is_sqlite else "only"))
    return lambda: run(store, how % ("off" if store.is_sqlite else "write"))


async def is_tried(store: Store) -> str:
    """Return the trouble that a new probe finds once it has tried to write."""
    probe = DatabaseProbe(store)
    await probe.trouble()
    await probe.write_check.result(timeout_seconds=PATIENCE_SECONDS)
    return await probe.trouble()


def tables(store: Store) -> list[str]:
    return store.read_now(lambda session: inspect(session.connection()).get_table_names())


async def test_a_trial_leaves_nothing(store: Store) -> None:
    before = tables(store)
    await store.write(check_write)
    assert tables(store) == before
    assert await is_tried(store) == ""


async def test_a_database_that_can_only_be_read_is_a_trouble_until_it_takes_something(store: Store) -> None:
    assert await is_tried(store) == ""
    undo = forbid(store)
    assert await is_tried(store) == ONLY_READ
    undo()
    assert await is_tried(store) == ""


@pytest.mark.parametrize(("befall", "said"), [(lock, LOCKED), (fill, FULL)])
async def test_a_locked_or_full_file_is_a_trouble_until_it_takes_something(
    tmp_path: Path, migrated_sqlite: Path, befall: Callable[[Store], Undo], said: str
) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")
    undo = befall(store)
    assert await is_tried(store) == said
    undo()
    assert await is_tried(store) == ""
    store.close()


async def test_a_trial_reaches_the_disk_of_postgresql(postgres: Postgres) -> None:
    url = postgres.create(is_migrated=True)
    store = Store(url)
    run(store, "set temp_file_limit = '1kB'")
    with pytest.raises(DBAPIError, match="temporary file size exceeds"):
        await store.write(check_write)
    store.close()
    postgres.drop(url)


async def test_what_the_bot_itself_wanted_to_write_is_known_without_a_trial(store: Store) -> None:
    probe = DatabaseProbe(store)
    assert await probe.trouble() == ""
    await probe.write_check.result(timeout_seconds=PATIENCE_SECONDS)
    undo = forbid(store)
    with pytest.raises(Exception, match="read"):
        await store.write(inbox.take, "T1", "event", SystemClock().now())
    assert await probe.trouble() == ONLY_READ
    undo()
    await store.write(inbox.take, "T1", "event", SystemClock().now())
    assert await probe.trouble() == ""


async def test_a_tick_that_the_database_does_not_take_does_not_move_the_schedule_on(store: Store) -> None:
    def find(_session: Session, _now: datetime) -> list[int]:
        return [1]

    def serve(session: Session, row_id: int, now: datetime) -> None:
        inbox.take(session, "T1", f"duty:{row_id}", now)

    ticks = Scheduler(
        store, SystemClock(), [DueJob("work", find, serve, lambda *_: None, lambda *_: None)], tick_seconds=3600
    )
    ticks.heartbeat = heartbeat = Counted()
    await ticks.tick_now()
    assert heartbeat.beats > 0
    undo, heartbeat.beats = forbid(store), 0
    await ticks.tick_now()
    assert heartbeat.beats == 0
    undo()
    await ticks.tick_now()
    assert heartbeat.beats > 0


async def test_a_tick_that_cannot_ask_what_is_due_does_not_move_the_schedule_on(store: Store) -> None:
    def find(_session: Session, _now: datetime) -> list[int]:
        raise LookupError

    ticks = Scheduler(store, SystemClock(), [DueJob("work", find, print, print, lambda *_: None)], tick_seconds=3600)
    ticks.heartbeat = heartbeat = Counted()
    await ticks.tick_now()
    assert heartbeat.beats == 0


class Heard(logging.Handler):
    """Notices when the delivery could not look for letters."""

    def __init__(self) -> None:
        super().__init__()
        self.failed = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "claim_failed":
            self.failed.set()


async def test_a_look_for_letters_that_fails_does_not_move_the_delivery_on(store: Store) -> None:
    heard, log = Heard(), logging.getLogger("cadence.delivery")
    log.addHandler(heard)
    delivery = Delivery(store, lambda _id: asyncio.sleep(0), lambda _session, _letter: [], SystemClock())
    delivery.heartbeat = heartbeat = Counted()
    await delivery.start()
    run(store, "alter table letter rename to letters_away")
    heartbeat.beats = 0
    delivery.wake()
    await asyncio.wait_for(heard.failed.wait(), PATIENCE_SECONDS)
    run(store, "alter table letters_away rename to letter")
    log.removeHandler(heard)
    assert heartbeat.beats == 0
    await delivery.drain()
