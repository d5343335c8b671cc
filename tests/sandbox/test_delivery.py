import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from sandbox.delivery import RETRY_WAITS
from sandbox.server import Sandbox
from tests.sandbox.http_app import Listener


# Delivery to the app: deadlines, signatures, and the events it gets.
async def test_every_request_is_signed(sandbox: Sandbox, listener: Listener) -> None:
    await sandbox.person("ann").types("/account acme", in_="#abm")
    await sandbox.person("ann").says("hello", in_="#abm")
    await sandbox.settled()
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert len(listener.heard) == 2
    assert all(verifier.is_valid_request(body, headers) for headers, body in listener.heard)


async def test_a_command_that_is_late_shows_a_timeout_and_is_not_repeated(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.slack.delivery.ack_seconds = 0.05
    listener.hold = asyncio.Event()
    seen = await sandbox.person("ann").types("/account acme", in_="#abm")
    assert seen == '/account failed with the error "operation_timeout"'
    assert len(listener.heard) == 1


async def test_an_address_that_does_not_answer_the_challenge_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="url_verification"):
        await sandbox.use_http(f"{sandbox.slack.origin}/response/nothing")


def kinds(sandbox: Sandbox) -> list[str]:
    events = [entry.payload["event"] for entry in sandbox.slack.delivery.log if entry.kind == "events_api"]
    return [f"{event['type']}.{event['subtype']}" if "subtype" in event else event["type"] for event in events]


async def test_a_mention_arrives_as_message_and_as_app_mention_in_two_events(sandbox: Sandbox, listener: Listener):
    await sandbox.person("ann").says("@cadence how is acme?", in_="#abm")
    await sandbox.settled()
    assert sorted(kinds(sandbox)) == ["app_mention", "message"]
    events = [entry.payload for entry in sandbox.slack.delivery.log]
    assert len({event["event_id"] for event in events}) == 2
    assert len({event["event"]["ts"] for event in events}) == 1
    assert events[0]["event"]["text"] == f"<@{sandbox.workspace.bot.id}> how is acme?"


async def test_the_bot_hears_its_own_messages_edits_and_deletions(sandbox: Sandbox, listener: Listener) -> None:
    room = sandbox.channel("abm").state
    posted = await sandbox.client.chat_postMessage(channel=room.id, text="x")
    await sandbox.client.chat_update(channel=room.id, ts=posted["ts"], text="y")
    await sandbox.client.chat_delete(channel=room.id, ts=posted["ts"])
    await sandbox.settled()
    assert kinds(sandbox) == ["message", "message.message_changed", "message.message_deleted"]
    assert sandbox.slack.delivery.log[0].payload["event"]["bot_id"] == sandbox.workspace.bot_id


async def test_changes_of_the_workspace_are_events(sandbox: Sandbox, listener: Listener) -> None:
    room, ann = sandbox.channel("abm").state, sandbox.workspace.users[sandbox.person("ann").id]
    zoe = sandbox.add_user("zoe", announced=True)
    sandbox.invite(room, zoe, by=ann)
    sandbox.change_user(zoe, tz="Asia/Kolkata")
    sandbox.rename(room, "abm-weekly", by=ann)
    sandbox.archive(room, by=ann)
    sandbox.archive(room, by=ann, archived=False)
    await sandbox.settled()
    assert sorted(kinds(sandbox)) == [
        "channel_archive",
        "channel_rename",
        "channel_unarchive",
        "member_joined_channel",
        "message.channel_join",
        "team_join",
        "user_change",
    ]


# Retries of events and their reasons.

EVENT = {"type": "event_callback", "event": {"type": "message"}}


def test_slack_waits_a_minute_and_five_before_the_last_two_repeats() -> None:
    assert RETRY_WAITS == (0.0, 60.0, 300.0)


async def hears(sandbox: Sandbox, text: str = "hello") -> None:
    await sandbox.person("ann").says(text, in_="#abm")
    await sandbox.settled()


async def test_a_refused_event_is_repeated_three_times_with_its_id(sandbox: Sandbox, listener: Listener) -> None:
    listener.statuses = [500, 500, 500, 500]
    await hears(sandbox)
    assert [headers.get("x-slack-retry-num") for headers, _ in listener.heard] == [None, "1", "2", "3"]
    assert listener.reasons == [None] + ["http_error"] * 3
    assert len({body for _, body in listener.heard}) == 1


async def test_a_late_event_comes_again_as_a_timeout(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.slack.delivery.ack_seconds = 0.05
    listener.hold = asyncio.Event()
    await hears(sandbox)
    assert listener.reasons == [None] + ["http_timeout"] * 3


async def test_an_unreachable_app_is_a_failed_connection(sandbox: Sandbox) -> None:
    await hears(sandbox)
    assert [(each.attempt, each.answer.status) for each in sandbox.slack.delivery.log] == [
        (number, "unreachable") for number in range(4)
    ]


async def test_an_event_older_than_two_hours_is_dropped(sandbox: Sandbox, listener: Listener) -> None:
    later = sandbox.workspace.now() + timedelta(hours=2, seconds=5)
    sandbox.slack.delivery.now = lambda: later
    await hears(sandbox)
    assert listener.heard == []


# Socket Mode: several websockets, each envelope to one of them, and lost websockets.

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


async def test_ten_websockets_may_be_open_and_the_eleventh_is_sent_away(sandbox: Sandbox, http: aiohttp.ClientSession):
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


async def test_an_event_goes_to_another_websocket_when_the_first_is_cut_before_it_answers(sandbox, http):
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


async def test_a_silent_websocket_loses_the_event_and_another_one_gets_it(sandbox, http):
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


async def test_a_command_is_not_repeated_and_its_failure_is_shown(sandbox: Sandbox, http: aiohttp.ClientSession):
    sandbox.slack.delivery.ack_seconds = 0.05
    async with sockets(sandbox, http, 2):
        for connection in sandbox.slack.delivery.sockets.open_connections:
            connection.silence()
        seen = await sandbox.person("ann").types("/account acme", in_="#abm")
        assert seen == '/account failed with the error "operation_timeout"'
        assert [each.answer.status for each in sandbox.slack.delivery.log] == ["late"]
        for connection in sandbox.slack.delivery.sockets.open_connections:
            connection.cut()


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_refresh_says_why_and_closes(sandbox: Sandbox, http: aiohttp.ClientSession, reason: Any) -> None:
    async with sockets(sandbox, http, 1) as (socket,):
        await sandbox.slack.delivery.sockets.refresh(reason)
        assert (await socket.receive_json())["reason"] == reason
        assert await is_closed(socket)
        assert sandbox.slack.delivery.sockets.connections == 0
