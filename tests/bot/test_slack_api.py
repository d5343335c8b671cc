import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.client_reqrep import ConnectionKey
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, PlainTextResponse, Response

from agendas.errors import Refused
from agendas.rules.access import NO_ANSWER, delivery_reason
from bot import slack_api
from bot.health import SlackProbe
from bot.slack_api import (
    Degraded,
    Later,
    RefusalScope,
    SlackRefused,
    SlackTime,
    SlackWatch,
    WaitReason,
    of_error,
    of_exception,
    send_file,
)
from handlers.edge.deps import File
from tests.bot.odd_slack import WHO_WE_ARE, odd_slack
from tests.cases import cases

# Outcomes of Slack's answers: one test row for each row of the table of errors.

PLACE = ConnectionKey("slack.com", 443, True, True, None, None, None)


@cases(
    ("code", "outcome"),
    [
        ("not_in_channel", slack_api.JoinFirst("not_in_channel")),
        ("user_not_in_channel", slack_api.ToDirect("user_not_in_channel")),
        ("channel_not_found", SlackRefused("channel_not_found", RefusalScope.CHANNEL)),
        ("is_archived", SlackRefused("is_archived", RefusalScope.CHANNEL)),
        ("is_inactive", SlackRefused("is_inactive", RefusalScope.CHANNEL)),
        ("restricted_action", SlackRefused("restricted_action", RefusalScope.CHANNEL)),
        (
            "restricted_action_read_only_channel",
            SlackRefused("restricted_action_read_only_channel", RefusalScope.CHANNEL),
        ),
        ("restricted_action_thread_locked", SlackRefused("restricted_action_thread_locked", RefusalScope.CHANNEL)),
        ("ekm_access_denied", SlackRefused("ekm_access_denied", RefusalScope.CHANNEL)),
        ("access_denied", SlackRefused("access_denied", RefusalScope.CHANNEL)),
        ("enterprise_is_restricted", SlackRefused("enterprise_is_restricted", RefusalScope.CHANNEL)),
        ("cannot_reply_to_message", SlackRefused("cannot_reply_to_message", RefusalScope.TARGET)),
        ("message_not_found", SlackRefused("message_not_found", RefusalScope.TARGET)),
        ("thread_not_found", SlackRefused("thread_not_found", RefusalScope.TARGET)),
        ("cant_update_message", SlackRefused("cant_update_message", RefusalScope.TARGET)),
        ("account_inactive", SlackRefused("account_inactive", RefusalScope.WORKSPACE)),
        ("token_revoked", SlackRefused("token_revoked", RefusalScope.WORKSPACE)),
        ("invalid_auth", SlackRefused("invalid_auth", RefusalScope.WORKSPACE)),
        ("not_authed", SlackRefused("not_authed", RefusalScope.WORKSPACE)),
        ("team_access_not_granted", SlackRefused("team_access_not_granted", RefusalScope.WORKSPACE)),
        ("token_expired", SlackRefused("token_expired", RefusalScope.WORKSPACE)),
        ("missing_scope", SlackRefused("missing_scope", lacks="unnamed")),
        ("user_is_restricted", SlackRefused("user_is_restricted")),
        ("something_new", SlackRefused("something_new")),
        ("msg_too_long", Degraded("msg_too_long")),
        ("invalid_blocks", Degraded("invalid_blocks")),
        ("invalid_blocks_format", Degraded("invalid_blocks_format")),
        ("msg_blocks_too_long", Degraded("msg_blocks_too_long")),
        ("metadata_too_large", Degraded("metadata_too_large")),
        ("message_limit_exceeded", Later(60, "message_limit_exceeded")),
        ("internal_error", Later(5, "internal_error", may_be_sent=True)),
        ("fatal_error", Later(5, "fatal_error", may_be_sent=True)),
        ("request_timeout", Later(5, "request_timeout", may_be_sent=True, is_outage=True)),
        ("service_unavailable", Later(5, "service_unavailable", may_be_sent=True, is_outage=True)),
        ("duplicate_message_not_found", Later(5, "duplicate_message_not_found", may_be_sent=True)),
    ],
)
def test_each_error_of_the_table_has_its_outcome(code: str, outcome: slack_api.Outcome) -> None:
    assert of_error(code) == outcome


def test_a_permission_that_the_app_lacks_is_named() -> None:
    assert of_error("missing_scope", needed="im:write") == SlackRefused("missing_scope", lacks="im:write")
    assert of_error("is_archived", needed="im:write") == SlackRefused("is_archived", RefusalScope.CHANNEL)


