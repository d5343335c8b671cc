"""Socket Mode: several websockets, each envelope to one of them, and lost websockets."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from sandbox.server import Sandbox

Socket = aiohttp.ClientWebSocketResponse


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def address(sandbox: Sandbox) -> str:
    opened = await sandbox.client.apps_connections_open(app_token=sandbox.app_token)
    return str(opened["url"])


@asynccontextmanager
async def sockets(sandbox: Sandbox, http: aiohttp.ClientSession, count: int) -> AsyncIterator[list[Socket]]:
    """Open this many websockets and receive their hello."""
    async with AsyncExitStack() as stack:
        opened = []
        for number in range(1, count + 1):
            opened.append(await stack.enter_async_context(http.ws_connect(await address(sandbox))))
            assert (await opened[-1].receive_json())["num_connections"] == number
        yield opened


async def is_closed(socket: Socket) -> bool:
    return (await socket.receive()).type in (
        aiohttp.WSMsgType.CLOSE,
        aiohttp.WSMsgType.CLOSED,
        aiohttp.WSMsgType.CLOSING,
        aiohttp.WSMsgType.ERROR,
    )


async def acknowledge(socket: Socket) -> dict[str, Any]:
    envelope: dict[str, Any] = await socket.receive_json()
    await socket.send_json({"envelope_id": envelope["envelope_id"]})
    return envelope


async def test_envelopes_are_spread_over_websockets_each_to_one(sandbox: Sandbox, app: AsyncApp) -> None:
    heard: list[str] = []

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    handler = AsyncSocketModeHandler(app, sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.connected(connections=2)
    for number in range(6):
        await sandbox.person("ann").says(str(number), in_="#abm")
    await sandbox.settled()
    assert sorted(heard) == [str(number) for number in range(6)]
    await handler.close_async()  # type: ignore[no-untyped-call]


async def test_an_event_not_acknowledged_on_a_websocket_comes_again(sandbox: Sandbox, app: AsyncApp) -> None:
    sandbox.slack.delivery.ack_seconds = 0.1
    attempts: list[tuple[str, str]] = []

    @app.middleware
    async def fail_once(req: Any, next: Any) -> None:  # noqa: A002 - Bolt's own name
        number, reason = (req.headers.get(f"x-slack-retry-{name}", ["-"])[0] for name in ("num", "reason"))
        attempts.append((number, reason))
        if len(attempts) == 1:
            raise RuntimeError("the database is away")
        await next()

    @app.event("message")
    async def message() -> None:
        return None

    await sandbox.person("ann").says("hello", in_="#abm")
    await sandbox.settled()
    assert [number for number, _ in attempts][1:] == ["1"]
    assert attempts[1][1] == "timeout"


async def test_ten_websockets_may_be_open_and_the_eleventh_is_sent_away(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    async with sockets(sandbox, http, 10):
        url = await address(sandbox)
        async with http.ws_connect(url) as one_too_many:
            assert (await one_too_many.receive_json())["reason"] == "too_many_websockets"
            assert await is_closed(one_too_many)
        assert sandbox.slack.delivery.sockets.connections == 10


async def test_an_address_is_good_for_one_websocket(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    url = await address(sandbox)
    async with http.ws_connect(url) as first:
        assert (await first.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(url)


async def test_an_event_goes_to_another_websocket_when_the_first_is_cut_before_it_answers(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    async with sockets(sandbox, http, 2) as opened:
        await sandbox.person("ann").says("hello", in_="#abm")
        slow, other = opened[1], opened[0]
        first = await slow.receive_json()
        sandbox.slack.delivery.sockets.open_connections[1].cut()
        again = await acknowledge(other)
        assert await is_closed(slow)
        await sandbox.settled()
    assert (first["retry_attempt"], again["retry_attempt"], again["retry_reason"]) == (0, 1, "timeout")
    assert first["envelope_id"] != again["envelope_id"]
    assert first["payload"]["event_id"] == again["payload"]["event_id"]


async def test_a_silent_websocket_loses_the_event_and_another_one_gets_it(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    sandbox.slack.delivery.ack_seconds = 0.05
    async with sockets(sandbox, http, 2) as opened:
        silent = sandbox.slack.delivery.sockets.open_connections[1]
        silent.silence()
        await sandbox.person("ann").says("hello", in_="#abm")
        assert (await acknowledge(opened[0]))["retry_attempt"] == 1
        await sandbox.settled()
        assert sandbox.slack.delivery.sockets.connections == 2
        await opened[1].ping()
        silent.cut()
        assert await is_closed(opened[1])


async def test_a_command_is_not_repeated_and_its_failure_is_shown(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    sandbox.slack.delivery.ack_seconds = 0.05
    async with sockets(sandbox, http, 2):
        for connection in sandbox.slack.delivery.sockets.open_connections:
            connection.silence()
        seen = await sandbox.person("ann").types("/account acme", in_="#abm")
        assert seen == '/account failed with the error "operation_timeout"'
        assert [each.answer.status for each in sandbox.slack.delivery.log] == ["late"]
        for connection in sandbox.slack.delivery.sockets.open_connections:
            connection.cut()


async def test_an_answer_that_comes_too_late_counts_for_nothing(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    sandbox.slack.delivery.ack_seconds = 0.05
    async with sockets(sandbox, http, 1) as (socket,):
        seen = await sandbox.person("ann").types("/account acme", in_="#abm")
        late = await acknowledge(socket)
        await socket.send_str("not even JSON")
        assert seen == '/account failed with the error "operation_timeout"'
        sandbox.slack.delivery.ack_seconds = 3.0
        await sandbox.person("ann").says("hello", in_="#abm")
        assert (await acknowledge(socket))["envelope_id"] != late["envelope_id"]
        await sandbox.settled()


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_refresh_says_why_and_closes(sandbox: Sandbox, http: aiohttp.ClientSession, reason: Any) -> None:
    async with sockets(sandbox, http, 1) as (socket,):
        await sandbox.slack.delivery.sockets.refresh(reason)
        assert (await socket.receive_json())["reason"] == reason
        assert await is_closed(socket)
        assert sandbox.slack.delivery.sockets.connections == 0


async def test_an_app_that_is_asked_to_reconnect_goes_on(sandbox: Sandbox, app: AsyncApp) -> None:
    @app.command("/account")
    async def account(ack: Any) -> None:
        await ack("my accounts")

    before = sandbox.slack.delivery.sockets.open_connections
    await sandbox.slack.delivery.sockets.refresh()
    await sandbox.connected()
    assert sandbox.slack.delivery.sockets.open_connections != before
    assert "my accounts" in await sandbox.person("ann").types("/account", in_="#abm")


async def test_an_old_websocket_is_warned_before_it_is_closed(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    socket_mode = sandbox.slack.delivery.sockets
    socket_mode.connection_seconds, socket_mode.warning_seconds = 0.02, 0.01
    async with http.ws_connect(await address(sandbox)) as socket:
        said = [await socket.receive_json() for _ in range(3)]
        assert [message.get("reason") for message in said] == [None, "warning", "refresh_requested"]
        assert await is_closed(socket)


async def test_a_websocket_is_told_how_long_it_will_last(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.ws_connect(await address(sandbox)) as socket:
        hello = await socket.receive_json()
        assert hello["debug_info"]["approximate_connection_time"] == 18_060
        assert hello["connection_info"] == {"app_id": sandbox.workspace.app_id}


async def test_a_websocket_found_closed_is_passed_over(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with sockets(sandbox, http, 2) as opened:
        await sandbox.slack.delivery.sockets.open_connections[1].close()
        await sandbox.person("ann").says("hello", in_="#abm")
        assert (await acknowledge(opened[0]))["retry_attempt"] == 0
        await sandbox.settled()


async def test_a_library_that_pings_finds_out_that_its_websocket_is_silent(sandbox: Sandbox) -> None:
    client = SocketModeClient(app_token=sandbox.app_token, web_client=sandbox.client, ping_interval=0.1)
    await client.connect()
    await sandbox.connected()
    sandbox.slack.delivery.sockets.open_connections[0].silence()
    await sandbox.connected(connections=2)
    assert len(sandbox.calls("apps.connections.open")) == 2
    await client.close()
