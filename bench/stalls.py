"""How long the event loop stands still while accounts are imported in the same process.

A task wants to be woken every millisecond. By how much it wakes late is how long the loop stood still: in work of its
own, waiting for the interpreter's lock, in a collection of garbage. Of that counts what this process used of the
processor meanwhile: the rest of the time the machine was busy with others.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from time import perf_counter, process_time

from sqlmodel import SQLModel

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.rules.imports.accounts.read import read_accounts
from agendas.rules.imports.reading.table import read_table
from agendas.verbs.imports.accounts import import_part, plan_import
from agendas.verbs.imports.runs import begin_import, parts_of
from bench.databases import count, sqlite
from bench.figures import BenchFailed, Figure
from bench.program import fill
from bench.workspace import TEAM
from bot.cli.run import tune_garbage_collector
from storage.database.engine import Store
from storage.tables import Account

ROWS = 10_000
ALLOWED_MS = 50.0
LOOK_SECONDS = 0.001
ROUNDS = 2


def figures() -> Iterator[Figure]:
    """Yield the longest stall while 10,000 rows are imported, the lesser of two; the floor is what is allowed."""
    found = []
    for _ in range(ROUNDS):
        with sqlite() as url:
            fill(url, named=300, days=2)
            store = Store(url)
            # as the bot does when it has started
            tune_garbage_collector()
            found.append(asyncio.run(longest_stall_ms(store, import_accounts, makes=Account, rows=ROWS)))
            gc.unfreeze()
            store.close()
    yield Figure("longest stall of the loop, 10,000 rows imported", min(found), ALLOWED_MS, "ms", 1.0)


async def longest_stall_ms(
    store: Store, work: Callable[[Store], Awaitable[None]], *, makes: type[SQLModel], rows: int
) -> float:
    """Return the longest stall during the work. Raises BenchFailed unless it makes so many rows of that table."""
    before = store.read_now(count, makes)
    async with watched() as stalls:
        await work(store)
    made = store.read_now(count, makes) - before
    if made != rows:
        raise BenchFailed(f"{made:,} rows of {makes.__name__} were made in place of {rows:,}")
    return max(stalls) * 1_000


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """The seconds of each stall so far, one for each look at the clock."""
    stalls: list[float] = []

    async def watch() -> None:
        looked_at, worked = perf_counter(), process_time()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now, worked_now = perf_counter(), process_time()
            stalls.append(min(now - looked_at - LOOK_SECONDS, worked_now - worked))
            looked_at, worked = now, worked_now

    watching = asyncio.create_task(watch())
    # the watch begins before what it watches
    await asyncio.sleep(0)
    try:
        yield stalls
        # a stall that is just over is known with the next look
        await asyncio.sleep(2 * LOOK_SECONDS)
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def import_accounts(store: Store) -> None:
    """A file of new accounts, read, planned and written, each in a thread as when somebody gives it in Slack."""
    lines = "".join(f"New Name {n},n{n}.example,Segment {n % 9},{n} USD,aware\n" for n in range(ROWS))
    table = f"name,domain,segment,value,stage\n{lines}".encode()
    file = await asyncio.to_thread(lambda: read_accounts(read_table(table)))
    author = Author(TEAM, "command line", Source.IMPORT, datetime.now(UTC))
    plan = await store.read(plan_import, TEAM, file.rows)
    run = await store.write(begin_import, plan, author, file_name="bench.csv")
    for part in parts_of(plan):
        await store.write(import_part, run.row_id, author, part)
