"""A token that Slack refuses stops the work of its workspace alone, whatever the call, until it is good again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from cryptography.fernet import Fernet
from slack_sdk.errors import SlackApiError

from bot.clock import SystemClock
from bot.people_sync import TokenCheck
from bot.settings import Settings
from bot.slack_api import Workspaces
from bot.wiring import running
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from storage import workspaces
from storage.database import Store
from storage.workspaces import Installation

OTHER = Installation("T0OTHER01", "Other", "", "U0BOT0002", "B0BOT0002", bot_token="")
NOW = SystemClock().now()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(ack_seconds=PATIENCE_SECONDS) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        yield sandbox


class Bot:
    """The bot's tokens of two workspaces that installed it, one of them the sandbox's."""

    def __init__(self, sandbox: Sandbox, store: Store, session: aiohttp.ClientSession) -> None:
        key = Fernet.generate_key().decode()
        settings = Settings(client_id="1.2", client_secret="s", secret_key=key, slack_api_url=sandbox.api_url)
        self.known = Workspaces(settings, store, session)
        self.store, self.team = store, sandbox.workspace.team.id
        self.check = TokenCheck(store, self.known, SystemClock())
        self.known.watch.after_token = self.check.hear
        ours = Installation(self.team, "Sample", "", "U1", "B1", self.known.sealing.seal(sandbox.bot_token))
        for installation in (ours, OTHER):
            store.write_now(workspaces.save_installation, installation, time_zone="UTC", now=NOW)

    async def calls(self, method: str = "users.info") -> None:
        """Make a call, and wait for what its refusal stops."""
        client = await self.known.client_of(self.team)
        assert client is not None
        with pytest.raises(SlackApiError):
            await client.api_call(method)
        await self.check.stop()

    def works_in(self) -> list[str]:
        return sorted(each.id for each in self.store.read_now(workspaces.active))


@pytest.fixture
async def bot(sandbox: Sandbox, store: Store) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        yield Bot(sandbox, store, session)


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_any_call_that_is_refused_stops_the_work_of_that_workspace_until_the_token_is_good_again(
    sandbox: Sandbox, bot: Bot, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.refuse("users.info", code)
    await bot.calls()
    assert bot.works_in() == [OTHER.workspace_id]
    sandbox.faults.refuse("auth.test", code)
    await bot.check.check()
    assert bot.works_in() == [OTHER.workspace_id]
    with caplog.at_level(logging.INFO):
        await bot.check.check()
    assert bot.works_in() == sorted([bot.team, OTHER.workspace_id])
    told = [record.getMessage() for record in caplog.records if record.name == "cadence.token"]
    assert told == ["token_refused", "token_good_again"]


async def install_anew(bot: Bot) -> None:
    """A person of the workspace does, and Slack gives another token."""
    sealed = bot.known.sealing.seal("xoxb-another")
    installation = Installation(bot.team, "Sample", "", "U1", "B1", sealed)
    bot.store.write_now(workspaces.save_installation, installation, time_zone="UTC", now=SystemClock().now())


async def go_on_elsewhere(bot: Bot) -> None:
    """Let another process find the token accepted again, and use it in this one."""
    bot.store.write_now(workspaces.reactivate, bot.team, now=SystemClock().now())
    client = await bot.known.client_of(bot.team)
    assert client is not None
    await client.auth_test()
    await bot.check.stop()


async def go_on_unseen(bot: Bot) -> None:
    """Let another process check the tokens, while this one only reads which workspaces are stopped."""
    bot.store.write_now(workspaces.reactivate, bot.team, now=SystemClock().now())
    await bot.check.check()


@pytest.mark.parametrize("go_on", [install_anew, go_on_elsewhere, go_on_unseen])
async def test_a_second_refusal_stops_the_work_and_is_logged_as_the_first_was(
    sandbox: Sandbox, bot: Bot, caplog: pytest.LogCaptureFixture, go_on: Callable[[Bot], Awaitable[None]]
) -> None:
    for refusals in (1, 2):
        sandbox.faults.refuse("users.info", "token_revoked")
        await bot.calls()
        assert bot.works_in() == [OTHER.workspace_id]
        told = [record.getMessage() for record in caplog.records if record.name == "cadence.token"]
        assert told == ["token_refused"] * refusals
        await go_on(bot)


async def test_other_errors_stop_nothing(sandbox: Sandbox, bot: Bot) -> None:
    for code in ("missing_scope", "internal_error", "ratelimited"):
        sandbox.faults.refuse("users.info", code)
        await bot.calls()
    assert len(bot.works_in()) == 2


async def stops(store: Store, workspace_id: str) -> None:
    """Returns once the work of this workspace has stopped."""
    wake, written = store.after_write, asyncio.Event()

    def after_write() -> None:
        wake()
        written.set()

    store.after_write = after_write
    wake()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while workspace_id in [each.id for each in store.read_now(workspaces.active)]:
            await written.wait()
            written.clear()


async def test_the_running_bot_says_that_it_is_not_ready_and_what_to_do(sandbox: Sandbox, database_url: str) -> None:
    places = {"slack_api_url": sandbox.api_url, "database_url": database_url, "port": 0}
    settings = Settings(sandbox.bot_token, sandbox.app_token, admins=(sandbox.person("ann").id,), **places)
    async with running(settings, SystemClock()) as cadence, aiohttp.ClientSession() as http:
        sandbox.faults.refuse("views.open", "account_inactive")
        sandbox.faults.refuse("auth.test", "account_inactive", times=100)
        await sandbox.person("ann").types("/review schedule", in_="abm-weekly")
        team, store = sandbox.workspace.team.id, cadence.store
        await stops(store, team)
        async with http.get(f"http://127.0.0.1:{cadence.port}/readyz") as answer:
            assert answer.status == 503
            assert "Slack refused the bot's token (account_inactive)" in await answer.text()
        assert store.read_now(workspaces.get, team) is not None
