"""Search for a message that an earlier attempt may have posted, by the letter's key in its metadata or block ids.

Either is enough: a history may come without metadata, and a message without blocks has no block ids.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.rendering.letter_mark import has_mark
from bot.delivery.calls import SlackCalls
from bot.delivery.prepared import PreparedMessage
from bot.slack_api.outcomes import RETRY_SECONDS, Later, Outcome, Refused, Scope, Sent, Unsure

EVENT_TYPE = "cadence_letter"
MARGIN = timedelta(minutes=5)
"""How long before the first attempt the search begins.

The attempt's instant is Slack's own (`bot.slack_api.clock`), so an error of our clock does not count. Slack's machines
may differ by seconds, its Date headers have whole ones, and letters of an earlier version have instants of our clock.
"""
PAGE_MESSAGES = 200
FEW_MESSAGES = 15
"""Page size for an app distributed outside the Marketplace, once a minute: a busy channel would take hours."""
TOO_SLOW = f"the channel cannot be read to its end: Slack lets the app read {FEW_MESSAGES} messages a minute"


async def find_posted(
    calls: SlackCalls, prepared: PreparedMessage, *, channel_id: str, since: datetime
) -> Outcome | None:
    """Search the channel or thread for the letter's message, from `since` on by Slack's clock.

    Return Sent, None if the message is not there, or why nobody can tell (yet). A search that Slack interrupted goes on
    at its cursor.
    """
    cursor, count = prepared.letter.look_cursor, PAGE_MESSAGES
    while True:
        page = await _page(calls, channel_id, prepared.thread_ts, since=since, cursor=cursor)
        if isinstance(page, Later) and (page.holds_method or page.is_turn) and cursor:
            is_too_slow = page.holds_method and count <= FEW_MESSAGES
            return Unsure(TOO_SLOW) if is_too_slow else replace(page, cursor=cursor)
        if isinstance(page, Refused) and page.error == "invalid_cursor":
            return Later(RETRY_SECONDS, page.error)
        if not isinstance(page, AsyncSlackResponse):
            return search_failed(page)
        messages = page.get("messages") or []
        found = [each["ts"] for each in messages if _is_of(each, prepared.letter.key)]
        if found:
            return Sent(channel_id, found[0])
        count = len(messages)
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None


def search_failed(outcome: Outcome) -> Outcome:
    """Return the outcome for a letter whose channel could not be read."""
    if isinstance(outcome, Later) or (isinstance(outcome, Refused) and outcome.scope is Scope.WORKSPACE):
        return outcome
    lacks = outcome.lacks if isinstance(outcome, Refused) else ""
    return Unsure(f"the channel cannot be read: {outcome.error if not isinstance(outcome, Sent) else ''}", lacks)


def metadata_of(key: str) -> dict[str, Any]:
    """Return the message metadata by which the message of a letter is found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


async def _page(
    calls: SlackCalls, channel_id: str, thread_ts: str, *, since: datetime, cursor: str
) -> AsyncSlackResponse | Outcome:
    oldest = f"{(since - MARGIN).timestamp():.6f}"
    options: dict[str, Any] = {"oldest": oldest, "include_all_metadata": True, "limit": PAGE_MESSAGES}
    if cursor:
        options["cursor"] = cursor
    if thread_ts:
        return await calls.ask(calls.client.conversations_replies, channel=channel_id, ts=thread_ts, **options)
    return await calls.ask(calls.client.conversations_history, channel=channel_id, **options)


def _is_of(message: dict[str, Any], key: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    is_named = metadata.get("event_type") == EVENT_TYPE and payload.get("key") == key
    return is_named or has_mark(message.get("blocks") or (), key)
