"""One nursery for the tests of a module; they share its event loop."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.failures.bots import Nursery, a_nursery


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def nursery() -> AsyncIterator[Nursery]:
    """Bears bots as processes of their own."""
    async with a_nursery() as nursery:
        yield nursery
