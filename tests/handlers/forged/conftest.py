"""A bot that hears one workspace, beside another whose numbers are not to be found."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.handlers.elsewhere import tell_elsewhere
from tests.handlers.local_bot import LocalBot, local_bot
from tests.handlers.mutations import Foreign
from tests.program import Program


@pytest.fixture(scope="module")
def foreign(program: Program) -> Foreign:
    """Numbers and ids of another workspace that has the bot too."""
    return tell_elsewhere(program.store)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def at(program: Program, foreign: Foreign) -> AsyncIterator[LocalBot]:
    """The bot, in which nothing of the other workspace may be found."""
    async with local_bot(program.store) as at:
        yield at
