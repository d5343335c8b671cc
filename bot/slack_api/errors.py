"""What is in an answer of Slack that is not as it should be, and what to say of a refused app-level token."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack_api.outcomes import Later, Outcome, of_error, of_exception

NOT_SLACK = "is not Slack's Web API: check SLACK_API_URL, and the proxy if there is one."


class OddAnswer(Exception):
    """What answered is not what Slack's Web API answers: not an object, or without what the bot needs."""


def error_body(error: SlackApiError) -> dict[str, Any]:
    """What the refusal says, empty when it could not be read."""
    data = getattr(error.response, "data", None)
    return data if isinstance(data, dict) else {}


def error_code(error: SlackApiError) -> str:
    """Slack's word for what was wrong, empty when there was none."""
    code = error_body(error).get("error")
    return code if isinstance(code, str) else ""


def outcome_of(error: Exception) -> Outcome:
    """What a call that failed means for what it was to do. Raises other errors than Slack's and the network's again."""
    if not isinstance(error, SlackApiError):
        return of_exception(error)
    needed = str(error_body(error).get("needed") or "")
    headers = getattr(error.response, "headers", None)
    return of_error(error_code(error), status=_status(error), headers=headers, needed=needed)


def is_passing(error: SlackApiError) -> bool:
    """Whether Slack may answer otherwise in a while: it asks to wait, or fails itself. A refused token is not that."""
    return (bool(error_code(error)) or _status(error) >= 500) and isinstance(outcome_of(error), Later)


def _status(error: SlackApiError) -> int:
    answer = error.response
    # where Slack answered no JSON, the library puts its HTTP client's own answer there
    status: int = answer.status_code if isinstance(answer, AsyncSlackResponse) else getattr(answer, "status", 200)
    return status


def app_token_refusal(error: SlackApiError, api_url: str) -> str:
    """What to say when Socket Mode could not be asked for: whether it is Slack that refused, and what to do."""
    code = error_code(error)
    if not code:
        return f"What answers at {api_url} {NOT_SLACK}"
    return (
        f"Slack refused SLACK_APP_TOKEN ({code}): copy the app-level token with the scope connections:write again "
        "from the app's Basic Information, and switch Socket Mode on."
    )