@pytest.mark.parametrize("code", ["ratelimited", "rate_limited"])
def test_a_rate_limit_holds_the_method_for_as_long_as_slack_asks(code: str) -> None:
    assert of_error(code, status=429, headers={"Retry-After": "30"}) == Later(30, code, holds_method=True)


def test_an_answer_that_cannot_be_read_may_have_been_a_success() -> None:
    assert of_error("", status=503) == Later(5, "http_503", may_be_sent=True, is_outage=True)
    assert of_error("", status=200) == Later(5, "http_200", may_be_sent=True)


@cases(
    ("headers", "seconds"),
    [({"Retry-After": "7"}, 7), ({"retry-after": "0"}, 1), ({"Retry-After": "soon"}, 1), ({}, 1)],
)
def test_slack_is_given_at_least_a_second(headers: dict[str, str], seconds: float) -> None:
    assert slack_api.retry_after(headers) == seconds


@cases("error", [aiohttp.ServerDisconnectedError(), aiohttp.ClientOSError(), TimeoutError(), ConnectionResetError()])
def test_a_connection_that_breaks_leaves_it_open_whether_it_was_sent(error: Exception) -> None:
    assert of_exception(error) == Later(5, type(error).__name__, may_be_sent=True, is_outage=True)


def test_a_connection_that_was_never_made_sent_nothing() -> None:
    error = aiohttp.ClientConnectorError(PLACE, OSError())
    assert of_exception(error) == Later(5, "ClientConnectorError", is_outage=True)


def test_other_exceptions_are_not_slacks() -> None:
    with pytest.raises(ZeroDivisionError):
        of_exception(ZeroDivisionError())


@cases("reason", WaitReason)
def test_every_reason_of_our_own_to_wait_has_its_sentence(reason: WaitReason) -> None:
    assert delivery_reason(reason, state="waiting") != NO_ANSWER


# Answers that are not Slack's, such as a proxy's page: they never count as Slack's.

PAGE = "<html><body>Not allowed.</body></html>"


@asynccontextmanager
async def watching(answers: dict[str, Any]) -> AsyncIterator[tuple[SlackWatch, AsyncWebClient, list[tuple[str, str]]]]:
    """A watch, a client whose calls it sees, and the errors that it tells."""
    errors: list[tuple[str, str]] = []
    async with odd_slack(answers) as url, aiohttp.ClientSession() as session:
        watch = SlackWatch(url, after_error=lambda method, code: errors.append((method, code)), own_token="xoxb-1")
        yield watch, AsyncWebClient("xoxb-1", base_url=url, session=session, retry_handlers=[watch]), errors


@cases(
    ("answer", "code"),
    [
        (PlainTextResponse(PAGE, status_code=403, media_type="text/html"), "http_403"),
        (PlainTextResponse("Proxy login needed", status_code=407), "http_407"),
        (PlainTextResponse(PAGE, status_code=200, media_type="text/html"), "http_200"),
        (PlainTextResponse(PAGE, status_code=404, media_type="application/json"), "http_404"),
        (JSONResponse({"error": "forbidden by policy"}, status_code=403), "http_403"),
        (JSONResponse(["no"], status_code=400), "http_400"),
    ],
)
async def test_what_is_not_slacks_counts_by_its_status_and_as_no_answer(answer: Response, code: str) -> None:
    answers: dict[str, Any] = {"auth.test": answer}
    async with watching(answers) as (watch, client, errors):
        with pytest.raises((SlackApiError, AttributeError)):
            await client.auth_test()
        assert errors == [("auth.test", code)]
        assert watch.silent_seconds > 0
        [said] = await SlackProbe(watch, client.auth_test).troubles()
        status = code.removeprefix("http_")
        assert said == (
            f"Slack has not answered for 0 seconds: something else answers in its place (HTTP {status}): "
            "check the proxy and the network."
        )
        answers["auth.test"] = WHO_WE_ARE
        await client.auth_test()
        assert (watch.silent_seconds, watch.impostor) == (0, "")


async def test_a_refusal_of_slack_is_an_answer_whatever_its_status() -> None:
    answers = {"auth.test": JSONResponse({"ok": False, "error": "invalid_auth"}, status_code=401)}
    async with watching(answers) as (watch, client, errors):
        with pytest.raises(SlackApiError):
            await client.auth_test()
        assert errors == [("auth.test", "invalid_auth")]
        assert (watch.silent_seconds, watch.refused_token) == (0, "invalid_auth")


async def test_a_page_says_nothing_of_the_token() -> None:
    answers: dict[str, Any] = {"auth.test": {"ok": False, "error": "token_revoked"}}
    async with watching(answers) as (watch, client, _errors):
        for answer in (answers["auth.test"], PlainTextResponse(PAGE, status_code=403)):
            answers["auth.test"] = answer
            with pytest.raises(SlackApiError):
                await client.auth_test()
        assert watch.refused_token == "token_revoked"


