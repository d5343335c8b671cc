"""Requests that are not as Slack sends them: signatures and bodies."""

import asyncio
import hashlib
import hmac
import io
import json
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

import aiohttp
import pytest
import pytest_asyncio
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.intake import BODY_BYTES, PATH, HttpServer, slack_events, web_app
from bot.logs import set_up_logs
from handlers.edge.incoming import OnlyReadable
from sandbox.workspace import PATIENCE_SECONDS
from tests.cases import cases

SECRET = "shared-secret"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MARK = "Initech-will-sign"
COMMAND = urlencode({"command": "/account", "team_id": "T1", "user_id": "U2", "text": MARK, "token": "tok-1"}).encode()


@dataclass
class Served:
    """A Bolt app with one command behind the server, and what came through to it."""

    port: int
    http: aiohttp.ClientSession
    logs: io.StringIO
    taken: list[str] = field(default_factory=list)

    async def posts(self, body: bytes, headers: dict[str, str] | None = None, *, kind: str = FORM) -> tuple[int, str]:
        given = signed(body) if headers is None else headers
        async with self.http.post(PATH, data=body, headers={"content-type": kind} | given) as answer:
            return answer.status, await answer.text()

    async def sends(self, raw: bytes) -> bytes:
        """Return everything received on a new connection until the server closes it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(raw)
            await writer.drain()
            return await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
        finally:
            writer.close()


def signature(body: bytes, stamp: str, secret: str = SECRET) -> str:
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return f"v0={digest}"


def signed(body: bytes, *, age_seconds: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) - age_seconds)
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": signature(body, stamp)}


def written_before_read(port: int, path: str, *, length: int = 5_000_000) -> bytes:
    """Return the answer to a sender that writes the whole of a long body before it reads anything."""
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as sender:
        sender.sendall(head.encode() + b"x" * length)
        return b"".join(iter(lambda: sender.recv(65_536), b""))


BODY_WITHIN_SECONDS = 3.0
"""As long as Slack waits: a busy machine needs some of it, and what is given up waits for all of it."""


async def authorize(team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-1", bot_user_id="U1")


async def ready() -> str:
    return ""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served() -> AsyncIterator[Served]:
    app = AsyncApp(
        signing_secret=SECRET,
        authorize=authorize,
        before_authorize=OnlyReadable(),
        process_before_response=True,
        request_verification_enabled=False,
    )
    server = HttpServer(
        web_app(ready, [slack_events(app, SECRET, body_within_seconds=BODY_WITHIN_SECONDS)]), host="127.0.0.1", port=0
    )
    port = await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        served = Served(port, http, io.StringIO())

        async def account(ack: AsyncAck, body: dict[str, Any]) -> None:
            served.taken.append(body["text"])
            await ack("my accounts")

        app.command("/account")(account)
        yield served
    await server.stop()


@pytest.fixture(autouse=True)
def nothing_in_the_logs(served: Served) -> Any:
    served.logs = io.StringIO()
    set_up_logs(level="DEBUG", style="text", stream=served.logs)
    served.taken.clear()
    yield
    for told in (MARK, "tok-1", "Traceback", "ERROR", quote_plus(MARK)):
        assert told not in served.logs.getvalue()


# Signatures: signed requests to Slack's path get through, wrong ones and other paths do not.

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_signed_command_is_answered_in_the_same_response(served: Served) -> None:
    assert await served.posts(COMMAND) == (200, "my accounts")
    assert served.taken == [MARK]


@cases(
    "wrong",
    ["", "v0=", "v0=" + "0" * 64, "0" * 64, "v1=" + "0" * 64, "v0=ü" + "0" * 63, "v0=" + "0" * 30_000, "v0=None"],
)
async def test_a_wrong_signature_is_refused(served: Served, wrong: str) -> None:
    assert (await served.posts(COMMAND, signed(COMMAND) | {"x-slack-signature": wrong}))[0] == 401
    assert served.taken == []


async def test_the_signature_of_another_body_time_or_secret_is_refused(served: Served) -> None:
    stamp = str(int(time.time()))
    for sign in (
        signature(COMMAND + b"&x=1", stamp),
        signature(COMMAND, str(int(stamp) - 1)),
        signature(COMMAND, stamp, "other-secret"),
        signature(COMMAND, stamp).upper(),
        signature(COMMAND, stamp)[:-1],
    ):
        headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": sign}
        assert (await served.posts(COMMAND, headers))[0] == 401
    assert served.taken == []


@cases("stamp", ["soon", "1e9", "", "-1", "+1", "1_7", " ", "¹²³", "٣", "9" * 12, "9" * 5_000, "NaN"])
async def test_a_timestamp_that_is_no_time_is_refused(served: Served, stamp: str) -> None:
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature(COMMAND, stamp)}
    assert (await served.posts(COMMAND, headers))[0] == 401
    assert served.taken == []


@pytest.mark.parametrize(("age_seconds", "status"), [(-400, 401), (-290, 200), (290, 200), (310, 401), (86_400, 401)])
async def test_a_request_counts_for_five_minutes(served: Served, age_seconds: int, status: int) -> None:
    assert (await served.posts(COMMAND, signed(COMMAND, age_seconds=age_seconds)))[0] == status


@pytest.mark.parametrize("missing", ["x-slack-request-timestamp", "x-slack-signature"])
async def test_a_missing_header_is_refused(served: Served, missing: str) -> None:
    headers = signed(COMMAND)
    del headers[missing]
    assert (await served.posts(COMMAND, headers))[0] == 401
    assert (await served.posts(COMMAND, {}))[0] == 401
    assert served.taken == []


@pytest.mark.parametrize("doubled", ["x-slack-request-timestamp", "x-slack-signature"])
@pytest.mark.parametrize("place", [0, 1])
async def test_a_header_given_twice_is_refused(served: Served, doubled: str, place: int) -> None:
    pairs = list(signed(COMMAND).items())
    pairs.insert(place * len(pairs), (doubled, "1795532400"))
    lines = [f"{name}: {value}" for name, value in pairs]
    head = [f"POST {PATH} HTTP/1.1", "host: x", f"content-type: {FORM}", f"content-length: {len(COMMAND)}", *lines]
    assert (await served.sends("\r\n".join([*head, "", ""]).encode() + COMMAND)).startswith(b"HTTP/1.1 401")
    assert served.taken == []


@cases("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_other_methods_are_refused(served: Served, method: str) -> None:
    async with served.http.request(method, PATH, data=COMMAND, headers=signed(COMMAND)) as answer:
        assert answer.status == 405
    assert served.taken == []


@cases("path", ["/", "/slack", "/slack/events/x", "/slack/%65vent", "/%2e%2e/etc/passwd", "/slack//events"])
async def test_other_addresses_are_not_found(served: Served, path: str) -> None:
    async with served.http.post(path, data=COMMAND, headers=signed(COMMAND)) as answer:
        assert answer.status == 404
    assert served.taken == []


@pytest.mark.parametrize("headers", [{}, signed(b"ssl_check=1&token=tok-1")])
async def test_slacks_look_at_the_certificate_is_answered_signed_or_not(served: Served, headers: dict[str, str]):
    assert await served.posts(b"ssl_check=1&token=tok-1", headers) == (200, "")


@cases("body", [b"ssl_check=0", b"a=ssl_check=1", b"ssl_check=1&x=" + b"x" * 2_000, COMMAND])
async def test_nothing_else_passes_for_such_a_look(served: Served, body: bytes) -> None:
    assert (await served.posts(body, {}))[0] == 401


async def test_the_address_is_confirmed_with_the_challenge_when_it_is_signed(served: Served) -> None:
    body = json.dumps({"type": "url_verification", "token": "tok-1", "challenge": "3eZbrw1a"}).encode()
    status, text = await served.posts(body, kind=JSON)
    assert (status, json.loads(text)) == (200, {"challenge": "3eZbrw1a"})
    assert (await served.posts(body, {}, kind=JSON))[0] == 401


@pytest.mark.parametrize("odd", [None, 7, "x", [], {}])
async def test_what_stands_there_as_an_event_confirms_the_address_and_takes_a_command_all_the_same(served: Served, odd):
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a", "event": odd}).encode()
    assert json.loads((await served.posts(body, kind=JSON))[1]) == {"challenge": "3eZbrw1a"}
    command = {"command": "/account", "team_id": "T1", "user_id": "U2", "text": MARK, "event": odd}
    assert await served.posts(json.dumps(command).encode(), kind=JSON) == (200, "my accounts")


# A body that cannot be read, is too long or never ends is refused without a trace.

DEEP = b"[" * 100_000
UNREADABLE = {
    "broken JSON": (b"{not json" + MARK.encode(), JSON),
    "a list": (b"[1, 2]", JSON),
    "a string": (b'"text"', JSON),
    "a number": (b"7", JSON),
    "null": (b"null", JSON),
    "no UTF-8": (b"\xff\xfe\x00", JSON),
    "half a character": (COMMAND + b"\xc3", FORM),
    "a form said to be JSON": (COMMAND, JSON),
    "nested too deeply": (b'{"a":' + DEEP, JSON),
    "nested too deeply, closed": (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", JSON),
    "events within events": (b'{"event":' * 5_000 + b"{}" + b"}" * 5_000, JSON),
    "a huge number": (b'{"event_time":' + b"9" * 10_000 + b"}", JSON),
    "a payload that is no JSON": (b"payload=%7Bnot", FORM),
    "a payload that is a number": (b"payload=7", FORM),
    "a payload that is a list": (b"payload=%5B%5D", FORM),
    "an empty payload": (b"payload=", FORM),
    "two payloads of which the last is broken": (b"payload=%7B%7D&payload=%7B", FORM),
    "parts nulled": (b'{"type":"event_callback","authorizations":[null]}', JSON),
    "a team that is a number": (b'{"type":"block_actions","team":7}', JSON),
}


@cases("name", UNREADABLE)
async def test_a_signed_body_that_cannot_be_read_is_a_bad_request(served: Served, name: str) -> None:
    body, kind = UNREADABLE[name]
    assert await served.posts(body, kind=kind) == (400, "the body cannot be read")
    assert served.taken == []


@cases("name", [name for name in UNREADABLE if name not in ("no UTF-8", "half a character")])
async def test_an_unsigned_body_is_refused_before_it_is_read(served: Served, name: str) -> None:
    body, kind = UNREADABLE[name]
    assert await served.posts(body, {}, kind=kind) == (401, "invalid request")


async def test_an_empty_body_is_refused_unsigned(served: Served) -> None:
    assert (await served.posts(b"", {}))[0] == 401


async def test_of_two_payloads_and_of_two_keys_the_last_counts_and_no_other(served: Served) -> None:
    twice = b"command=%2Fother&command=%2Faccount&text=last&team_id=T1&user_id=U2"
    assert (await served.posts(twice))[0] == 200
    assert served.taken == ["last"]


async def test_a_body_that_is_too_long_is_refused_before_it_is_sent(served: Served) -> None:
    head = f"POST {PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: {BODY_BYTES + 1}\r\n\r\n"
    answer = await served.sends(head.encode())
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in answer.lower()


async def test_a_sender_that_writes_all_before_it_reads_is_told_that_it_is_too_long(served: Served) -> None:
    for _ in range(5):
        answer = await asyncio.to_thread(written_before_read, served.port, PATH)
        assert answer.startswith(b"HTTP/1.1 413")
        assert answer.endswith(b"the body is longer than 2097152 bytes")
    assert await served.posts(COMMAND) == (200, "my accounts")


async def test_a_body_of_unknown_length_is_read_up_to_the_limit(served: Served) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(BODY_BYTES // 65_536 + 2):
            yield b"x" * 65_536

    async with served.http.post(PATH, data=chunks(), headers={"content-type": FORM}) as answer:
        assert answer.status == 413


async def test_a_body_up_to_the_limit_is_taken(served: Served) -> None:
    body = COMMAND + b"&filler="
    body += b"x" * (BODY_BYTES - len(body))
    assert await served.posts(body) == (200, "my accounts")


async def test_a_body_that_never_ends_is_given_up(served: Served) -> None:
    head = f"POST {PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n".encode()
    answers = await asyncio.gather(served.sends(head), served.sends(head + b"command=%2Facc"))
    assert all(each.startswith(b"HTTP/1.1 408") for each in answers)
    assert await served.posts(COMMAND) == (200, "my accounts")


async def test_a_body_that_breaks_off_leaves_no_trace(served: Served) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{MARK}".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert await served.posts(COMMAND) == (200, "my accounts")
