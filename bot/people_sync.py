"""Learns from Slack who the people of a workspace are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.slack_errors import OddAnswer
from handlers.access import slack_user
from storage import people
from storage.engine import Store
from storage.people import SlackUser

PAGE_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Learned:
    """How many people Slack named, and the ids of members who own or administer the workspace in Slack."""

    count: int
    slack_admins: tuple[str, ...]


async def learn_people(store: Store, client: AsyncWebClient, workspace_id: str, clock: Clock) -> Learned:
    """Who Slack named; each page is stored as it comes, without those who cannot be read.

    Raises OddAnswer, and what the client raises.
    """
    cursor, seen, count = "", {""}, 0
    slack_admins: list[str] = []
    while True:
        members, cursor = await _page(client, cursor)
        found = [user for member in members if (user := _read(member, workspace_id)) is not None]
        await store.write(people.learn, workspace_id, found, clock.now())
        count += len(found)
        slack_admins += _admins(found)
        if not cursor:
            return Learned(count, tuple(slack_admins))
        if cursor in seen:
            raise OddAnswer("the list of people goes round in a circle")
        seen.add(cursor)


async def _page(client: AsyncWebClient, cursor: str) -> tuple[list[Any], str]:
    """The people of one page, and where the next one begins."""
    try:
        page = await client.users_list(limit=PAGE_PEOPLE, cursor=cursor or None)
        members = page.get("members")
        following = (page.get("response_metadata") or {}).get("next_cursor") or ""
    except (AttributeError, ValueError) as error:
        # the library takes any answer for a JSON object
        raise OddAnswer("the answer is no object") from error
    if not isinstance(members, list) or not isinstance(following, str):
        raise OddAnswer("there is no list of people in the answer")
    return members, following


def _read(member: Any, workspace_id: str) -> SlackUser | None:
    """The person, None when the bot cannot make sense of what Slack says."""
    try:
        user = slack_user(member, workspace_id)
    except (AttributeError, KeyError, TypeError):
        return None
    words = (user.user_id, user.home_team_id, user.name, user.email)
    return user if user.user_id and all(isinstance(word, str) for word in words) else None


def _admins(users: Iterable[SlackUser]) -> list[str]:
    """Ids of those who own or administer the workspace and may use the bot."""
    return [
        user.user_id
        for user in users
        if user.is_slack_admin and not (user.is_bot or user.is_deleted or user.is_guest or user.is_external)
    ]
