"""One parcel and Slack: sends it, looks for it, and says what came of it."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.pages.blockkit import Rendered
from agendas.verbs.note_trouble import SHARED
from bot.parcels import Parcel, text_only
from bot.sharing import is_shared
from bot.slack_errors import error_body, error_code
from bot.slack_outcomes import (
    RETRY_SECONDS,
    Degraded,
    JoinFirst,
    Later,
    Outcome,
    Refused,
    Scope,
    Sent,
    ToDirect,
    Unsure,
    of_error,
    of_exception,
)

FIRST_PAGE = "review_header"
"""What a review begins with; its other messages follow it."""
EVENT_TYPE = "cadence_letter"
CLOCKS_APART = timedelta(minutes=5)
"""How far our clock may be ahead of Slack's when a letter is looked for from the instant it was first tried.

With a clock further off Slack's signed requests are refused anyway.
"""
PAGE_MESSAGES = 200

log = logging.getLogger("cadence.posting")


@dataclass(frozen=True, slots=True)
class Postman:
    """Works for one workspace through its client."""

    client: AsyncWebClient

    async def send(self, parcel: Parcel) -> Outcome:
        """What came of sending: joins the channel, turns to a direct message or leaves out blocks, each once."""
        if parcel.kind == "post" and parcel.letter.page == FIRST_PAGE:
            hindered = await self._look_for_outsiders(parcel)
            if hindered is not None:
                return hindered
        outcome = await self._once(parcel)
        if parcel.kind == "whisper":
            outcome = _directly_instead(outcome)
        if isinstance(outcome, JoinFirst):
            outcome = await self._join_and_send(parcel, outcome)
        if isinstance(outcome, ToDirect):
            parcel = replace(parcel, kind="direct", channel_id="", thread_ts="")
            outcome = await self._once(parcel)
        if isinstance(outcome, Degraded):
            log.error("blocks_refused", extra={"letter": parcel.letter.id, "error": outcome.error})
            outcome = await self._once(replace(parcel, messages=tuple(map(text_only, parcel.messages))))
        outcome = self._final(parcel, outcome)
        if isinstance(outcome, Refused) and outcome.scope is Scope.CHANNEL and outcome.error == "channel_not_found":
            outcome = await self._look_for_channel(parcel, outcome)
        return outcome

    async def find(self, parcel: Parcel, since: datetime) -> Outcome | None:
        """The message, if it was sent since then; None if it was not; else why nobody can tell."""
        if parcel.kind == "whisper":
            return Unsure("a message that only one person sees cannot be looked for")
        channel = await self._channel(parcel)
        if not isinstance(channel, str):
            return channel
        oldest = f"{(since - CLOCKS_APART).timestamp():.6f}"
        cursor = ""
        while True:
            page = await self._call(self._history(channel, parcel.thread_ts, oldest, cursor))
            if isinstance(page, Later) and page.holds_method and cursor:
                # an app that may read one page a minute would begin again for ever
                return Unsure("the channel cannot be read to its end: Slack asks to wait between two pages")
            if not isinstance(page, AsyncSlackResponse):
                return _unread(page)
            found = [each["ts"] for each in page.get("messages") or [] if _key(each) == parcel.letter.key]
            if found:
                return Sent(channel, found[0])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    async def _once(self, parcel: Parcel) -> Outcome:
        if parcel.kind == "edit":
            return await self._edit(parcel)
        if parcel.kind == "whisper":
            return await self._whisper(parcel)
        channel = await self._channel(parcel)
        return await self._post(parcel, channel) if isinstance(channel, str) else channel

    async def _post(self, parcel: Parcel, channel_id: str) -> Outcome:
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": parcel.letter.key}}
        call = self.client.chat_postMessage(
            channel=channel_id,
            thread_ts=parcel.thread_ts or None,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
            **_content(parcel.messages[0]),
        )
        answer = await self._call(call)
        return Sent(answer["channel"], answer["ts"]) if isinstance(answer, AsyncSlackResponse) else answer

    async def _edit(self, parcel: Parcel) -> Outcome:
        answer = await self._call(
            self.client.chat_update(channel=parcel.channel_id, ts=parcel.ts, **_content(parcel.messages[0]))
        )
        return Sent(parcel.channel_id, parcel.ts) if isinstance(answer, AsyncSlackResponse) else answer

    async def _whisper(self, parcel: Parcel) -> Outcome:
        outcome: Outcome = Unsure("nothing to say")
        for message in parcel.messages:
            call = self.client.chat_postEphemeral(
                channel=parcel.channel_id,
                user=parcel.user_id,
                thread_ts=parcel.thread_ts or None,
                **_content(message),
            )
            answer = await self._call(call)
            if not isinstance(answer, AsyncSlackResponse):
                return answer
            outcome = Sent(parcel.channel_id, answer["message_ts"])
        return outcome

    async def _join_and_send(self, parcel: Parcel, why: JoinFirst) -> Outcome:
        answer = await self._call(self.client.conversations_join(channel=parcel.channel_id))
        if isinstance(answer, Later):
            return _aside(answer)
        if not isinstance(answer, AsyncSlackResponse):
            lacks = answer.lacks if isinstance(answer, Refused) else ""
            return Refused(why.error, Scope.CHANNEL, lacks)
        outcome = await self._once(parcel)
        return Refused(why.error, Scope.CHANNEL) if isinstance(outcome, JoinFirst) else outcome

    async def _look_for_channel(self, parcel: Parcel, refused: Refused) -> Outcome:
        """What Slack says of a channel that was not found: a channel is not paused for one odd answer."""
        answer = await self._call(self.client.conversations_info(channel=parcel.channel_id))
        if isinstance(answer, AsyncSlackResponse):
            if (answer.get("channel") or {}).get("is_archived"):
                return Refused("is_archived", Scope.CHANNEL)
            return Later(RETRY_SECONDS, refused.error)
        if isinstance(answer, Later):
            return _aside(answer)
        if isinstance(answer, Refused) and answer.scope is Scope.WORKSPACE:
            return answer
        return refused

    async def _look_for_outsiders(self, parcel: Parcel) -> Outcome | None:
        """Why a review does not begin: another company reads the channel, or Slack cannot be asked now."""
        answer = await self._call(self.client.conversations_info(channel=parcel.channel_id))
        if isinstance(answer, AsyncSlackResponse):
            return Refused(SHARED, Scope.CHANNEL) if is_shared(answer.get("channel")) else None
        # what else is wrong with the channel shows when it is posted to
        return _aside(answer) if isinstance(answer, Later) else None

    async def _channel(self, parcel: Parcel) -> str | Outcome:
        """The channel to post to, opening the conversation with the person if it is not known."""
        if parcel.channel_id:
            return parcel.channel_id
        answer = await self._call(self.client.conversations_open(users=[parcel.user_id]))
        if not isinstance(answer, AsyncSlackResponse):
            return _aside(answer) if isinstance(answer, Later) else answer
        channel_id: str = answer["channel"]["id"]
        return channel_id

    def _history(self, channel_id: str, thread_ts: str, oldest: str, cursor: str) -> Awaitable[AsyncSlackResponse]:
        options: dict[str, Any] = {"oldest": oldest, "include_all_metadata": True, "limit": PAGE_MESSAGES}
        if cursor:
            options["cursor"] = cursor
        if thread_ts:
            return self.client.conversations_replies(channel=channel_id, ts=thread_ts, **options)
        return self.client.conversations_history(channel=channel_id, **options)

    async def _call(self, call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse | Outcome:
        """Slack's answer when it is ok, else what it means."""
        try:
            return await call
        except SlackApiError as error:
            answer = error.response
            status = answer.status_code if isinstance(answer, AsyncSlackResponse) else answer.status
            needed = str(error_body(error).get("needed") or "")
            return of_error(error_code(error), status=status, headers=answer.headers, needed=needed)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return of_exception(error)

    def _final(self, parcel: Parcel, outcome: Outcome) -> Outcome:
        """The outcome with nothing left to try."""
        if isinstance(outcome, Degraded | ToDirect):
            return Refused(outcome.error)
        if isinstance(outcome, JoinFirst):
            return Refused(outcome.error, Scope.CHANNEL)
        if isinstance(outcome, Later) and outcome.may_be_sent and parcel.kind == "whisper":
            return Unsure(outcome.error)
        if isinstance(outcome, Refused) and outcome.scope is Scope.CHANNEL and parcel.place[:1] not in ("C", "G"):
            return Refused(outcome.error)
        return outcome


def _directly_instead(outcome: Outcome) -> Outcome:
    """Where the bot has no place in the channel, what is for one person goes to that person directly."""
    if isinstance(outcome, JoinFirst) or (isinstance(outcome, Refused) and outcome.scope is Scope.CHANNEL):
        return ToDirect(outcome.error)
    return outcome


def _content(message: Rendered) -> dict[str, Any]:
    """Without blocks an edit removes those that were there."""
    return {"text": message.text, "blocks": message.blocks} if message.blocks else {"text": message.text}


def _key(message: dict[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("key", ""))


def _aside(answer: Later) -> Later:
    """A call around the message failed: the message was not sent, and its own method is not held."""
    return replace(answer, may_be_sent=False, holds_method=False)


def _unread(answer: Outcome) -> Outcome:
    """What it means for a letter that its channel could not be read."""
    if isinstance(answer, Later):
        return _aside(answer)
    if isinstance(answer, Refused) and answer.scope is Scope.WORKSPACE:
        return answer
    lacks = answer.lacks if isinstance(answer, Refused) else ""
    return Unsure(f"the channel cannot be read: {answer.error if not isinstance(answer, Sent) else ''}", lacks)
