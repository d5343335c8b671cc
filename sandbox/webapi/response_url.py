"""Answers that come by a response URL, or in the acknowledgement of a command."""

from typing import Any

from sandbox.slack import World
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, TooFast
from sandbox.webapi.message_content import Content, composed
from sandbox.webapi.methods.chat import bot_message
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message, message_json
from sandbox.workspace.response_urls import ResponseUrl

KNOWN = frozenset(
    (
        *("text", "blocks", "attachments", "metadata", "response_type", "replace_original", "delete_original"),
        *("thread_ts", "unfurl_links", "unfurl_media", "unfurl_app_links", "mrkdwn", "link_names", "parse"),
    )
)


def respond(world: World, target: ResponseUrl, body: dict[str, Any]) -> None:
    """Do what an answer says: post, replace or delete; raises ApiError where Slack would refuse it.

    That is also where the app could not post, and where who acted was deactivated since. Only what is posted counts as
    a message in its channel.
    """
    arguments = Arguments(body)
    channel = world.workspace.channels.get(target.channel_id)
    if channel is None:
        raise ApiError("channel_not_found")
    _refuse_closed(world, channel, target)
    if set(body) - KNOWN:
        raise ApiError("invalid_payload")
    original = _original(channel, target)
    if arguments.flag("delete_original"):
        _delete(world, _required(original))
    elif arguments.flag("replace_original", default=_overwrites(arguments, original)):
        message = _required(original)
        _refuse_other_readers(message, arguments)
        _replace(world, message, composed(world, arguments))
    else:
        _post(world, channel, target, arguments)


def _refuse_closed(world: World, channel: Channel, target: ResponseUrl) -> None:
    if not world.workspace.is_installed:
        raise ApiError("account_inactive")
    if channel.is_archived:
        raise ApiError("is_archived")
    if world.workspace.users[target.user_id].deleted:
        raise ApiError("user_not_in_channel")


def _refuse_other_readers(message: Message, arguments: Arguments) -> None:
    """A message for one person never becomes one for everybody, nor the other way round."""
    kind = "in_channel" if message.ephemeral_to is None else "ephemeral"
    if arguments.text_or_none("response_type") not in (None, kind):
        raise ApiError("invalid_response_type")


def _overwrites(arguments: Arguments, original: Message | None) -> bool:
    """Whether an answer for a thread replaces the message it belongs to: Slack wants to be told that it does not."""
    return original is not None and arguments.has("thread_ts")


def _post(world: World, channel: Channel, target: ResponseUrl, arguments: Arguments) -> None:
    kind = arguments.text_or_none("response_type") or "ephemeral"
    if kind not in ("ephemeral", "in_channel"):
        raise ApiError("invalid_response_type")
    if kind == "in_channel" and channel.is_read_only:
        raise ApiError("restricted_action_read_only_channel")
    # Slack puts into a thread only what everybody sees
    thread_ts = arguments.text_or_none("thread_ts") if kind == "in_channel" else None
    if thread_ts and channel.message(thread_ts) is None:
        raise ApiError("thread_not_found")
    content = composed(world, arguments)
    wait = world.limits.take_answer(channel.id, world.workspace.now()) if world.limits is not None else 0
    if wait:
        raise TooFast(wait)
    message = bot_message(world, channel, content, thread_ts=thread_ts)
    message.ephemeral_to = target.user_id if kind == "ephemeral" else None
    world.workspace.store(message)
    if message.is_public and world.workspace.bot.id in channel.members:
        world.events.message_posted(message)


def _replace(world: World, message: Message, content: Content) -> None:
    previous = message_json(message)
    message.text, message.blocks, message.attachments = content.text, content.blocks, content.attachments
    if content.has_metadata:
        message.metadata = content.metadata
    message.states = {}
    if message.ephemeral_to is None:
        message.edited_ts, message.edited_by = world.workspace.new_ts(), world.workspace.bot.id
        world.events.message_changed(message, previous)
    world.workspace.changes.happened()


def _delete(world: World, message: Message) -> None:
    previous = message_json(message)
    message.deleted = True
    if message.ephemeral_to is None:
        world.events.message_deleted(message, previous)
    world.workspace.changes.happened()


def _original(channel: Channel, target: ResponseUrl) -> Message | None:
    """The app's own message that the address belongs to: none after a command, none where a person wrote it."""
    for message in channel.messages:
        if message.ts == target.message_ts and not message.deleted and message.app_id is not None:
            return message
    return None


def _required(original: Message | None) -> Message:
    if original is None:
        raise ApiError("message_not_found")
    return original
