"""chat.*: posting, editing and deleting messages."""

from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.access import known_channel, postable_channel, stored_message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.webapi.file_access import visible_file
from sandbox.webapi.message_content import MessageContent, read_content
from sandbox.workspace.channels import Channel
from sandbox.workspace.files import file_json
from sandbox.workspace.messages import Message, message_json


def post_message(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """chat.postMessage."""
    channel = postable_channel(slack, arguments.text("channel"))
    content = read_content(slack, arguments)
    thread_ts = thread_argument(channel, arguments)
    message = bot_message(slack, channel, content, thread_ts=thread_ts)
    message.reply_broadcast = arguments.flag("reply_broadcast") and thread_ts is not None
    if message.reply_broadcast:
        message.subtype = "thread_broadcast"
    slack.workspace.store(message)
    slack.events.message_posted(message)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(message)}


def post_ephemeral(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """chat.postEphemeral: only ``user`` sees it, and only if they are in the channel."""
    channel = postable_channel(slack, arguments.text("channel"))
    user_id = arguments.text("user")
    user = slack.workspace.users.get(user_id)
    if user is None or user.deleted or user_id not in channel.members:
        raise ApiError("user_not_in_channel")
    content = read_content(slack, arguments, ephemeral=True)
    message = bot_message(slack, channel, content, thread_ts=thread_argument(channel, arguments))
    message.ephemeral_to = user_id
    slack.workspace.store(message)
    return {"message_ts": message.ts}


def update(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """chat.update: only the bot's own messages, no ephemerals. Omitted metadata and files stay."""
    channel = known_channel(slack, arguments.text("channel"))
    ts = arguments.text("ts")
    message = _own_message(slack, channel, ts)
    content = read_content(slack, arguments, updating=True)
    files = [visible_file(slack.workspace, file_id) for file_id in arguments.strings("file_ids")]
    _refuse_archived(channel, "is_inactive")
    if content.blocks and _is_rich(message.blocks) != _is_rich(content.blocks) and message.blocks:
        raise ApiError("block_mismatch")
    previous = message_json(message)
    message.text, message.blocks, message.attachments = content.text, content.blocks, content.attachments
    if content.has_metadata:
        message.metadata = content.metadata
    if arguments.has("file_ids"):
        message.files = [file_json(file, origin=slack.origin, team_id=slack.workspace.team.id) for file in files]
    message.edited_ts, message.edited_by = slack.workspace.new_ts(), slack.workspace.bot.id
    message.states = {}
    slack.workspace.changes.happened()
    slack.events.message_changed(message, previous)
    return {"channel": channel.id, "ts": ts, "text": message.text, "message": message_json(message)}


def delete(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """chat.delete: only the bot's own messages."""
    channel = known_channel(slack, arguments.text("channel"))
    ts = arguments.text("ts")
    message = channel.message(ts)
    if message is None:
        raise ApiError("message_not_found")
    if message.bot_id != slack.workspace.bot_id:
        raise ApiError("cant_delete_message")
    _refuse_archived(channel, "is_archived")
    previous = message_json(message)
    message.deleted = True
    slack.workspace.changes.happened()
    slack.events.message_deleted(message, previous)
    return {"channel": channel.id, "ts": ts}


def bot_message(slack: Slack, channel: Channel, content: MessageContent, *, thread_ts: str | None) -> Message:
    """Return a message of the bot with this content, not stored yet."""
    workspace = slack.workspace
    return Message(
        channel_id=channel.id,
        ts=workspace.new_ts(),
        user_id=workspace.bot.id,
        text=content.text,
        blocks=content.blocks,
        attachments=content.attachments,
        thread_ts=thread_ts,
        bot_id=workspace.bot_id,
        app_id=workspace.app_id,
        bot_name=workspace.manifest.bot_name,
        team_id=workspace.team.id,
        metadata=content.metadata,
        has_previews=content.has_previews,
    )


def thread_argument(channel: Channel, arguments: Arguments) -> str | None:
    """Return the thread to post in, None for none; raises ``thread_not_found`` or ``cannot_reply_to_message``."""
    thread_ts = arguments.text_or_none("thread_ts")
    if not thread_ts:
        return None
    root = stored_message(channel, thread_ts, error="thread_not_found")
    if root.is_reply or root.subtype == "channel_join":
        raise ApiError("cannot_reply_to_message")
    return thread_ts


def _own_message(slack: Slack, channel: Channel, ts: str) -> Message:
    message = channel.message(ts)
    if message is None:
        raise ApiError("message_not_found")
    if message.bot_id != slack.workspace.bot_id:
        raise ApiError("cant_update_message")
    return message


def _is_rich(blocks: list[dict[str, Any]]) -> bool:
    """Return True for rich text alone, which Slack never turns into other blocks."""
    return all(block["type"] == "rich_text" for block in blocks)


def _refuse_archived(channel: Channel, error: str) -> None:
    if channel.is_archived:
        raise ApiError(error)
