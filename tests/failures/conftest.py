"""A fork server for each test file that starts processes, and the team of the stories for the others."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.failures.bots import ForkServer, running_fork_server
from tests.stories.conftest import have_met, met_sqlite, setting, story_database_url, team

__all__ = ["fork_server", "have_met", "met_sqlite", "module_fork_server", "setting", "story_database_url", "team"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def module_fork_server() -> AsyncIterator[ForkServer]:
    async with running_fork_server() as fork_server:
        yield fork_server


@pytest_asyncio.fixture(loop_scope="module")
async def fork_server(module_fork_server: ForkServer) -> AsyncIterator[ForkServer]:
    """Starts bots as processes of their own; those that a test leaves are killed at its end."""
    yield module_fork_server
    await module_fork_server.kill_all()
