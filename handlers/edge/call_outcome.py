"""Outcomes of failed calls of Slack: certainly not done, or possibly done all the same; and calls made again."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

Call = Callable[[], Awaitable[Any]]

FAILURES = (SlackApiError, ClientError, TimeoutError)
"""Exceptions that a call of Slack raises."""
UNDECIDED = ("internal_error", "fatal_error", "request_timeout", "service_unavailable")
"""Errors of Slack after which some of it may have been done."""

CHANGED_MEANWHILE = "hash_conflict"
USED = ("exchanged_trigger_id", "trigger_exchanged")
ASKS_TO_WAIT = ("ratelimited", "rate_limited")

VIEW_WAIT_SECONDS = 2.0
"""Longest wait for a call that opens a view, whose trigger ends after three seconds."""
WAIT_SECONDS = 60.0
"""Longest wait for a call that no trigger hurries: Slack counts the calls of a minute."""


class InDoubt(Exception):
    """Nobody knows whether Slack did it."""


def may_be_done(error: Exception) -> bool:
    """True when Slack may have done it; False when it was not reached, or says that it did not."""
    if isinstance(error, SlackApiError):
        return _status(error) >= 500 or code_of(error) in UNDECIDED
    return not isinstance(error, ClientConnectorError | ConnectionTimeoutError)


def is_passing(error: Exception) -> bool:
    """True when Slack may answer otherwise in a while: it was not reached, asks to wait, or fails itself."""
    if not isinstance(error, SlackApiError):
        return True
    is_unnamed = code_of(error) == type(error).__name__
    return _status(error) == 429 or code_of(error) in ASKS_TO_WAIT or is_unnamed or may_be_done(error)


def code_of(error: Exception) -> str:
    """Slack's error code; where it gave none, the name of the exception."""
    data = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) else type(error).__name__


def _status(error: SlackApiError) -> int:
    answer = error.response
    # where Slack answered no JSON, the library puts its HTTP client's own answer there
    status: int = answer.status_code if isinstance(answer, AsyncSlackResponse) else getattr(answer, "status", 200)
    return status


async def patiently(call: Call, *, seconds: float = WAIT_SECONDS) -> Any:
    """Make a call, and again each time that Slack asks to wait: it did nothing then.

    Raises what the call raises, also when the waits are longer than `seconds` together.
    """
    while True:
        try:
            return await call()
        except SlackApiError as error:
            wait = _seconds_to_wait(error)
            if wait is None or wait > seconds:
                raise
            seconds -= max(wait, 1.0)
            await asyncio.sleep(wait)


def _seconds_to_wait(error: SlackApiError) -> float | None:
    """The seconds that Slack asks to wait, one where it does not say; None when it does not ask to."""
    if _status(error) != 429 and code_of(error) not in ASKS_TO_WAIT:
        return None
    told = str((getattr(error.response, "headers", None) or {}).get("Retry-After", ""))
    return float(told) if told.isdecimal() and told.isascii() else 1.0


async def done_for_certain(call: Call) -> None:
    """Make a call of a view that may be made twice: again where Slack asks to wait or does not say what came of it.

    The second time, a trigger that is used up proves that the first call worked. A view that changed since the version
    that an update was meant for shows already what changed it, such as a second choice made at once.

    Raises:
        InDoubt: when nobody knows even then.
        SlackApiError, ClientError, TimeoutError: when Slack certainly did not do it.
    """
    call = partial(patiently, call, seconds=VIEW_WAIT_SECONDS)
    try:
        await call()
        return
    except FAILURES as error:
        if code_of(error) == CHANGED_MEANWHILE:
            return
        if not may_be_done(error):
            raise
    try:
        await call()
    except FAILURES as error:
        if code_of(error) not in (*USED, CHANGED_MEANWHILE):
            raise InDoubt from error
