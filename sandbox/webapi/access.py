"""Which channels and people the bot may reach, and Slack's error where it may not."""

from sandbox.slack import Slack
from sandbox.webapi.errors import ApiError
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.users import User


def known_channel(slack: Slack, channel_id: str) -> Channel:
    """The channel, if the bot may know of it; a private one without the bot is ``channel_not_found``."""
    workspace = slack.workspace
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and workspace.bot.id not in channel.members):
        raise ApiError("channel_not_found")
    return channel


def readable_channel(slack: Slack, channel_id: str) -> Channel:
    """The channel, if the bot is in it; else ``not_in_channel``."""
    channel = known_channel(slack, channel_id)
    if slack.workspace.bot.id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def postable_channel(slack: Slack, channel_id: str) -> Channel:
    """Where a message may go: a channel id, or a person's id for the direct message with them.

    Slack takes what goes into a conversation that is there, also when the person was deactivated since and nobody will
    read it. Raises ``not_in_channel``, ``channel_not_found`` (also for a deactivated person without a conversation),
    ``is_archived`` and, where only those who manage the channel may post, ``restricted_action_read_only_channel``.
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
    """The channel, if it takes messages; else ``is_archived`` or ``restricted_action_read_only_channel``."""
    if channel.is_archived:
        raise ApiError("is_archived")
    if channel.is_read_only:
        raise ApiError("restricted_action_read_only_channel")
    return channel


def reachable_user(slack: Slack, user_id: str, *, error: str) -> User:
    """A person whom the bot may write to; ``error`` is the code for one who is deactivated, a bot or unknown."""
    user = slack.workspace.users.get(user_id)
    if user is None or user.deleted or user.is_bot or user.is_stranger:
        raise ApiError(error)
    return user


def stored_message(channel: Channel, ts: str, *, error: str = "message_not_found") -> Message:
    """The message with this ts; ``error`` when there is none."""
    message = channel.message(ts)
    if message is None:
        raise ApiError(error)
    return message
