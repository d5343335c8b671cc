"""What a person can reach: channels, messages and views that are in front of them."""

from sandbox.client.targets import MessagePlace
from sandbox.content.input_state import NotPossible
from sandbox.slack import World
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.users import User
from sandbox.workspace.views import View


def person(world: World, user_id: str) -> User:
    """The person; raises NotPossible for a deactivated one, KeyError for an unknown id."""
    user = world.workspace.users[user_id]
    if user.deleted:
        raise NotPossible(f"{user.name} is deactivated and cannot do anything.")
    return user


def sees_channel(world: World, user_id: str, channel_id: str) -> Channel:
    """The channel, if this person can open it; private ones and direct messages only from within."""
    channel = world.workspace.channels[channel_id]
    guest = world.workspace.users[user_id].is_guest
    if user_id not in channel.members and (channel.is_private or guest):
        raise NotPossible(f"{world.workspace.users[user_id].name} cannot see #{channel.name}.")
    return channel


def sees_message(world: World, user_id: str, place: MessagePlace) -> Message:
    """The message, if this person can see it; ephemerals of others and deleted ones are out of sight."""
    channel = sees_channel(world, user_id, place.channel_id)
    for message in channel.visible_to(user_id):
        if message.ts == place.ts:
            return message
    raise NotPossible(f"There is no message {place.ts} to see in #{channel.name}.")


def sees_view(world: World, user_id: str, view_id: str) -> View:
    """The view, if it is this person's and still shown."""
    view = world.workspace.views.known.get(view_id)
    if view is None or view.user_id != user_id or not view.is_open:
        raise NotPossible("This view is not open any more.")
    return view


def in_front(world: World, user_id: str, view_id: str) -> View:
    """The modal, if it is on top of this person's stack."""
    view = sees_view(world, user_id, view_id)
    if view.is_modal and world.workspace.views.top(user_id) is not view:
        raise NotPossible("Another form is in front of this one.")
    return view
