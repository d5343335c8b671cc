"""A fork server for the tests that start processes, and the team of the stories for the others."""

from collections.abc import AsyncIterator
from random import Random

import pytest
import pytest_asyncio

from tests.failures.bots import ForkServer, running_fork_server
from tests.stories.conftest import have_met, met_sqlite, setting, story_database_url, team

__all__ = [
    "chance",
    "fork_server",
    "have_met",
    "met_sqlite",
    "setting",
    "story_database_url",
    "team",
    "warm_fork_server",
]


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Random:
    """What a test draws: always the same in `make test`; in `make prove` by the seed that the run prints."""
    return Random(f"{request.config.getoption('--hypothesis-seed')} {request.node.nodeid}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def warm_fork_server() -> AsyncIterator[ForkServer]:
    async with running_fork_server() as fork_server:
        yield fork_server


@pytest_asyncio.fixture(loop_scope="session")
async def fork_server(warm_fork_server: ForkServer) -> AsyncIterator[ForkServer]:
    """Starts bots as processes of their own; those that a test leaves are killed at its end."""
    yield warm_fork_server
    await warm_fork_server.kill_all()
