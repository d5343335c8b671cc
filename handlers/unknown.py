"""Answers 200 to what no listener hears: kinds of payload that Slack may send and this program does not use."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.response import BoltResponse

HEARD = frozenset(
    {
        "event_callback",
        "block_actions",
        "view_submission",
        "view_closed",
        "shortcut",
        "message_action",
        "block_suggestion",
    }
)


async def answer_unknown(
    body: dict[str, Any],
    next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt passes it by this name
) -> BoltResponse:
    """Lets through what a listener hears, and answers 200 to the rest, so that Slack does not repeat it."""
    if body.get("type") in HEARD or "command" in body:
        return await next()
    return BoltResponse(status=200)
