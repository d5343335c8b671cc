"""The agent view of a direct conversation: questions suggested there, and that a question is being read."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_api.errors import UNREACHED, error_code
from bot.slack_api.workspaces import Workspaces

WITHIN_SECONDS = 2.0
STATUS = "is reading the question"
TITLE_CHARACTERS = 60
PROMPTS = 4
"""Slack shows no more."""

log = logging.getLogger("cadence.slack")


async def show_reading(known: Workspaces, workspace_id: str, channel_id: str, thread_ts: str) -> None:
    """Show in the thread that its question is being read; Slack takes it away when the answer is posted."""

    def call(client: AsyncWebClient) -> Awaitable[Any]:
        return client.assistant_threads_setStatus(channel_id=channel_id, thread_ts=thread_ts, status=STATUS)

    await _show(known, workspace_id, call)


async def suggest(known: Workspaces, workspace_id: str, channel_id: str, questions: Sequence[str]) -> None:
    """Show these questions to the person who opened the conversation, four at most."""
    prompts = [{"title": each[:TITLE_CHARACTERS], "message": each} for each in questions[:PROMPTS]]

    def call(client: AsyncWebClient) -> Awaitable[Any]:
        return client.assistant_threads_setSuggestedPrompts(channel_id=channel_id, prompts=prompts)

    if prompts:
        await _show(known, workspace_id, call)


async def _show(known: Workspaces, workspace_id: str, call: Callable[[AsyncWebClient], Awaitable[Any]]) -> None:
    """Make the call; where it fails nothing is lost but an ornament, as in a workspace without the agent view."""
    client = await known.client_of(workspace_id)
    if client is None:
        return
    try:
        async with asyncio.timeout(WITHIN_SECONDS):
            await call(client)
    except SlackApiError as error:
        log.info("not_shown", extra={"workspace": workspace_id, "error": error_code(error)})
    except UNREACHED:
        log.info("not_shown", extra={"workspace": workspace_id, "error": "unreached"})
