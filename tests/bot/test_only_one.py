"""One bot per SQLite file: a second one ends with a sentence, and all other commands work beside the first."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.slack_api import StartFailed
from bot.wiring import running
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from tests.bot.processes import started
from tests.bot.test_wiring import settings_for

SAYS = "Another Cadence already runs on the SQLite file"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        yield sandbox


@pytest.mark.database("sqlite")
async def test_the_second_bot_on_an_sqlite_file_refuses_to_start(
    sandbox: Sandbox, database_url: str, tmp_path: Path
) -> None:
    settings = settings_for(sandbox, database_url)
    (tmp_path / "by-another-name.db").symlink_to(tmp_path / "cadence.db")
    async with running(settings, SystemClock()):
        for url in (database_url, f"sqlite:///{tmp_path / 'by-another-name.db'}"):
            with pytest.raises(StartFailed, match=f"{SAYS} .*cadence.db: stop that one first, or use PostgreSQL"):
                async with running(settings_for(sandbox, url), SystemClock()):
                    pass
    async with running(settings, SystemClock()):
        pass


@pytest.mark.database("sqlite")
async def test_the_second_process_ends_with_one_sentence_and_a_killed_one_is_in_nobodys_way(
    sandbox: Sandbox, database_url: str, tmp_path: Path
) -> None:
    async with started(sandbox, database_url=database_url, folder=tmp_path):
        await sandbox.connected()
        async with started(sandbox, database_url=database_url, folder=tmp_path) as second:
            said, errors = await asyncio.wait_for(second.communicate(), PATIENCE_SECONDS)
        assert (second.returncode, said) == (1, b"")
        assert errors.decode().startswith(SAYS)
        assert len(errors.decode().strip().splitlines()) == 1
    async with running(settings_for(sandbox, database_url), SystemClock()):
        pass


@pytest.mark.database("postgres")
async def test_two_bots_run_on_one_postgresql(sandbox: Sandbox, database_url: str) -> None:
    settings = settings_for(sandbox, database_url)
    async with running(settings, SystemClock()), running(settings, SystemClock()):
        await sandbox.connected(connections=2)
