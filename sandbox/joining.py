"""Somebody comes into a channel."""

from sandbox.channels import Channel
from sandbox.messages import Message
from sandbox.people import User
from sandbox.world import World


def join_channel(world: World, channel: Channel, user: User, *, inviter: User | None) -> None:
    """Add a person or the bot to a channel: a line in it, and ``member_joined_channel``."""
    channel.members.append(user.id)
    joined = Message(
        channel_id=channel.id,
        ts=world.workspace.new_ts(),
        user_id=user.id,
        text=f"<@{user.id}> has joined the channel",
        subtype="channel_join",
        team_id=user.team_id,
    )
    world.workspace.store(joined)
    world.events.message_posted(joined)
    world.events.member_changed(
        "member_joined_channel", channel, user.id, inviter=inviter.id if inviter is not None else None
    )
