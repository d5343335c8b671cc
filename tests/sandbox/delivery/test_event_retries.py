"""Retries of events and their reasons."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from sandbox.delivery import RETRY_WAITS, SignedHttp
from sandbox.server import Sandbox
from tests.sandbox.http_app import Listener

EVENT = {"type": "event_callback", "event": {"type": "message"}}


def test_slack_waits_a_minute_and_five_before_the_last_two_repeats() -> None:
    assert RETRY_WAITS == (0.0, 60.0, 300.0)


async def hears(sandbox: Sandbox, text: str = "hello") -> None:
    await sandbox.person("ann").says(text, in_="#abm")
    await sandbox.settled()


async def test_a_refused_event_is_repeated_three_times_with_its_id(sandbox: Sandbox, listener: Listener) -> None:
    listener.statuses = [500, 500, 500, 500]
    await hears(sandbox)
    numbers = [headers.get("x-slack-retry-num") for headers, _ in listener.heard]
    assert numbers == [None, "1", "2", "3"]
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


@asynccontextmanager
async def replying_server(reply: bytes) -> AsyncIterator[str]:
    """A server that sends this reply to every connection; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(reply)

        done = asyncio.get_running_loop().run_in_executor(None, answer)
        yield f"127.0.0.1:{server.getsockname()[1]}"
        await done


@pytest.mark.parametrize(
    ("scheme", "reply", "reason"),
    [
        pytest.param("https", b"HTTP/1.1 200 OK\r\n\r\n", "ssl_error", id="no encryption where some was promised"),
        pytest.param("http", b"", "connection_failed", id="hung up"),
        pytest.param("http", b"SSH-2.0-sample\r\n\r\n", "unknown_error", id="no HTTP at all"),
    ],
)
async def test_a_failed_delivery_has_slacks_reason(scheme: str, reply: bytes, reason: str) -> None:
    async with replying_server(reply) as address:
        transport = SignedHttp(f"{scheme}://{address}/", "a secret")
        answer = await transport.send("events_api", EVENT, seconds=3.0)
        await transport.close()
    assert (answer.status, answer.reason) == ("unreachable", reason)


async def test_an_event_older_than_two_hours_is_dropped(sandbox: Sandbox, listener: Listener) -> None:
    later = sandbox.workspace.now() + timedelta(hours=2, seconds=5)
    sandbox.slack.delivery.now = lambda: later
    await hears(sandbox)
    assert listener.heard == []
