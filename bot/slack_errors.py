"""What is in an answer of Slack that is not as it should be."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack_outcomes import Later, of_error


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


def is_passing(error: SlackApiError) -> bool:
    """Whether Slack may answer otherwise in a while: it asks to wait, or fails itself. A refused token is not that."""
    answer = error.response
    status = answer.status_code if isinstance(answer, AsyncSlackResponse) else getattr(answer, "status", 200)
    code = error_code(error)
    return (bool(code) or status >= 500) and isinstance(of_error(code, status=status), Later)
