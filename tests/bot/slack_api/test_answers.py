"""Answers that are not Slack's, such as a proxy's page: they never count as Slack's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.health import SlackProbe
from bot.slack_api import SlackWatch
from tests.bot.odd_slack import WHO_WE_ARE, odd_slack
from tests.cases import cases

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
