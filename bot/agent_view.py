"""The agent view of a direct conversation: questions suggested there, and titles and status of its threads."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from agendas.text.limits import shortened
from bot.slack_api import UNREACHED, Workspaces, error_code
from handlers.edge.deps import SessionStatus

WITHIN_SECONDS = 2.0
"""The longest wait for Slack's answer."""
TITLE_CHARACTERS = 60
"""Characters of a suggested question that its button shows; pressing it asks the whole question."""
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


async def show_prompts(known: Workspaces, workspace_id: str, channel_id: str, questions: Sequence[str]) -> None:
    """Show these questions to the person who opened the conversation, four at most."""
    prompts = [{"title": each[:TITLE_CHARACTERS], "message": each} for each in questions[:PROMPTS]]

    def call(client: AsyncWebClient) -> Awaitable[Any]:
        return client.assistant_threads_setSuggestedPrompts(channel_id=channel_id, prompts=prompts)

    if prompts:
        await _show(known, workspace_id, call)


async def _show(known: Workspaces, workspace_id: str, call: Callable[[AsyncWebClient], Awaitable[Any]]) -> None:
    """Make the call for the workspace; only log a failure, as nothing depends on it and not all have the agent view."""
    client = await known.client_of(workspace_id)
    # the bot was removed there
    if client is None:
        return
    try:
        async with asyncio.timeout(WITHIN_SECONDS):
            await call(client)
    except SlackApiError as error:
        view_log.info("not_shown", extra={"workspace": workspace_id, "error": error_code(error)})
    except UNREACHED:
        view_log.info("not_shown", extra={"workspace": workspace_id, "error": "unreached"})
