"""Socket Mode: requests are served, a dead connection is replaced, and stopping finishes what it began."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.socket import SocketListener
from bot.workspaces import StartFailed
from sandbox.server import Sandbox


async def authorize(team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-1")


class Bot:
    """A Bolt app with one command, listening by Socket Mode."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.began = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        client = AsyncWebClient(base_url=sandbox.api_url, retry_handlers=[])
        self.app = AsyncApp(client=client, authorize=authorize, process_before_response=True)
        self.app.command("/account")(self._account)
        self.listener = SocketListener(self.app, app_token=sandbox.app_token, client=client, check_seconds=0.02)

    async def _account(self, ack: AsyncAck) -> None:
        self.began.set()
        await self.may_end.wait()
        await ack("my accounts")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        yield sandbox


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(sandbox)
    await bot.listener.start()
    yield bot
    bot.may_end.set()
    await bot.listener.stop()


async def test_a_command_is_answered_through_the_connection(sandbox: Sandbox, bot: Bot) -> None:
    assert await bot.listener.is_connected()
    assert "my accounts" in await sandbox.person("ann").types("/account", in_="abm-weekly")


async def test_a_refused_app_token_is_said_in_one_sentence(sandbox: Sandbox) -> None:
    client = AsyncWebClient(base_url=sandbox.api_url, retry_handlers=[])
    app = AsyncApp(client=client, authorize=authorize)
    with pytest.raises(StartFailed, match="Slack refused SLACK_APP_TOKEN"):
        await SocketListener(app, app_token="xapp-wrong", client=client).start()


async def test_slack_out_of_reach_is_said_in_one_sentence(sandbox: Sandbox) -> None:
    client = AsyncWebClient(base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    app = AsyncApp(client=client, authorize=authorize)
    with pytest.raises(StartFailed, match="check the network"):
        await SocketListener(app, app_token=sandbox.app_token, client=client).start()


async def test_a_dead_connection_is_replaced_even_when_slack_refuses_at_first(sandbox: Sandbox, bot: Bot) -> None:
    opened = len(sandbox.calls("apps.connections.open"))
    sandbox.faults.refuse("apps.connections.open", "internal_error")
    assert bot.listener._handler is not None
    # what the library leaves behind when it gave up for good
    bot.listener._handler.client.stale = True
    bot.listener._handler.client.auto_reconnect_enabled = False
    assert await sandbox.changed.until(lambda: len(sandbox.calls("apps.connections.open")) >= opened + 2, seconds=8)
    await sandbox.connected()
    assert "my accounts" in await sandbox.person("ann").types("/account", in_="abm-weekly")


async def test_stopping_answers_the_request_under_way(sandbox: Sandbox, bot: Bot) -> None:
    bot.may_end.clear()
    typed = asyncio.create_task(sandbox.person("ann").types("/account", in_="abm-weekly"))
    await asyncio.wait_for(bot.began.wait(), 5)
    stopping = asyncio.create_task(bot.listener.stop())
    bot.may_end.set()
    assert "my accounts" in await asyncio.wait_for(typed, 5)
    await asyncio.wait_for(stopping, 8)
    assert not await bot.listener.is_connected()
