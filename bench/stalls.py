"""How long the event loop stands still while the database's threads have much to do."""

import asyncio
import gc
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, SQLModel, select

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.rules.imports.accounts.read import read_accounts
from agendas.rules.imports.reading.table import read_table
from agendas.verbs.imports.accounts import import_part, plan_import
from agendas.verbs.imports.runs import begin_import, parts_of
from agendas.verbs.jobs.due import DUE_JOBS
from bench.harness import BenchFailed, Figure
from bench.program import fill
from bench.slack import TEAM
from bench.stall_meter import watched
from bench.ticking import NEVER_SECONDS, add_cadences
from bot.cli.run import tune_garbage_collector
from bot.clock import SystemClock
from bot.scheduler import Scheduler
from storage.database.engine import Store
from storage.tables import Account, Review

COUNT = 10_000
ALLOWED_MS = 50.0

Work = Callable[[Store], Awaitable[None]]


def figures() -> Iterator[Figure]:
    """The longest stall while 10,000 slots open and while 10,000 rows are imported; the floor is what is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'bench.db'}")
        fill(store.url, accounts=1_000, events=20_000)
        import_ms = asyncio.run(longest_stall_ms(store, import_accounts, makes=Account))
        yield Figure("longest stall of the loop while 10,000 rows are imported", import_ms, ALLOWED_MS, "ms", 1.0)
        store.write_now(add_cadences, COUNT, next_at=datetime.now(UTC) - timedelta(minutes=1))
        open_ms = asyncio.run(longest_stall_ms(store, open_slots, makes=Review))
        yield Figure("longest stall of the loop while 10,000 slots open", open_ms, ALLOWED_MS, "ms", 1.0)
        store.close()


async def longest_stall_ms(store: Store, work: Work, *, makes: type[SQLModel], count: int = COUNT) -> float:
    """The longest stall while the work goes on. Raises BenchFailed unless it makes so many rows of that table."""
    before = store.read_now(_rows, makes)
    tune_garbage_collector()
    async with watched() as stalls:
        await work(store)
    gc.unfreeze()
    made = store.read_now(_rows, makes) - before
    if made != count:
        raise BenchFailed(f"{made:,} rows of {makes.__name__} were made in place of {count:,}")
    return max(stalls) * 1_000


async def open_slots(store: Store) -> None:
    """Every slot, as ticks open them."""
    clock = SystemClock()
    scheduler = Scheduler(store, clock, DUE_JOBS, tick_seconds=NEVER_SECONDS)
    while await store.read(DUE_JOBS[0].find, clock.now()):
        await scheduler.tick_now()


async def import_accounts(store: Store) -> None:
    """A file of new accounts, read, planned and written."""
    rows = "".join(f"New Name {n},n{n}.example,Segment {n % 9},{n} USD,aware\n" for n in range(COUNT))
    file = await asyncio.to_thread(
        lambda: read_accounts(read_table(f"name,domain,segment,value,stage\n{rows}".encode()))
    )
    author = Author(TEAM, "command line", Source.IMPORT, datetime.now(UTC))
    plan = await store.read(plan_import, TEAM, file.rows)
    run = await store.write(begin_import, plan, author, file_name="bench.csv")
    for part in parts_of(plan):
        await store.write(import_part, run.row_id, author, part)


def _rows(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
