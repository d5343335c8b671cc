"""Sending one prepared message to Slack, with the fallbacks that its errors call for."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.rendering.letter_mark import with_mark
from bot.delivery.calls import SlackCalls
from bot.delivery.prepared import PreparedMessage, text_only, without_newer_blocks
from bot.delivery.search import find_posted, metadata_of, search_failed
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
class MessageSender:
    """Sends and finds the messages of one workspace."""

    calls: SlackCalls

    async def send(self, prepared: PreparedMessage) -> Outcome:
        """Send the message and return the outcome; join the channel, go direct or drop blocks, each at most once.

        Newer blocks are dropped first, and all of them when Slack refuses the plain ones too.
        """
        outcome = await self._once(prepared)
        # a form may be opened in a direct conversation of other people, where the bot is not a member either
        # a conversation that was known may be gone, and one with the person is opened anew
        is_there = prepared.channel_id or prepared.conversation
        if prepared.kind == LetterKind.EPHEMERAL or (prepared.kind == LetterKind.DIRECT and is_there):
            outcome = _or_direct(outcome)
        if isinstance(outcome, JoinFirst):
            outcome = await self._join_and_send(prepared, outcome)
        if isinstance(outcome, ToDirect):
            prepared = replace(prepared, kind=LetterKind.DIRECT, channel_id="", thread_ts="", conversation="")
            outcome = await self._once(prepared)
        if isinstance(outcome, Degraded) and any(each.plain for each in prepared.messages):
            log.warning("newer_blocks_refused", extra={"letter": prepared.letter.id, "error": outcome.error})
            prepared = replace(prepared, messages=tuple(map(without_newer_blocks, prepared.messages)))
            outcome = await self._once(prepared)
        if isinstance(outcome, Degraded):
            log.error("blocks_refused", extra={"letter": prepared.letter.id, "error": outcome.error})
            outcome = await self._once(replace(prepared, messages=tuple(map(text_only, prepared.messages))))
        outcome = self._final(prepared, outcome)
        if isinstance(outcome, Refused) and outcome.scope is Scope.CHANNEL and outcome.error == "channel_not_found":
            outcome = await self._check_channel(prepared, outcome)
        return outcome

    async def find(self, prepared: PreparedMessage, since: datetime) -> Outcome | None:
        """The message, if it was sent since then; None if it was not; else why nobody can tell."""
        if prepared.kind == LetterKind.EPHEMERAL:
            return Unsure("a message that only one person sees cannot be looked for")
        # opened even if one is known, which may be another than that of the attempt
        channel = await self._channel(replace(prepared, conversation=""))
        if not isinstance(channel, str):
            return search_failed(channel)
        return await find_posted(self.calls, prepared, channel_id=channel, since=since)

    async def _once(self, prepared: PreparedMessage) -> Outcome:
        if prepared.kind == LetterKind.EDIT:
            return await self._edit(prepared)
        if prepared.kind == LetterKind.EPHEMERAL:
            return await self._ephemeral(prepared)
        channel = await self._channel(prepared)
        return await self._post(prepared, channel) if isinstance(channel, str) else channel

    async def _post(self, prepared: PreparedMessage, channel_id: str) -> Outcome:
        # the turn was taken for the letter's own kind; one of an ephemeral message is none of chat.postMessage
        send = self.calls.send if prepared.kind == prepared.letter.kind else self.calls.send_unless_held
        answer = await send(
            self.calls.client.chat_postMessage,
            channel=channel_id,
            thread_ts=prepared.thread_ts or None,
            reply_broadcast=prepared.is_broadcast or None,
            metadata=metadata_of(prepared.letter.key),
            unfurl_links=False,
            unfurl_media=False,
            **_content(prepared),
        )
        return Sent(answer["channel"], answer["ts"]) if isinstance(answer, AsyncSlackResponse) else answer

    async def _edit(self, prepared: PreparedMessage) -> Outcome:
        update, content = self.calls.client.chat_update, _content(prepared)
        answer = await self.calls.send(update, channel=prepared.channel_id, ts=prepared.ts, **content)
        return Sent(prepared.channel_id, prepared.ts) if isinstance(answer, AsyncSlackResponse) else answer

    async def _ephemeral(self, prepared: PreparedMessage) -> Outcome:
        answer = await self.calls.send(
            self.calls.client.chat_postEphemeral,
            channel=prepared.channel_id,
            user=prepared.user_id,
            thread_ts=prepared.thread_ts or None,
            **_content(prepared),
        )
        return Sent(prepared.channel_id, answer["message_ts"]) if isinstance(answer, AsyncSlackResponse) else answer

    async def _join_and_send(self, prepared: PreparedMessage, why: JoinFirst) -> Outcome:
        answer = await self.calls.ask(self.calls.client.conversations_join, channel=prepared.channel_id)
        if isinstance(answer, Later):
            return answer
        if not isinstance(answer, AsyncSlackResponse):
            lacks = answer.lacks if isinstance(answer, Refused) else ""
            return Refused(why.error, Scope.CHANNEL, lacks)
        outcome = await self._once(prepared)
        return Refused(why.error, Scope.CHANNEL) if isinstance(outcome, JoinFirst) else outcome

    async def _check_channel(self, prepared: PreparedMessage, refused: Refused) -> Outcome:
        """Ask Slack about a channel that was not found, so that one odd answer does not pause it."""
        answer = await self.calls.ask(self.calls.client.conversations_info, channel=prepared.channel_id)
        if isinstance(answer, AsyncSlackResponse):
            if (answer.get("channel") or {}).get("is_archived"):
                return Refused("is_archived", Scope.CHANNEL)
            return Later(RETRY_SECONDS, refused.error)
        if isinstance(answer, Later) or (isinstance(answer, Refused) and answer.scope is Scope.WORKSPACE):
            return answer
        return refused

    async def _channel(self, prepared: PreparedMessage) -> str | Outcome:
        """Return the channel to post to, opening the conversation with the person if need be."""
        if prepared.channel_id or prepared.conversation:
            return prepared.channel_id or prepared.conversation
        answer = await self.calls.ask(self.calls.client.conversations_open, users=[prepared.user_id])
        if not isinstance(answer, AsyncSlackResponse):
            return answer
        channel_id: str = answer["channel"]["id"]
        return channel_id

    def _final(self, prepared: PreparedMessage, outcome: Outcome) -> Outcome:
        """Return the outcome when there is nothing left to try."""
        if isinstance(outcome, Degraded | ToDirect):
            return Refused(outcome.error)
        if isinstance(outcome, JoinFirst):
            return Refused(outcome.error, Scope.CHANNEL)
        if isinstance(outcome, Later) and outcome.may_be_sent and prepared.kind == LetterKind.EPHEMERAL:
            return Unsure(outcome.error)
        if isinstance(outcome, Refused) and outcome.scope is Scope.CHANNEL and prepared.place[:1] not in ("C", "G"):
            return Refused(outcome.error)
        return outcome


def _or_direct(outcome: Outcome) -> Outcome:
    """Turn a channel's refusal of a message for one person into a direct message to that person."""
    if isinstance(outcome, JoinFirst) or (isinstance(outcome, Refused) and outcome.scope is Scope.CHANNEL):
        return ToDirect(outcome.error)
    return outcome


def _content(prepared: PreparedMessage) -> dict[str, Any]:
    """Return the arguments of text and blocks; an edit without blocks removes the message's old ones."""
    message = prepared.messages[0]
    text = {"text": message.text}
    return text | {"blocks": with_mark(message.blocks, prepared.marked_by)} if message.blocks else text
