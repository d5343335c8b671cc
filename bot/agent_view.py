"""The agent view of a direct conversation: questions suggested there, titles and status of its threads, and streams."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from agendas.rendering.blockkit import Rendered
from agendas.rendering.mrkdwn import as_markdown
from agendas.text.limits import shortened
from bot.slack_api import UNREACHED, Workspaces, error_code
from handlers.edge.deps import SessionStatus

WITHIN_SECONDS = 2.0
TITLE_CHARACTERS = 60
SESSION_CHARACTERS = 200
"""Slack's limit of the title of a thread."""
PROMPTS = 4
"""Slack shows no more."""

view_log = logging.getLogger("cadence.slack")


async def set_session(
    known: Workspaces, workspace_id: str, channel_id: str, thread_ts: str, status: SessionStatus, title: str
) -> None:
    """Set the status of a thread, and its title where one is given. Slack ends `processing` by itself in an hour."""
    short = shortened(" ".join(title.split()), SESSION_CHARACTERS) or None

    def call(client: AsyncWebClient) -> Awaitable[Any]:
        return client.agents_sessions_setStatus(channel_id=channel_id, thread_ts=thread_ts, status=status, title=short)

    await _show(known, workspace_id, call)


async def suggest(known: Workspaces, workspace_id: str, channel_id: str, questions: Sequence[str]) -> None:
    """Show these questions to the person who opened the conversation, four at most."""
    prompts = [{"title": each[:TITLE_CHARACTERS], "message": each} for each in questions[:PROMPTS]]

    def call(client: AsyncWebClient) -> Awaitable[Any]:
        return client.assistant_threads_setSuggestedPrompts(channel_id=channel_id, prompts=prompts)

    if prompts:
        await _show(known, workspace_id, call)


async def _show(known: Workspaces, workspace_id: str, call: Callable[[AsyncWebClient], Awaitable[Any]]) -> Any:
    """Return Slack's answer; a failure is only logged, since some workspaces have no agent view, and gives None."""
    client = await known.client_of(workspace_id)
    if client is None:
        return None
    try:
        async with asyncio.timeout(WITHIN_SECONDS):
            return await call(client)
    except SlackApiError as error:
        view_log.info("not_shown", extra={"workspace": workspace_id, "error": error_code(error)})
    except UNREACHED:
        view_log.info("not_shown", extra={"workspace": workspace_id, "error": "unreached"})
    return None


# Streams: a message that grows while its answer is written.


class AnswerStream:
    """An answer that is shown sentence by sentence; what Slack does not take is left to the letter in its place.

    `ts` is that of its message, '' before the first sentence.
    """

    def __init__(self, known: Workspaces, workspace_id: str, channel_id: str, thread_ts: str, ts: str) -> None:
        self._known = known
        self._workspace_id = workspace_id
        self._channel_id = channel_id
        self._thread_ts = thread_ts
        self._is_broken = False
        self.ts = ts

    async def show(self, sentence: str) -> None:
        """Add a sentence, raw, on a line of its own."""
        text = as_markdown(sentence)
        if self._is_broken:
            return
        if self.ts:
            said = await self._called(
                lambda client: client.chat_appendStream(
                    channel=self._channel_id, ts=self.ts, markdown_text=f"\n\n{text}"
                )
            )
        else:
            said = await self._called(
                lambda client: client.chat_startStream(
                    channel=self._channel_id, thread_ts=self._thread_ts, markdown_text=text
                )
            )
            self.ts = said["ts"] if said is not None else ""
        self._is_broken = said is None

    async def finish(self, below: Rendered) -> bool:
        """End the stream with what follows its sentences; return whether the whole answer is shown."""
        if not self.ts or self._is_broken:
            return False
        said = await self._called(
            lambda client: client.chat_stopStream(channel=self._channel_id, ts=self.ts, blocks=below.blocks)
        )
        return said is not None

    async def withdraw(self) -> None:
        """Take its message away, so that a letter can say the whole."""
        if self.ts:
            await self._called(lambda client: client.chat_delete(channel=self._channel_id, ts=self.ts))

    async def _called(self, call: Callable[[AsyncWebClient], Awaitable[Any]]) -> Any:
        """Return Slack's answer, None where it has no such thing or cannot be reached."""
        return await _show(self._known, self._workspace_id, call)
