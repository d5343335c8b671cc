"""A body that cannot be read, is too long or never ends is refused without a trace."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.intake import BODY_BYTES, PATH
from tests.bot.intake.http.served import COMMAND, FORM, JSON, MARK, Served, written_before_read
from tests.cases import cases

pytestmark = pytest.mark.asyncio(loop_scope="module")


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


@pytest.mark.parametrize("begun", [b"", b"command=%2Facc"])
async def test_a_body_that_never_ends_is_given_up(served: Served, begun: bytes) -> None:
    head = f"POST {PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n"
    assert (await served.sends(head.encode() + begun)).startswith(b"HTTP/1.1 408")
    assert await served.posts(COMMAND) == (200, "my accounts")


async def test_a_body_that_breaks_off_leaves_no_trace(served: Served) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{MARK}".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert await served.posts(COMMAND) == (200, "my accounts")
