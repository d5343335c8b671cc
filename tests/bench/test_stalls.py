"""The stall meter sees whatever holds the loop up, and a figure of work that was not done is none."""

import asyncio
import time

import pytest

from bench.figures import BenchFailed
from bench.stalls import longest_stall_ms, watched
from storage.database.engine import Store
from storage.tables import Review


async def test_work_in_the_loop_is_a_stall() -> None:
    async with watched() as stalls:
        await asyncio.sleep(0.01)
        began = time.process_time()
        sum(range(5_000_000))
        worked = time.process_time() - began
    assert max(stalls) > 0.9 * worked


async def test_a_thread_that_keeps_the_interpreter_to_itself_is_a_stall() -> None:
    began = time.process_time()
    async with watched() as stalls:
        await asyncio.to_thread(sum, range(10_000_000))
    assert max(stalls) > 0.5 * (time.process_time() - began)


async def test_a_thread_that_waits_is_none() -> None:
    async with watched() as stalls:
        await asyncio.to_thread(time.sleep, 0.3)
    assert max(stalls) < 0.1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_figure_of_work_that_did_nothing_is_refused(store: Store) -> None:
    async def nothing(_store: Store) -> None:
        await asyncio.sleep(0)

    with pytest.raises(BenchFailed, match="0 rows of Review were made in place of 10"):
        await longest_stall_ms(store, nothing, makes=Review, rows=10)
    assert await longest_stall_ms(store, nothing, makes=Review, rows=0) >= 0
