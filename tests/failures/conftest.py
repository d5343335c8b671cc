"""One nursery for the tests of a module, which share its event loop, and the team of the stories for the others."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.failures.bots import Nursery, a_nursery
from tests.stories.conftest import setting, story_database_url, team

__all__ = ["nursery", "setting", "story_database_url", "team"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def nursery() -> AsyncIterator[Nursery]:
    """Bears bots as processes of their own."""
    async with a_nursery() as nursery:
        yield nursery
