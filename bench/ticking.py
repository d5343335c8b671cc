"""A tick with many cadences of which none is due, against one with few."""

import asyncio
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from sqlalchemy import func, insert
from sqlmodel import Session, col, select

from agendas.verbs.jobs.due import DUE_JOBS
from bench.harness import BenchFailed, Figure, in_turn, middle
from bench.program import fill
from bench.slack import ASKER, TEAM
from bot.clock import SystemClock
from bot.scheduler import Scheduler
from storage.database.engine import Store
from storage.tables import Cadence, Review

FEW, MANY = 100, 10_000
ROUNDS = 25
TICKS = 20
"""How many ticks are timed in a round."""
NEVER_SECONDS = 1e9
"""A scheduler that ticks only when it is told to."""


def figures() -> Iterator[Figure]:
    """The time of a tick with 10,000 cadences against 100, none of them due."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        stores = {}
        for count in (FEW, MANY):
            url = f"sqlite:///{Path(folder) / f'{count}.db'}"
            fill(url, accounts=100, events=1_000)
            stores[count] = Store(url)
            stores[count].write_now(add_cadences, count, next_at=now + timedelta(days=1))
        found = in_turn({str(count): partial(_tick_ms, store) for count, store in stores.items()}, ROUNDS)
        for store in stores.values():
            store.close()
    many, few = (middle(found[str(count)]) for count in (MANY, FEW))
    yield Figure("a tick with nothing due, 10,000 cadences to 100", many, few, "ms", 1.1)


def add_cadences(session: Session, count: int, *, next_at: datetime) -> None:
    """Weekly cadences in so many channels, each over one account."""
    rows = [
        {
            "workspace_id": TEAM,
            "channel_id": f"C2{number:07}",
            "rhythm": "weekly",
            "anchor_on": date(2026, 11, 23),
            "local_time": time(15),
            "zone": "UTC",
            "scope": {"account_ids": [number % 100 + 1]},
            "facilitator": ASKER,
            "next_at": next_at,
            "next_on": next_at.date(),
            "created_at": next_at,
        }
        for number in range(count)
    ]
    session.execute(insert(Cadence), rows)


def _tick_ms(store: Store) -> float:
    return asyncio.run(_ticks_ms(store)) / TICKS


async def _ticks_ms(store: Store) -> float:
    """So many ticks, by the scheduler and the database's threads as in the bot."""
    scheduler = Scheduler(store, SystemClock(), DUE_JOBS, tick_seconds=NEVER_SECONDS)
    began_at = perf_counter()
    for _ in range(TICKS):
        await scheduler.tick_now()
    took_ms = (perf_counter() - began_at) * 1_000
    if store.read_now(_reviews_opened):
        raise BenchFailed("a tick with nothing due opened a review")
    return took_ms


def _reviews_opened(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Review).where(col(Review.state) == "open")).one()
