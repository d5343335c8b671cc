"""A look-alike Slack with four people, and the bot that waits to be installed in it."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import ShiftedClock, SystemClock
from bot.wiring import running
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from tests.bot.install.new_bot import NewBot, of_sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Ann and Ben share a channel; Eli belongs to another company."""
    async with Sandbox(ack_seconds=PATIENCE_SECONDS) as sandbox:
        ann, ben = sandbox.add_user("ann"), sandbox.add_user("ben")
        sandbox.add_user("cem")
        sandbox.add_user("eli", external=True)
        sandbox.add_channel("abm-weekly", members=[ann, ben])
        yield sandbox


@pytest.fixture
async def new_bot(sandbox: Sandbox, database_url: str) -> AsyncIterator[NewBot]:
    """The bot on each database, listening for events."""
    clock = ShiftedClock(SystemClock())
    async with running(of_sandbox(sandbox, database_url), clock) as cadence:
        new_bot = NewBot(sandbox, cadence, clock)
        await sandbox.use_http(f"{new_bot.address}/slack/events")
        yield new_bot
