"""Channels as Slack tells of them: whether the bot is in one, and whether another company reads it."""

import asyncio

from slack_sdk.errors import SlackApiError

from bot.slack_api.errors import UNREACHED, error_code
from bot.slack_api.workspaces import Workspaces
from handlers.edge.deps import ChannelAnswer

ANSWER_WITHIN_SECONDS = 1.0
"""Short, because Slack lets a command open a form for three seconds only."""


async def ask_channel(known: Workspaces, workspace_id: str, channel_id: str) -> ChannelAnswer | None:
    """Return Slack's answer about the channel, None when there is none in time."""
    client = await known.client_of(workspace_id)
    if client is None:
        return None
    try:
        async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
            answer = await client.conversations_info(channel=channel_id)
    except SlackApiError as error:
        # of a private channel that the bot is not in, Slack says that there is none
        return ChannelAnswer(is_member=False, is_shared=None) if error_code(error) == "channel_not_found" else None
    except UNREACHED:
        return None
    channel = answer.get("channel")
    if not isinstance(channel, dict):
        return None
    name = channel.get("name")
    return ChannelAnswer(
        bool(channel.get("is_member")),
        bool(channel.get("is_archived")),
        is_shared(channel),
        name if isinstance(name, str) else "",
        is_private=channel.get("is_private") is not False,
    )


def is_shared(channel: object) -> bool:
    """Return whether Slack's channel object marks the channel as shared with another company."""
    return isinstance(channel, dict) and bool(channel.get("is_ext_shared"))
