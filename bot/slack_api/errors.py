"""Reading Slack's error answers, and the advice for a refused app-level token."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack_api.outcomes import Later, Outcome, of_error, of_exception

UNREACHED = (aiohttp.ClientError, TimeoutError, OSError)
"""Errors of a call that Slack did not answer."""
NOT_SLACK = "is not Slack's Web API: check SLACK_API_URL, and the proxy if there is one."


class OddAnswer(Exception):
    """An answer unlike the Web API's: not a JSON object, or without a field that the bot needs."""


def error_body(error: SlackApiError) -> dict[str, Any]:
    """Return the body of the error answer, empty when it could not be parsed."""
    data = getattr(error.response, "data", None)
    return data if isinstance(data, dict) else {}


def error_code(error: SlackApiError) -> str:
    """Return Slack's error code, "" when there is none."""
    code = error_body(error).get("error")
    return code if isinstance(code, str) else ""


def outcome_of(error: Exception) -> Outcome:
    """Return the outcome of a failed call. Re-raises errors that are neither Slack's nor the network's."""
    if not isinstance(error, SlackApiError):
        return of_exception(error)
    needed = str(error_body(error).get("needed") or "")
    headers = getattr(error.response, "headers", None)
    return of_error(error_code(error), status=_status(error), headers=headers, needed=needed)


def is_passing(error: SlackApiError) -> bool:
    """Return whether the error may pass by itself: Slack asks to wait, or fails. A refused token does not pass."""
    return (bool(error_code(error)) or _status(error) >= 500) and isinstance(outcome_of(error), Later)


def _status(error: SlackApiError) -> int:
    answer = error.response
    # for an answer without JSON the library puts its HTTP client's response there
    status: int = answer.status_code if isinstance(answer, AsyncSlackResponse) else getattr(answer, "status", 200)
    return status


def app_token_refusal(error: SlackApiError, api_url: str) -> str:
    """Return the sentence for a refused Socket Mode connection, with what to do."""
    code = error_code(error)
    if not code:
        return f"What answers at {api_url} {NOT_SLACK}"
    return (
        f"Slack refused SLACK_APP_TOKEN ({code}): copy the app-level token with the scope connections:write again "
        "from the app's Basic Information, and switch Socket Mode on."
    )
