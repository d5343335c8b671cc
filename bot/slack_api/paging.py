"""Lists of Slack that come page by page, with the waits that Slack asks for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack_api.errors import OddAnswer, error_code
from bot.slack_api.outcomes import Later, of_error

REQUESTS_PER_PAGE = 10
"""Attempts at one page while Slack asks to wait, before the rest is left for another time."""

Pause = Callable[[float], Awaitable[object]]
Ask = Callable[[str | None], Awaitable[AsyncSlackResponse]]
"""Asks for the page of this cursor, None for the first."""


async def pages(ask: Ask, field: str, *, pause: Pause = asyncio.sleep) -> AsyncIterator[list[Any]]:
    """Yield what each page has in the field. `pause` waits the seconds that Slack asks for.

    Raises OddAnswer, and what the client raises.
    """
    cursor, seen = "", {""}
    while True:
        found, cursor = await _patiently(ask, field, cursor, pause)
        yield found
        if not cursor:
            return
        if cursor in seen:
            raise OddAnswer("the list goes round in a circle")
        seen.add(cursor)


async def _patiently(ask: Ask, field: str, cursor: str, pause: Pause) -> tuple[list[Any], str]:
    """Return the page, asking again while Slack only asks to wait."""
    for _ in range(REQUESTS_PER_PAGE - 1):
        try:
            return await _page(ask, field, cursor)
        except SlackApiError as error:
            seconds = _seconds_to_wait(error)
            if seconds is None:
                raise
            await pause(seconds)
    return await _page(ask, field, cursor)


def _seconds_to_wait(error: SlackApiError) -> float | None:
    """Return how long Slack asks to wait, None for another error."""
    status, headers = getattr(error.response, "status_code", 200), getattr(error.response, "headers", {})
    outcome = of_error(error_code(error), status=status, headers=headers)
    return outcome.seconds if isinstance(outcome, Later) and outcome.holds_method else None


async def _page(ask: Ask, field: str, cursor: str) -> tuple[list[Any], str]:
    """Return what is on one page, and the cursor of the next."""
    try:
        page = await ask(cursor or None)
        found = page.get(field)
        following = (page.get("response_metadata") or {}).get("next_cursor") or ""
    except (AttributeError, ValueError) as error:
        # the library assumes that every answer is a JSON object
        raise OddAnswer("the answer is no object") from error
    if not isinstance(found, list) or not isinstance(following, str):
        raise OddAnswer("there is no list in the answer")
    return found, following
