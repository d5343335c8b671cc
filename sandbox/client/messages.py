"""Messages that people post in channels, threads and direct messages."""

import uuid

from sandbox.client.targets import Outcome
from sandbox.client.visibility import active_user, visible_channel
from sandbox.content.message_encoding import encode_message
from sandbox.content.rich_text import rich_text_of
from sandbox.slack import Slack
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.users import User


async def post(slack: Slack, user_id: str, channel_id: str, *, text: str, thread_ts: str | None) -> Outcome:
    """Post a message; only members of the channel can."""
    user, channel = active_user(slack, user_id), visible_channel(slack, user_id, channel_id)
    error = _posting_error(slack, user, channel, thread_ts)
    if error is not None:
        return Outcome(ok=False, error=error)
    encoded = encode_message(text, slack.workspace)
    message = Message(
        channel_id=channel.id,
        ts=slack.workspace.new_ts(),
        user_id=user.id,
        text=encoded,
        blocks=[rich_text_of(encoded)],
        thread_ts=thread_ts,
        team_id=user.team_id,
        client_msg_id=str(uuid.uuid4()),
    )
    slack.workspace.store(message)
    slack.events.message_posted(message)
    return Outcome(ok=True, ts=message.ts)


def _posting_error(slack: Slack, user: User, channel: Channel, thread_ts: str | None) -> str | None:
    if channel.is_archived:
        return f"#{channel.name} is archived."
    if user.id not in channel.members:
        return f"You are not in #{channel.name}. Join it to post."
    is_with_bot = channel.is_im and slack.workspace.bot.id in channel.members
    if is_with_bot and not slack.workspace.manifest.messages_tab_enabled:
        return "Sending messages to this app has been turned off."
    if thread_ts is not None and channel.message(thread_ts) is None:
        return "This thread is gone."
    return None
