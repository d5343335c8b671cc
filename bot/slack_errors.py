"""What is in an answer of Slack that is not as it should be."""

from typing import Any

from slack_sdk.errors import SlackApiError


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
