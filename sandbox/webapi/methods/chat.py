"""chat.*: posting, editing and deleting messages."""

from typing import Any

from sandbox.slack import World
from sandbox.webapi.access import known_channel, postable_channel, stored_message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.webapi.file_access import seen_file
from sandbox.webapi.message_content import Content, composed
from sandbox.workspace.channels import Channel
from sandbox.workspace.files import file_json
from sandbox.workspace.messages import Message, message_json


def post_message(world: World, arguments: Arguments) -> dict[str, Any]:
    """chat.postMessage."""
    channel = postable_channel(world, arguments.text("channel"))
    content = composed(world, arguments)
    thread_ts = thread_of(channel, arguments)
    message = bot_message(world, channel, content, thread_ts=thread_ts)
    message.reply_broadcast = arguments.flag("reply_broadcast") and thread_ts is not None
    if message.reply_broadcast:
        message.subtype = "thread_broadcast"
    world.workspace.store(message)
    world.events.message_posted(message)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(message)}


def post_ephemeral(world: World, arguments: Arguments) -> dict[str, Any]:
    """chat.postEphemeral: only ``user`` sees it, and only if they are in the channel."""
    channel = postable_channel(world, arguments.text("channel"))
    user_id = arguments.text("user")
    user = world.workspace.users.get(user_id)
    if user is None or user.deleted or user_id not in channel.members:
        raise ApiError("user_not_in_channel")
    content = composed(world, arguments)
    message = bot_message(world, channel, content, thread_ts=thread_of(channel, arguments))
    message.ephemeral_to = user_id
    world.workspace.store(message)
    return {"message_ts": message.ts}


def update(world: World, arguments: Arguments) -> dict[str, Any]:
    """chat.update: only the bot's own messages; ephemerals are not found. Omitted metadata and files stay."""
    channel = known_channel(world, arguments.text("channel"))
    ts = arguments.text("ts")
    message = _own_message(world, channel, ts)
    content = composed(world, arguments, updating=True)
    files = [seen_file(world.workspace, file_id) for file_id in arguments.names("file_ids")]
    _refuse_archived(channel, "is_inactive")
    if content.blocks and _is_rich(message.blocks) != _is_rich(content.blocks) and message.blocks:
        raise ApiError("block_mismatch")
    previous = message_json(message)
    message.text, message.blocks, message.attachments = content.text, content.blocks, content.attachments
    if content.has_metadata:
        message.metadata = content.metadata
    if arguments.has("file_ids"):
        message.files = [file_json(file, origin=world.origin, team_id=world.workspace.team.id) for file in files]
    message.edited_ts, message.edited_by = world.workspace.new_ts(), world.workspace.bot.id
    message.states = {}
    world.workspace.changes.happened()
    world.events.message_changed(message, previous)
    return {"channel": channel.id, "ts": ts, "text": message.text, "message": message_json(message)}


def delete(world: World, arguments: Arguments) -> dict[str, Any]:
    """chat.delete: only the bot's own messages."""
    channel = known_channel(world, arguments.text("channel"))
    ts = arguments.text("ts")
    message = channel.message(ts)
    if message is None:
        raise ApiError("message_not_found")
    if message.bot_id != world.workspace.bot_id:
        raise ApiError("cant_delete_message")
    _refuse_archived(channel, "is_archived")
    previous = message_json(message)
    message.deleted = True
    world.workspace.changes.happened()
    world.events.message_deleted(message, previous)
    return {"channel": channel.id, "ts": ts}


def bot_message(world: World, channel: Channel, content: Content, *, thread_ts: str | None) -> Message:
    """A message of the bot with this content, not stored yet."""
    workspace = world.workspace
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


def thread_of(channel: Channel, arguments: Arguments) -> str | None:
    """The thread that a message goes to; ``thread_not_found`` or ``cannot_reply_to_message`` where it cannot."""
    thread_ts = arguments.text_or_none("thread_ts")
    if not thread_ts:
        return None
    root = stored_message(channel, thread_ts, error="thread_not_found")
    if root.is_reply or root.subtype == "channel_join":
        raise ApiError("cannot_reply_to_message")
    return thread_ts


def _own_message(world: World, channel: Channel, ts: str) -> Message:
    message = channel.message(ts)
    if message is None:
        raise ApiError("message_not_found")
    if message.bot_id != world.workspace.bot_id:
        raise ApiError("cant_update_message")
    return message


def _is_rich(blocks: list[dict[str, Any]]) -> bool:
    """Whether there is nothing but rich text, as in what people type: it never becomes anything else."""
    return all(block["type"] == "rich_text" for block in blocks)


def _refuse_archived(channel: Channel, error: str) -> None:
    if channel.is_archived:
        raise ApiError(error)
