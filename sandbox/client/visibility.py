"""The people, channels, messages and views that an action may use; NotPossible for all others."""

from sandbox.client.targets import MessageTarget
from sandbox.content.input_state import NotPossible
from sandbox.slack import Slack
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.users import User
from sandbox.workspace.views import View


def active_user(slack: Slack, user_id: str) -> User:
    """Return the person; raises NotPossible for a deactivated one, KeyError for an unknown id."""
    user = slack.workspace.users[user_id]
    if user.deleted:
        raise NotPossible(f"{user.name} is deactivated and cannot do anything.")
    return user


def visible_channel(slack: Slack, user_id: str, channel_id: str) -> Channel:
    """Return the channel if this person can open it; private ones and direct messages need membership."""
    channel = slack.workspace.channels[channel_id]
    guest = slack.workspace.users[user_id].is_guest
    if user_id not in channel.members and (channel.is_private or guest):
        raise NotPossible(f"{slack.workspace.users[user_id].name} cannot see #{channel.name}.")
    return channel


def visible_message(slack: Slack, user_id: str, target: MessageTarget) -> Message:
    """Return the message if this person can see it; not deleted ones or other people's ephemerals."""
    channel = visible_channel(slack, user_id, target.channel_id)
    for message in channel.visible_to(user_id):
        if message.ts == target.ts:
            return message
    raise NotPossible(f"There is no message {target.ts} to see in #{channel.name}.")


def open_view(slack: Slack, user_id: str, view_id: str) -> View:
    """Return the view if it is this person's and still open."""
    view = slack.workspace.views.known.get(view_id)
    if view is None or view.user_id != user_id or not view.is_open:
        raise NotPossible("This view is not open any more.")
    return view


def front_view(slack: Slack, user_id: str, view_id: str) -> View:
    """Return the view if it is a Home, or the modal on top of this person's stack."""
    view = open_view(slack, user_id, view_id)
    if view.is_modal and slack.workspace.views.top(user_id) is not view:
        raise NotPossible("Another form is in front of this one.")
    return view
