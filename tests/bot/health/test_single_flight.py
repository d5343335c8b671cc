"""Single-flight work: never twice at once, shared by all who ask, waited for only so long."""

import asyncio

import pytest

from bot.health import SingleFlight
from sandbox.workspace import PATIENCE_SECONDS


class Work:
    """Work that counts its runs and ends when it may."""

    def __init__(self) -> None:
        self.runs = 0
        self.may_end = asyncio.Event()

    async def run(self) -> str:
        self.runs += 1
        await self.may_end.wait()
        return f"run {self.runs}"


async def test_work_that_hangs_is_waited_for_only_so_long_and_started_only_once() -> None:
    work = Work()
    flight = SingleFlight(work.run)
    assert await flight.result(timeout_seconds=0.01) is None
    assert await flight.result(timeout_seconds=0.01) is None
    work.may_end.set()
    assert await flight.result(timeout_seconds=PATIENCE_SECONDS) == "run 1"
    assert await flight.result(timeout_seconds=PATIENCE_SECONDS) == "run 2"


async def test_all_who_ask_while_it_runs_share_one_run() -> None:
    work = Work()
    flight = SingleFlight(work.run)
    asking = [asyncio.create_task(flight.result(timeout_seconds=PATIENCE_SECONDS)) for _ in range(3)]
    await asyncio.sleep(0)
    work.may_end.set()
    assert await asyncio.gather(*asking) == ["run 1"] * 3


async def test_the_next_run_waits_for_the_pause_after_the_last_start() -> None:
    work = Work()
    work.may_end.set()
    patient, eager = SingleFlight(work.run, pause_seconds=3_600), SingleFlight(work.run, pause_seconds=0)
    assert [await patient.result(timeout_seconds=PATIENCE_SECONDS) for _ in range(2)] == ["run 1"] * 2
    assert [await eager.result(timeout_seconds=PATIENCE_SECONDS) for _ in range(2)] == ["run 2", "run 3"]


async def test_an_error_is_raised_to_who_asked_and_the_next_run_begins_anew() -> None:
    fails = True

    async def run() -> str:
        if fails:
            raise LookupError
        return "well"

    flight = SingleFlight(run)
    with pytest.raises(LookupError):
        await flight.result(timeout_seconds=PATIENCE_SECONDS)
    fails = False
    assert await flight.result(timeout_seconds=PATIENCE_SECONDS) == "well"


async def test_a_cancelled_run_ends() -> None:
    flight = SingleFlight(Work().run)
    run = flight.start()
    flight.cancel()
    await asyncio.wait({run}, timeout=PATIENCE_SECONDS)
    assert run.cancelled()
