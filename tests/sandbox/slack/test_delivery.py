"""Bringing things to the app: deadlines, retries, signatures, several websockets, and which events it hears."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from sandbox.server import Sandbox


class Listener:
    """An HTTP app that keeps what it hears and answers with ``statuses`` in turn, then 200."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        self.hold: asyncio.Event | None = None

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if b"url_verification" in body:
            return web.Response(text=(await request.json())["challenge"])
        self.heard.append(({name.lower(): value for name, value in request.headers.items()}, body))
        if self.hold is not None:
            await self.hold.wait()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers=self.headers)


@pytest.fixture
async def listener(sandbox: Sandbox) -> AsyncIterator[Listener]:
    heard = Listener()
    server = web.Application()
    server.router.add_post("/slack/events", heard.take)
    runner = web.AppRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    sandbox.world.courier.retry_waits = (0.0, 0.0, 0.0)
    await sandbox.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield heard
    if heard.hold is not None:
        heard.hold.set()
    await runner.cleanup()


async def test_every_request_is_signed(sandbox: Sandbox, listener: Listener) -> None:
    await sandbox.person("ann").types("/account acme", in_="#abm")
    await sandbox.person("ann").says("hello", in_="#abm")
    await sandbox.settled()
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert len(listener.heard) == 2
    assert all(verifier.is_valid_request(body, headers) for headers, body in listener.heard)


async def test_an_event_that_is_not_taken_comes_three_more_times_with_its_id(
    sandbox: Sandbox, listener: Listener
) -> None:
    listener.statuses = [500, 500, 500, 500]
    await sandbox.person("ann").says("hello", in_="#abm")
    await sandbox.settled()
    numbers = [headers.get("x-slack-retry-num") for headers, _ in listener.heard]
    assert numbers == [None, "1", "2", "3"]
    assert listener.heard[1][0]["x-slack-retry-reason"] == "http_error"
    assert len({body for _, body in listener.heard}) == 1


async def test_an_app_can_refuse_the_retry(sandbox: Sandbox, listener: Listener) -> None:
    listener.statuses, listener.headers = [500], {"x-slack-no-retry": "1"}
    await sandbox.person("ann").says("hello", in_="#abm")
    await sandbox.settled()
    assert len(listener.heard) == 1


async def test_a_late_event_comes_again_as_a_timeout(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.world.courier.ack_seconds = 0.05
    listener.hold = asyncio.Event()
    await sandbox.person("ann").says("hello", in_="#abm")
    await sandbox.settled()
    assert [headers.get("x-slack-retry-reason") for headers, _ in listener.heard] == [None] + ["http_timeout"] * 3


async def test_a_command_that_is_late_shows_a_timeout_and_is_not_repeated(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.world.courier.ack_seconds = 0.05
    listener.hold = asyncio.Event()
    seen = await sandbox.person("ann").types("/account acme", in_="#abm")
    assert seen == '/account failed with the error "operation_timeout"'
    assert len(listener.heard) == 1


async def test_a_command_that_fails_shows_it(sandbox: Sandbox, listener: Listener) -> None:
    listener.statuses = [500]
    seen = await sandbox.person("ann").types("/account acme", in_="#abm")
    assert seen == '/account failed with the error "dispatch_failed"'


async def test_without_an_app_a_command_fails(sandbox: Sandbox) -> None:
    seen = await sandbox.person("ann").types("/account acme", in_="#abm")
    assert seen == "/account failed because the app did not respond"


async def test_an_address_that_does_not_answer_the_challenge_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="url_verification"):
        await sandbox.use_http(f"{sandbox.world.origin}/response/nothing")


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
    sandbox.world.courier.ack_seconds = 0.1
    attempts: list[str] = []

    @app.middleware
    async def fail_once(req: Any, next: Any) -> None:  # noqa: A002 - Bolt's own name
        attempts.append(req.headers.get("x-slack-retry-num", ["0"])[0])
        if len(attempts) == 1:
            raise RuntimeError("the database is away")
        await next()

    @app.event("message")
    async def message() -> None:
        return None

    await sandbox.person("ann").says("hello", in_="#abm")
    await sandbox.settled()
    assert attempts == ["0", "1"]


async def test_a_refresh_makes_the_app_connect_again(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as http:
        opened = await sandbox.client.apps_connections_open(app_token=sandbox.app_token)
        async with http.ws_connect(opened["url"]) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            await sandbox.world.courier.sockets.refresh()
            assert (await socket.receive_json())["reason"] == "refresh_requested"
            assert (await socket.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


def kinds(sandbox: Sandbox) -> list[str]:
    events = [entry.payload["event"] for entry in sandbox.world.courier.log if entry.kind == "events_api"]
    return [f"{event['type']}.{event['subtype']}" if "subtype" in event else event["type"] for event in events]


async def test_a_mention_arrives_as_message_and_as_app_mention_in_two_events(
    sandbox: Sandbox, listener: Listener
) -> None:
    await sandbox.person("ann").says("@cadence how is acme?", in_="#abm")
    await sandbox.settled()
    assert sorted(kinds(sandbox)) == ["app_mention", "message"]
    events = [entry.payload for entry in sandbox.world.courier.log]
    assert len({event["event_id"] for event in events}) == 2
    assert len({event["event"]["ts"] for event in events}) == 1
    assert events[0]["event"]["text"] == f"<@{sandbox.workspace.bot.id}> how is acme?"


async def test_the_bot_hears_nothing_of_channels_that_it_is_not_in(sandbox: Sandbox, listener: Listener) -> None:
    ann = sandbox.workspace.users[sandbox.person("ann").id]
    sandbox.add_channel("elsewhere", members=[ann], with_bot=False)
    await sandbox.person("ann").says("@cadence hello", in_="#elsewhere")
    await sandbox.settled()
    assert kinds(sandbox) == []


async def test_the_bot_hears_its_own_messages_edits_and_deletions(sandbox: Sandbox, listener: Listener) -> None:
    room = sandbox.channel("abm").state
    posted = await sandbox.client.chat_postMessage(channel=room.id, text="x")
    await sandbox.client.chat_update(channel=room.id, ts=posted["ts"], text="y")
    await sandbox.client.chat_delete(channel=room.id, ts=posted["ts"])
    await sandbox.settled()
    assert kinds(sandbox) == ["message", "message.message_changed", "message.message_deleted"]
    assert sandbox.world.courier.log[0].payload["event"]["bot_id"] == sandbox.workspace.bot_id


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


async def test_events_outside_the_manifest_are_not_sent(sandbox: Sandbox, listener: Listener) -> None:
    room, ben = sandbox.channel("abm").state, sandbox.workspace.users[sandbox.person("ben").id]
    sandbox.remove(room, ben)
    await sandbox.settled()
    assert kinds(sandbox) == []
