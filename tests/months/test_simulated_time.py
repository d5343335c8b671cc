"""Simulated time goes on however long it has gone on."""

import asyncio

import pytest

from tests.months.simulated_time import SimulatedLoop

DAY = 86_400.0


@pytest.mark.parametrize("begun", [0.0, 150 * DAY, 365 * DAY, 3_650 * DAY])
def test_a_timer_that_is_due_runs_after_years_too(begun: float) -> None:
    async def wait() -> float:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimulatedLoop)
        loop.seconds = begun
        done = asyncio.Event()
        loop.call_later(0, done.set)
        await done.wait()
        await asyncio.sleep(3.0)
        return loop.time() - begun

    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        assert runner.run(wait()) == pytest.approx(3.0, abs=1e-4)
