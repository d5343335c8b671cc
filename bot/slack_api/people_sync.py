"""Loading the people of a workspace from Slack."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from agendas.verbs.letters.deactivated import learn
from bot.clock import Clock
from bot.slack_api.errors import OddAnswer, error_code
from bot.slack_api.outcomes import Later, of_error
from handlers.edge.access import slack_user
from storage.database.engine import Store
from storage.people import SlackUser

PAGE_PEOPLE = 1_000
"""Slack's largest page; it allows about 20 requests a minute."""
REQUESTS_PER_PAGE = 10
"""Attempts at one page while Slack asks to wait, before the rest is left for another day."""

Pause = Callable[[float], Awaitable[object]]


async def load_people(
    store: Store, client: AsyncWebClient, workspace_id: str, clock: Clock, *, pause: Pause = asyncio.sleep
) -> AsyncIterator[list[SlackUser]]:
    """Yield the people of the workspace page by page, each stored first, without those whose data is malformed.

    `pause` waits the seconds that Slack asks for. Raises OddAnswer, and what the client raises.
    """
    cursor, seen = "", {""}
    while True:
        asked_at = clock.now()
        members, cursor = await _patiently(client, cursor, pause)
        found = [user for member in members if (user := _read(member, workspace_id)) is not None]
        await store.write(learn, workspace_id, found, clock.now(), asked_at=asked_at)
        yield found
        if not cursor:
            return
        if cursor in seen:
            raise OddAnswer("the list of people goes round in a circle")
        seen.add(cursor)


def slack_admins(users: Iterable[SlackUser]) -> tuple[str, ...]:
    """Return the ids of the workspace's owners and admins in Slack who may use the bot."""
    return tuple(
        user.user_id
        for user in users
        if user.is_slack_admin and not (user.is_bot or user.is_deleted or user.is_guest or user.is_external)
    )


async def _patiently(client: AsyncWebClient, cursor: str, pause: Pause) -> tuple[list[Any], str]:
    """Return the page, asking again while Slack only asks to wait."""
    for _ in range(REQUESTS_PER_PAGE - 1):
        try:
            return await _page(client, cursor)
        except SlackApiError as error:
            seconds = _seconds_to_wait(error)
            if seconds is None:
                raise
            await pause(seconds)
    return await _page(client, cursor)


def _seconds_to_wait(error: SlackApiError) -> float | None:
    """Return how long Slack asks to wait, None for another error."""
    status, headers = getattr(error.response, "status_code", 200), getattr(error.response, "headers", {})
    outcome = of_error(error_code(error), status=status, headers=headers)
    return outcome.seconds if isinstance(outcome, Later) and outcome.holds_method else None


async def _page(client: AsyncWebClient, cursor: str) -> tuple[list[Any], str]:
    """Return the people of one page, and the cursor of the next."""
    try:
        page = await client.users_list(limit=PAGE_PEOPLE, cursor=cursor or None)
        members = page.get("members")
        following = (page.get("response_metadata") or {}).get("next_cursor") or ""
    except (AttributeError, ValueError) as error:
        # the library assumes that every answer is a JSON object
        raise OddAnswer("the answer is no object") from error
    if not isinstance(members, list) or not isinstance(following, str):
        raise OddAnswer("there is no list of people in the answer")
    return members, following


def _read(member: Any, workspace_id: str) -> SlackUser | None:
    """Return the person, None when Slack's data is malformed."""
    try:
        user = slack_user(member, workspace_id)
    except (AttributeError, KeyError, TypeError):
        return None
    words = (user.user_id, user.home_team_id, user.name, user.email)
    return user if user.user_id and user.name and all(isinstance(word, str) for word in words) else None