async def test_whose_a_refusal_outside_the_api_is_cannot_be_told() -> None:
    answers: dict[str, Any] = {"auth.test": PlainTextResponse(PAGE, status_code=403, media_type="text/html")}
    async with watching(answers) as (watch, client, errors):
        with pytest.raises(SlackApiError):
            await client.auth_test()
        await _meets(watch, "https://hooks.slack.example/1", 404)
        assert errors[1:] == [("response_url", "http_404")]
        assert watch.silent_seconds > 0
        await _meets(watch, "https://hooks.slack.example/1", 200)
        assert watch.silent_seconds == 0


async def _meets(watch: SlackWatch, url: str, status: int) -> None:
    """A call at this address is answered a word, with this status."""
    request, response = HttpRequest(method="POST", url=url, headers={}), HttpResponse(status_code=status, headers={})
    await watch.can_retry_async(state=RetryState(), request=request, response=response)


# A message is not sent over a connection that the other end may be closing at that moment.

FIRST_TO_CLOSE_SECONDS = 2.0
"""Shortest time after which common servers close an idle connection."""


async def test_connections_are_shared_while_in_use_and_not_trusted_once_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    assert slack_api.IDLE_SECONDS < FIRST_TO_CLOSE_SECONDS
    monkeypatch.setattr(slack_api, "IDLE_SECONDS", 1.0)
    ports: list[int] = []

    async def take(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.append(request.transport.get_extra_info("peername")[1])
        return web.Response()

    server = web.Server(take)
    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
    async with listening, slack_api.slack_session() as session:
        for idle in (0.2, slack_api.IDLE_SECONDS + 0.1, 0.0):
            async with session.post(url) as answer:
                assert answer.status == 200
            await asyncio.sleep(idle)
    await server.shutdown()
    first, second, third = ports
    assert first == second != third


# Slack's clock, read from its answers and not from our clock.

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DATE = "Tue, 24 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize("headers", [{"Date": DATE}, {"date": [DATE]}])
def test_what_slack_says_counts_and_not_what_our_clock_says(headers: dict[str, str | list[str]]) -> None:
    slack = SlackTime()
    slack.hear(headers)
    for ours in (NOON + timedelta(hours=3), NOON - timedelta(days=400)):
        assert timedelta() <= slack.at(ours) - NOON < timedelta(seconds=10)


@cases("headers", [{}, {"Date": ""}, {"Date": []}, {"Date": "yesterday"}])
def test_before_slack_said_anything_our_clock_counts_as_a_day_ahead(headers: dict[str, str | list[str]]) -> None:
    slack = SlackTime()
    slack.hear(headers)
    assert slack.at(NOON) == NOON - slack_api.UNHEARD


# Failed uploads of a file; Slack's answers to one are in the stories of the export.

FILE = File("export.zip", b"bytes")


class OneClient(slack_api.Workspaces):
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def client_of(self, workspace_id: str) -> AsyncWebClient | None:
        return self._client


async def test_a_file_for_which_slack_was_not_reached_was_not_taken() -> None:
    async with aiohttp.ClientSession() as session:
        # a port where nobody can listen
        client = AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:1/", session=session, retry_handlers=[])
        with pytest.raises(Refused, match=r"did not take the file \(it could not be reached\). Try again in a minute."):
            await send_file(OneClient(client), "T1", "U1", FILE)


@pytest.mark.parametrize(("status", "why"), [(200, "file_not_found"), (201, "its upload failed")])
async def test_a_file_whose_bytes_something_else_took_in_slacks_place_was_not_taken(status: int, why: str) -> None:
    answers: dict[str, Any] = {
        "conversations.open": {"ok": True, "channel": {"id": "D1"}},
        "bytes-1": JSONResponse({"message": "Scanned."}, status_code=status),
        "files.completeUploadExternal": {"ok": False, "error": "file_not_found"},
    }
    async with odd_slack(answers) as url, aiohttp.ClientSession() as session:
        answers["files.getUploadURLExternal"] = {"ok": True, "upload_url": f"{url}bytes-1", "file_id": "F1"}
        errors: list[tuple[str, str]] = []
        watch = SlackWatch(url, after_error=lambda method, code: errors.append((method, code)))
        client = AsyncWebClient("xoxb-1", base_url=url, session=session, retry_handlers=[watch])
        with pytest.raises(Refused, match=rf"did not take the file \({why}\). Try again in a minute."):
            await send_file(OneClient(client), "T1", "U1", FILE)
    assert errors[0] == ("response_url", "other")
