"""How long the event loop stands still while the database's threads have much to do.

What holds the loop up is work of this process: the interpreter's lock, the collector, a long call. So of each stall
only the time counts in which the process was at work; when the machine is busy with others, that is not our stall.
"""

import asyncio
import gc
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from agendas.author import Author
from agendas.facts import Source
from agendas.rules.import_file import read_accounts
from agendas.rules.read_table import read_table
from agendas.verbs.duties import DUTIES
from agendas.verbs.import_rows import import_part, plan_import
from agendas.verbs.import_runs import begin_import, parts_of
from bench.harness import Figure
from bench.program import fill
from bench.slack import TEAM
from bench.ticking import add_cadences
from bot.cli.run import spare_the_collector
from bot.clock import SystemClock
from bot.scheduler import Scheduler
from storage.engine import Store

COUNT = 10_000
ALLOWED_MS = 50.0
NEVER_SECONDS = 1e9
LOOK_SECONDS = 0.001


def figures() -> Iterator[Figure]:
    """The longest stall while 10,000 slots open and while 10,000 rows are imported; the floor is what is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        fill(url, accounts=1_000, events=20_000)
        for what, work in (("10,000 rows are imported", _import), ("10,000 slots open", _open)):
            stall_ms = asyncio.run(_longest_stall_ms(url, work))
            yield Figure(f"longest stall of the loop while {what}", stall_ms, ALLOWED_MS, "ms", 1.0)


async def _longest_stall_ms(url: str, work: Callable[[Store], Awaitable[None]]) -> float:
    store = Store(url)
    if work is _open:
        store.write_now(add_cadences, COUNT, next_at=datetime.now(UTC) - timedelta(minutes=1))
    spare_the_collector()
    async with _watched() as stalls:
        await work(store)
    gc.unfreeze()
    store.close()
    return max(stalls) * 1_000


@asynccontextmanager
async def _watched() -> AsyncIterator[list[float]]:
    """By how many seconds each look at the clock came late while the process worked, a look every millisecond."""
    late: list[float] = []

    async def watch() -> None:
        while True:
            began_at, worked = perf_counter(), process_time()
            await asyncio.sleep(LOOK_SECONDS)
            late.append(min(perf_counter() - began_at - LOOK_SECONDS, process_time() - worked))

    watching = asyncio.create_task(watch())
    yield late
    watching.cancel()


async def _open(store: Store) -> None:
    """Every slot, as ticks open them."""
    clock = SystemClock()
    scheduler = Scheduler(store, clock, DUTIES, tick_seconds=NEVER_SECONDS)
    while await store.read(DUTIES[0].find, clock.now()):
        await scheduler.tick_now()


async def _import(store: Store) -> None:
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
