"""Access of the bot to channels, people and messages, with Slack's error where it has none."""

from sandbox.slack import Slack
from sandbox.webapi.errors import ApiError
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.users import User


def known_channel(slack: Slack, channel_id: str) -> Channel:
    """Return the channel if the bot can see it; a private one without the bot is ``channel_not_found``."""
    workspace = slack.workspace
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and workspace.bot.id not in channel.members):
        raise ApiError("channel_not_found")
    return channel


def readable_channel(slack: Slack, channel_id: str) -> Channel:
    """Return the channel if the bot is in it; else ``not_in_channel``."""
    channel = known_channel(slack, channel_id)
    if slack.workspace.bot.id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def postable_channel(slack: Slack, channel_id: str) -> Channel:
    """Return the channel to post in: by its id, or by a person's id for the direct message with them.

    Slack takes messages for an existing direct message even when the person was deactivated since. Raises
    ``not_in_channel``, ``channel_not_found`` (also for a deactivated person without a direct message), ``is_archived``
    and, where only managers may post, ``restricted_action_read_only_channel``.
    """
    workspace = slack.workspace
    if channel_id in workspace.users:
        channel = workspace.known_im(channel_id) or workspace.im(
            reachable_user(slack, channel_id, error="channel_not_found").id
        )
    else:
        channel = known_channel(slack, channel_id)
    joined = workspace.bot.id in channel.members
    if not joined and not channel.is_archived and "chat:write.public" not in slack.scopes:
        raise ApiError("not_in_channel")
    return open_channel(channel)


def open_channel(channel: Channel) -> Channel:
    """Return the channel if it takes messages; else ``is_archived`` or ``restricted_action_read_only_channel``."""
    if channel.is_archived:
        raise ApiError("is_archived")
    if channel.is_read_only:
        raise ApiError("restricted_action_read_only_channel")
    return channel


def reachable_user(slack: Slack, user_id: str, *, error: str) -> User:
    """Return a person the bot may write to; raises ``error`` for a deactivated or unknown one, or a bot."""
    user = slack.workspace.users.get(user_id)
    if user is None or user.deleted or user.is_bot or user.is_stranger:
        raise ApiError(error)
    return user


def stored_message(channel: Channel, ts: str, *, error: str = "message_not_found") -> Message:
    """Return the message with this ts; raises ``error`` when there is none."""
    message = channel.message(ts)
    if message is None:
        raise ApiError(error)
    return message
