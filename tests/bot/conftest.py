"""The delivery on each database, before a look-alike Slack."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.clock import ShiftedClock, SystemClock
from sandbox.delivery import SHORT_RETRY_WAITS
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from tests.bot.sender import KilledStore, Sender


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(ack_seconds=PATIENCE_SECONDS) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        yield sandbox


@pytest.fixture
async def sender(database_url: str) -> AsyncIterator[Sender]:
    """A delivery to the channel #abm-weekly, of which ann is a member and bob is not."""
    clock = ShiftedClock(SystemClock())
    store = KilledStore(database_url)
    async with Sandbox(now=clock.now, retry_waits=SHORT_RETRY_WAITS) as sandbox:
        ann = sandbox.add_user("ann")
        sandbox.add_user("bob")
        sandbox.add_channel("abm-weekly", members=[ann])
        sender = Sender(store, sandbox, clock)
        await sender.open()
        yield sender
        await sender.close()
    store.close()
