"""Loading the people of a workspace from Slack."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from agendas.verbs.letters.deactivated import learn
from bot.clock import Clock
from bot.slack_api.paging import Pause, pages
from handlers.edge.access import slack_user
from storage.database.engine import Store
from storage.people import SlackUser

PAGE_PEOPLE = 1_000
"""Slack's largest page; it allows about 20 requests a minute."""


async def load_people(
    store: Store, client: AsyncWebClient, workspace_id: str, clock: Clock, *, pause: Pause = asyncio.sleep
) -> AsyncIterator[list[SlackUser]]:
    """Yield the people of the workspace page by page, each stored first, without those whose data is malformed.

    `pause` waits the seconds that Slack asks for. Raises OddAnswer, and what the client raises.
    """
    asked_at = clock.now()
    async for members in pages(
        lambda cursor: client.users_list(limit=PAGE_PEOPLE, cursor=cursor), "members", pause=pause
    ):
        found = [user for member in members if (user := _read(member, workspace_id)) is not None]
        await store.write(learn, workspace_id, found, clock.now(), asked_at=asked_at)
        yield found
        asked_at = clock.now()


def slack_admins(users: Iterable[SlackUser]) -> tuple[str, ...]:
    """Return the ids of the workspace's owners and admins in Slack who may use the bot."""
    return tuple(
        user.user_id
        for user in users
        if user.is_slack_admin and not (user.is_bot or user.is_deleted or user.is_guest or user.is_external)
    )


def _read(member: Any, workspace_id: str) -> SlackUser | None:
    """Return the person, None when Slack's data is malformed."""
    try:
        user = slack_user(member, workspace_id)
    except (AttributeError, KeyError, TypeError):
        return None
    words = (user.user_id, user.home_team_id, user.name, user.email)
    return user if user.user_id and user.name and all(isinstance(word, str) for word in words) else None
