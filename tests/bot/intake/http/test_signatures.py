"""Signatures: signed requests to Slack's path get through, wrong ones and other paths do not."""

import json
import time

import pytest

from bot.intake import PATH
from tests.bot.intake.http.served import COMMAND, FORM, JSON, MARK, Served, signature, signed
from tests.cases import cases

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_signed_command_is_answered_in_the_same_response(served: Served) -> None:
    assert await served.posts(COMMAND) == (200, "my accounts")
    assert served.taken == [MARK]


@cases(
    "wrong",
    [
        "",
        "v0=",
        "v0=" + "0" * 64,
        "0" * 64,
        "v1=" + "0" * 64,
        "v0=ü" + "0" * 63,
        "v0=" + "0" * 30_000,
        "v0=None",
    ],
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
async def test_slacks_look_at_the_certificate_is_answered_signed_or_not(
    served: Served, headers: dict[str, str]
) -> None:
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
async def test_what_stands_there_as_an_event_confirms_the_address_and_takes_a_command_all_the_same(
    served: Served, odd: object
) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a", "event": odd}).encode()
    assert json.loads((await served.posts(body, kind=JSON))[1]) == {"challenge": "3eZbrw1a"}
    command = {"command": "/account", "team_id": "T1", "user_id": "U2", "text": MARK, "event": odd}
    assert await served.posts(json.dumps(command).encode(), kind=JSON) == (200, "my accounts")
