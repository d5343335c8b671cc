"""A fork server for each test file that starts processes, and the team of the stories for the others."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.failures.bots import ForkServer, running_fork_server
from tests.stories.conftest import have_met, met_sqlite, setting, story_database_url, team

__all__ = ["fork_server", "have_met", "met_sqlite", "setting", "story_database_url", "team"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fork_server() -> AsyncIterator[ForkServer]:
    """Starts bots as processes of their own."""
    async with running_fork_server() as fork_server:
        yield fork_server
