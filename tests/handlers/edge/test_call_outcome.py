"""Failed calls are certainly not done or possibly done, and some calls are made twice."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.edge.incoming import InDoubt, code_of, done_for_certain, may_be_done, patiently
from tests.cases import cases


def said(error: str, status: int = 200, **headers: str) -> SlackApiError:
    """Slack's answer with this word."""
    answer = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("", answer)


@cases(
    ("error", "expected"),
    [
        (aiohttp.ServerDisconnectedError(), True),
        (aiohttp.ClientOSError(104, "reset"), True),
        (aiohttp.ServerTimeoutError(), True),
        (TimeoutError(), True),
        (SlackApiError("no JSON", SimpleNamespace(status=502)), True),
        (said("internal_error"), True),
        (said("fatal_error"), True),
        (said("request_timeout"), True),
        (said("service_unavailable", 503), True),
        (aiohttp.ConnectionTimeoutError(), False),
        (said("expired_trigger_id"), False),
        (said("ratelimited", 429), False),
        (said("invalid_arguments"), False),
    ],
)
def test_it_may_be_done_unless_slack_was_not_reached_or_says_no(error: Exception, expected: bool) -> None:
    assert may_be_done(error) is expected


async def test_where_nobody_listens_nothing_was_done() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            await session.post("http://127.0.0.1:1/")
    assert not may_be_done(caught.value)


def test_what_went_wrong_has_a_word() -> None:
    assert code_of(said("view_not_found")) == "view_not_found"
    assert code_of(SlackApiError("no JSON", SimpleNamespace(status=502))) == "SlackApiError"
    assert code_of(TimeoutError()) == "TimeoutError"


def answering(*answers: Exception | None) -> tuple[Callable[[], Awaitable[Any]], list[int]]:
    """A call with these answers, one after the other, and a list that grows with each time that it is made."""
    made: list[int] = []

    async def call() -> None:
        made.append(len(made))
        answer = answers[len(made) - 1]
        if answer is not None:
            raise answer

    return call, made


@cases(
    ("answers", "raised"),
    [
        ((None,), None),
        ((said("not_found"),), SlackApiError),
        ((TimeoutError(), None), None),
        ((TimeoutError(), said("exchanged_trigger_id")), None),
        ((TimeoutError(), said("expired_trigger_id")), InDoubt),
        ((TimeoutError(), aiohttp.ServerDisconnectedError()), InDoubt),
    ],
)
async def test_a_call_is_made_again_once_where_nobody_knows(
    answers: tuple[Exception | None, ...], raised: type[Exception] | None
) -> None:
    call, made = answering(*answers)
    found: type[Exception] | None = None
    try:
        await done_for_certain(call)
    except (SlackApiError, InDoubt) as error:
        found = type(error)
    assert (found, len(made)) == (raised, len(answers))


def waits(seconds: str) -> SlackApiError:
    """Slack's request to wait."""
    return said("ratelimited", 429, **{"Retry-After": seconds})


@cases(
    ("answers", "raised", "calls"),
    [
        ((None,), None, 1),
        ((waits("0"), waits("0"), None), None, 3),
        ((waits("61"),), SlackApiError, 1),
        ((*(waits("0") for _ in range(60)), waits("1")), SlackApiError, 61),
        ((waits("0"), said("not_found")), SlackApiError, 2),
        ((TimeoutError(),), TimeoutError, 1),
    ],
)
async def test_a_call_is_made_again_each_time_that_slack_asks_to_wait_for_a_minute_at_most(
    answers: tuple[Exception | None, ...], raised: type[Exception] | None, calls: int
) -> None:
    call, made = answering(*answers)
    found: type[Exception] | None = None
    try:
        await patiently(call)
    except (SlackApiError, TimeoutError) as error:
        found = type(error)
    assert (found, len(made)) == (raised, calls)


async def test_a_view_that_changed_meanwhile_shows_already_what_changed_it() -> None:
    calls = 0

    async def updates() -> None:
        nonlocal calls
        calls += 1
        raise said("hash_conflict") if calls % 2 else TimeoutError

    await done_for_certain(updates)
    assert calls == 1
    await done_for_certain(updates)
    assert calls == 3
