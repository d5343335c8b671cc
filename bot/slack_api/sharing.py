"""Channels shared with another company."""

import asyncio

from slack_sdk.errors import SlackApiError

from bot.slack_api.errors import UNREACHED
from bot.slack_api.workspaces import Workspaces

ANSWER_WITHIN_SECONDS = 1.0
"""Short, because Slack lets a command open a form for three seconds only."""


async def is_shared_outside(known: Workspaces, workspace_id: str, channel_id: str) -> bool | None:
    """Return whether the channel is shared with another company, None when Slack does not say so in time."""
    client = await known.client_of(workspace_id)
    if client is None:
        return None
    try:
        async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
            answer = await client.conversations_info(channel=channel_id)
    except (SlackApiError, *UNREACHED):
        return None
    return is_shared(answer.get("channel"))


def is_shared(channel: object) -> bool:
    """Return whether Slack's channel object marks the channel as shared with another company."""
    return isinstance(channel, dict) and bool(channel.get("is_ext_shared"))
