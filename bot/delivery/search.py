"""Looks in Slack for a letter that an earlier attempt may have sent, by the key that its message carries."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery.calls import SlackCalls
from bot.delivery.prepared import Parcel
from bot.slack_api.outcomes import RETRY_SECONDS, Later, Outcome, Refused, Scope, Sent, Unsure

EVENT_TYPE = "cadence_letter"
MARGIN = timedelta(minutes=5)
"""How much earlier than the first attempt the look begins.

The instant of the attempt is Slack's own (`bot.slack_time`), so our clock does not count. Slack's machines may differ
by seconds, its answers tell whole ones, and letters tried by an earlier version have the instant of our clock.
"""
PAGE_MESSAGES = 200
FEW_MESSAGES = 15
"""An app that is distributed outside the Marketplace gets no more, once a minute: a busy channel takes it hours."""
TOO_SLOW = f"the channel cannot be read to its end: Slack lets the app read {FEW_MESSAGES} messages a minute"


@dataclass(frozen=True, slots=True)
class Search:
    """Through the messages of one channel or thread since then, by Slack's clock."""

    calls: SlackCalls
    channel_id: str
    thread_ts: str
    since: datetime

    async def find(self, parcel: Parcel) -> Outcome | None:
        """The message of the letter; None if it is not there; else why nobody can tell, or not yet.

        A look that Slack interrupted goes on where it was.
        """
        cursor, count = parcel.letter.look_cursor, PAGE_MESSAGES
        while True:
            page = await self._page(cursor)
            if isinstance(page, Later) and (page.holds_method or page.is_turn) and cursor:
                is_too_slow = page.holds_method and count <= FEW_MESSAGES
                return Unsure(TOO_SLOW) if is_too_slow else replace(page, cursor=cursor)
            if isinstance(page, Refused) and page.error == "invalid_cursor":
                return Later(RETRY_SECONDS, page.error)
            if not isinstance(page, AsyncSlackResponse):
                return unread(page)
            messages = page.get("messages") or []
            found = [each["ts"] for each in messages if _key(each) == parcel.letter.key]
            if found:
                return Sent(self.channel_id, found[0])
            count = len(messages)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    async def _page(self, cursor: str) -> AsyncSlackResponse | Outcome:
        oldest = f"{(self.since - MARGIN).timestamp():.6f}"
        options: dict[str, Any] = {"oldest": oldest, "include_all_metadata": True, "limit": PAGE_MESSAGES}
        if cursor:
            options["cursor"] = cursor
        client = self.calls.client
        if self.thread_ts:
            return await self.calls.ask(
                client.conversations_replies, channel=self.channel_id, ts=self.thread_ts, **options
            )
        return await self.calls.ask(client.conversations_history, channel=self.channel_id, **options)


def unread(answer: Outcome) -> Outcome:
    """What it means for a letter that its channel could not be read."""
    if isinstance(answer, Later) or (isinstance(answer, Refused) and answer.scope is Scope.WORKSPACE):
        return answer
    lacks = answer.lacks if isinstance(answer, Refused) else ""
    return Unsure(f"the channel cannot be read: {answer.error if not isinstance(answer, Sent) else ''}", lacks)


def metadata_of(key: str) -> dict[str, Any]:
    """What a message carries so that it is found by the key of its letter."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def _key(message: dict[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("key", ""))
