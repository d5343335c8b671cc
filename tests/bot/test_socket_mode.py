import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_api import StartFailed
from bot.socket_mode import SocketListener
from sandbox.delivery import Connection
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from tests.bot.odd_slack import odd_slack, plain


async def authorize(team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-1")


class Bot:
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
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(sandbox)
    await bot.listener.start()
    yield bot
    bot.may_end.set()
    await bot.listener.stop()


async def test_a_payload_that_bolt_cannot_take_apart_is_acknowledged_all_the_same(sandbox: Sandbox, bot: Bot) -> None:
    for odd in ({"team": 7}, {"authorizations": [None]}, {"response_urls": None}, {"user": 7}):
        assert (await sandbox.slack.delivery.request("interactive", {"type": "block_actions"} | odd)).ok, odd
    assert "my accounts" in await sandbox.person("ann").types("/account", in_="abm-weekly")


async def test_a_refused_app_token_is_said_in_one_sentence(sandbox: Sandbox) -> None:
    client = AsyncWebClient(base_url=sandbox.api_url, retry_handlers=[])
    app = AsyncApp(client=client, authorize=authorize)
    with pytest.raises(StartFailed, match="Slack refused SLACK_APP_TOKEN"):
        await SocketListener(app, app_token="xapp-wrong", client=client).start()


async def test_an_app_token_that_is_refused_later_is_said_with_what_to_do_until_it_is_taken(sandbox, bot, caplog):
    sandbox.faults.refuse("apps.connections.open", "invalid_auth", times=2)
    [old] = sandbox.slack.delivery.sockets.open_connections
    old.cut()
    assert await sandbox.changed.until(lambda: not sandbox.faults.are_waiting("apps.connections.open"))
    said = await bot.listener.trouble()
    assert said.startswith("Socket Mode is not connected. Slack refused SLACK_APP_TOKEN (invalid_auth): copy the app-")
    assert said.endswith("and switch Socket Mode on.")
    to_do = [getattr(each, "to_do", "") for each in caplog.records if each.getMessage() == "connection_refused"]
    assert to_do[0] == said.removeprefix("Socket Mode is not connected. ")
    await until_heard(sandbox, besides=old)
    assert "my accounts" in await sandbox.person("ann").types("/account", in_="abm-weekly")
    assert await bot.listener.trouble() == ""


async def test_a_start_where_something_else_answers_does_not_blame_the_token(sandbox: Sandbox) -> None:
    async with odd_slack({"apps.connections.open": plain("<html></html>", kind="text/html")}) as url:
        client = AsyncWebClient(base_url=url, retry_handlers=[])
        app = AsyncApp(client=client, authorize=authorize)
        with pytest.raises(StartFailed, match="is not Slack's Web API: check SLACK_API_URL"):
            await SocketListener(app, app_token="xapp-1", client=client).start()


@pytest.fixture
def short_pings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.socket_mode.PING_SECONDS", 1.0)


@pytest.mark.usefixtures("short_pings")
async def test_a_silently_dead_connection_is_replaced_by_a_fresh_one_even_when_slack_refuses_at_first(sandbox, bot):
    opened = len(sandbox.calls("apps.connections.open"))
    sandbox.faults.refuse("apps.connections.open", "internal_error")
    [dead] = sandbox.slack.delivery.sockets.open_connections
    dead.silence()
    assert await sandbox.changed.until(lambda: len(sandbox.calls("apps.connections.open")) >= opened + 2)
    await until_heard(sandbox, besides=dead)
    assert "my accounts" in await sandbox.person("ann").types("/account", in_="abm-weekly")


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_when_slack_asks_for_another_connection_there_is_a_fresh_one_and_no_request_is_lost(sandbox, bot, reason):
    sockets = sandbox.slack.delivery.sockets
    [old] = sockets.open_connections
    bot.may_end.clear()
    typed = asyncio.create_task(sandbox.person("ann").types("/account", in_="abm-weekly"))
    await asyncio.wait_for(bot.began.wait(), PATIENCE_SECONDS)
    if reason == "link_disabled":
        sandbox.faults.refuse("apps.connections.open", "not_allowed_token_type")
    await sockets.refresh(reason)
    await until_heard(sandbox, besides=old)
    bot.may_end.set()
    if reason == "warning":
        # the old connection is used until Slack ends it: what came through it is answered there
        assert "my accounts" in await asyncio.wait_for(typed, PATIENCE_SECONDS)
    await asyncio.wait({typed})
    for _ in range(3):
        assert "my accounts" in await sandbox.person("ann").types("/account", in_="abm-weekly")


async def until_heard(sandbox: Sandbox, *, besides: Connection) -> None:
    """Returns once there is another connection than this one; a dead one is taken out, as Slack would after a while."""
    sockets = sandbox.slack.delivery.sockets

    def is_there() -> bool:
        return any(each is not besides for each in sockets.open_connections)

    assert await sandbox.changed.until(is_there)
    if besides.is_silent:
        sockets._forget(besides)


async def test_stopping_answers_the_request_under_way(sandbox: Sandbox, bot: Bot) -> None:
    bot.may_end.clear()
    typed = asyncio.create_task(sandbox.person("ann").types("/account", in_="abm-weekly"))
    await asyncio.wait_for(bot.began.wait(), PATIENCE_SECONDS)
    stopping = asyncio.create_task(bot.listener.stop())
    bot.may_end.set()
    assert "my accounts" in await asyncio.wait_for(typed, PATIENCE_SECONDS)
    await asyncio.wait_for(stopping, PATIENCE_SECONDS)
    assert not await bot.listener.is_connected()


async def test_stopping_also_waits_for_the_request_that_came_as_the_one_before_it_ended(bot: Bot) -> None:
    handler, may_end, ended = bot.listener._handler, asyncio.Event(), []
    begun: list[asyncio.Task[None]] = []

    class App:
        async def async_dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
            await may_end.wait()
            if request.body["command"] == "first":
                may_end.clear()
                begun.append(asyncio.create_task(handler.handle(handler.client, envelope("second"))))
            ended.append(request.body["command"])
            return BoltResponse(status=200)

    handler.app = App()
    begun.append(asyncio.create_task(handler.handle(handler.client, envelope("first"))))
    await asyncio.sleep(0)
    finishing = asyncio.create_task(handler.finish(5))
    await asyncio.sleep(0)
    may_end.set()
    await begun[0]
    await asyncio.sleep(0.05)
    assert not finishing.done()
    may_end.set()
    await finishing
    assert ended == ["first", "second"]


def envelope(command: str) -> SocketModeRequest:
    return SocketModeRequest("slash_commands", command, {"command": command})
