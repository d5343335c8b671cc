"""Learns from Slack who the people of a workspace are."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from handlers.access import slack_user
from storage import people
from storage.engine import Store

PAGE_PEOPLE = 200


async def learn_people(store: Store, client: AsyncWebClient, workspace_id: str, clock: Clock) -> int:
    """How many people Slack named; each page is stored as it comes. Raises what the client raises."""
    cursor, count = "", 0
    while True:
        page = await client.users_list(limit=PAGE_PEOPLE, cursor=cursor or None)
        found = [slack_user(member, workspace_id) for member in page.get("members") or []]
        await store.write(people.learn, workspace_id, found, clock.now())
        count += len(found)
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return count
