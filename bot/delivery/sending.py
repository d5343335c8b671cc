"""One parcel and Slack: sends it, looks for it, and says what came of it."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.rendering.blockkit import Rendered
from bot.delivery.calls import SlackCalls
from bot.delivery.prepared import Parcel, text_only
from bot.delivery.search import Search, metadata_of, unread
from bot.slack_api.outcomes import (
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
)
from storage.tables import LetterKind

log = logging.getLogger("cadence.posting")


@dataclass(frozen=True, slots=True)
class Postman:
    """Works for one workspace."""

    calls: SlackCalls

    async def send(self, parcel: Parcel) -> Outcome:
        """What came of sending: joins the channel, turns to a direct message or leaves out blocks, each once."""
        outcome = await self._once(parcel)
        # a form may be opened in a direct conversation of other people, where the bot has no place either
        if parcel.kind == LetterKind.EPHEMERAL or (parcel.kind == LetterKind.DIRECT and parcel.channel_id):
            outcome = _directly_instead(outcome)
        if isinstance(outcome, JoinFirst):
            outcome = await self._join_and_send(parcel, outcome)
        if isinstance(outcome, ToDirect):
            parcel = replace(parcel, kind=LetterKind.DIRECT, channel_id="", thread_ts="")
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
        if parcel.kind == LetterKind.EPHEMERAL:
            return Unsure("a message that only one person sees cannot be looked for")
        channel = await self._channel(parcel)
        if not isinstance(channel, str):
            return unread(channel)
        return await Search(self.calls, channel, parcel.thread_ts, since).find(parcel)

    async def _once(self, parcel: Parcel) -> Outcome:
        if parcel.kind == LetterKind.EDIT:
            return await self._edit(parcel)
        if parcel.kind == LetterKind.EPHEMERAL:
            return await self._whisper(parcel)
        channel = await self._channel(parcel)
        return await self._post(parcel, channel) if isinstance(channel, str) else channel

    async def _post(self, parcel: Parcel, channel_id: str) -> Outcome:
        # a turn was taken for the letter's own kind; one for a whisper says nothing of direct messages
        send = self.calls.send if parcel.kind == parcel.letter.kind else self.calls.send_unless_held
        answer = await send(
            self.calls.client.chat_postMessage,
            channel=channel_id,
            thread_ts=parcel.thread_ts or None,
            metadata=metadata_of(parcel.letter.key),
            unfurl_links=False,
            unfurl_media=False,
            **_content(parcel.messages[0]),
        )
        return Sent(answer["channel"], answer["ts"]) if isinstance(answer, AsyncSlackResponse) else answer

    async def _edit(self, parcel: Parcel) -> Outcome:
        update, content = self.calls.client.chat_update, _content(parcel.messages[0])
        answer = await self.calls.send(update, channel=parcel.channel_id, ts=parcel.ts, **content)
        return Sent(parcel.channel_id, parcel.ts) if isinstance(answer, AsyncSlackResponse) else answer

    async def _whisper(self, parcel: Parcel) -> Outcome:
        answer = await self.calls.send(
            self.calls.client.chat_postEphemeral,
            channel=parcel.channel_id,
            user=parcel.user_id,
            thread_ts=parcel.thread_ts or None,
            **_content(parcel.messages[0]),
        )
        return Sent(parcel.channel_id, answer["message_ts"]) if isinstance(answer, AsyncSlackResponse) else answer

    async def _join_and_send(self, parcel: Parcel, why: JoinFirst) -> Outcome:
        answer = await self.calls.ask(self.calls.client.conversations_join, channel=parcel.channel_id)
        if isinstance(answer, Later):
            return answer
        if not isinstance(answer, AsyncSlackResponse):
            lacks = answer.lacks if isinstance(answer, Refused) else ""
            return Refused(why.error, Scope.CHANNEL, lacks)
        outcome = await self._once(parcel)
        return Refused(why.error, Scope.CHANNEL) if isinstance(outcome, JoinFirst) else outcome

    async def _look_for_channel(self, parcel: Parcel, refused: Refused) -> Outcome:
        """What Slack says of a channel that was not found: a channel is not paused for one odd answer."""
        answer = await self.calls.ask(self.calls.client.conversations_info, channel=parcel.channel_id)
        if isinstance(answer, AsyncSlackResponse):
            if (answer.get("channel") or {}).get("is_archived"):
                return Refused("is_archived", Scope.CHANNEL)
            return Later(RETRY_SECONDS, refused.error)
        if isinstance(answer, Later) or (isinstance(answer, Refused) and answer.scope is Scope.WORKSPACE):
            return answer
        return refused

    async def _channel(self, parcel: Parcel) -> str | Outcome:
        """The channel to post to, opening the conversation with the person if it is not known."""
        if parcel.channel_id:
            return parcel.channel_id
        answer = await self.calls.ask(self.calls.client.conversations_open, users=[parcel.user_id])
        if not isinstance(answer, AsyncSlackResponse):
            return answer
        channel_id: str = answer["channel"]["id"]
        return channel_id

    def _final(self, parcel: Parcel, outcome: Outcome) -> Outcome:
        """The outcome with nothing left to try."""
        if isinstance(outcome, Degraded | ToDirect):
            return Refused(outcome.error)
        if isinstance(outcome, JoinFirst):
            return Refused(outcome.error, Scope.CHANNEL)
        if isinstance(outcome, Later) and outcome.may_be_sent and parcel.kind == LetterKind.EPHEMERAL:
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
