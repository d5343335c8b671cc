"""Responses of the app by response URL, or in the acknowledgement of a command."""

from typing import Any

from sandbox.limits import acknowledgement_problems
from sandbox.slack import Slack
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, RateLimited, invalid_blocks
from sandbox.webapi.message_content import MessageContent, read_content
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


def respond(slack: Slack, target: ResponseUrl, body: dict[str, Any], *, in_ack: bool = False) -> None:
    """Carry out a response: post, replace or delete; raises ApiError where Slack would refuse it.

    Refused too where the app could not post, and when the person was deactivated since. Only new messages for everybody
    count for the rate limit of the channel. One ``in_ack`` counts too, but is never refused for it: nobody could send
    it again.
    """
    arguments = Arguments(body)
    channel = slack.workspace.channels.get(target.channel_id)
    if channel is None:
        raise ApiError("channel_not_found")
    _refuse_closed_channel(slack, channel, target)
    if set(body) - KNOWN:
        raise ApiError("invalid_payload")
    original = _original(channel, target)
    if arguments.flag("delete_original"):
        _delete(slack, _required(original))
    elif arguments.flag("replace_original", default=_overwrites(arguments, original)):
        message = _required(original)
        _refuse_other_readers(message, arguments)
        content = read_content(slack, arguments, ephemeral=message.ephemeral_to is not None)
        _replace(slack, message, content)
    else:
        message = _new_message(slack, channel, target, arguments)
        if message.is_public:
            _count(slack, channel, in_ack=in_ack)
        _post(slack, channel, message)


def respond_in_acknowledgement(slack: Slack, target: ResponseUrl, body: dict[str, Any]) -> None:
    """Carry out the response in the acknowledgement of a command; raises ApiError where Slack would refuse it."""
    if problems := acknowledgement_problems(body.get("blocks")):
        raise invalid_blocks(problems)
    respond(slack, target, body, in_ack=True)


def _refuse_closed_channel(slack: Slack, channel: Channel, target: ResponseUrl) -> None:
    if not slack.workspace.is_installed:
        raise ApiError("account_inactive")
    if channel.is_archived:
        raise ApiError("is_archived")
    if slack.workspace.users[target.user_id].deleted:
        raise ApiError("user_not_in_channel")


def _refuse_other_readers(message: Message, arguments: Arguments) -> None:
    """Refuse to replace an ephemeral message by a public one, or the reverse."""
    kind = "in_channel" if message.ephemeral_to is None else "ephemeral"
    if arguments.text_or_none("response_type") not in (None, kind):
        raise ApiError("invalid_response_type")


def _overwrites(arguments: Arguments, original: Message | None) -> bool:
    """Return True for a response to a thread, which replaces the message unless it says that it does not."""
    return original is not None and arguments.has("thread_ts")


def _new_message(slack: Slack, channel: Channel, target: ResponseUrl, arguments: Arguments) -> Message:
    """Return the message to post, not stored yet."""
    kind = arguments.text_or_none("response_type") or "ephemeral"
    if kind not in ("ephemeral", "in_channel"):
        raise ApiError("invalid_response_type")
    if kind == "in_channel" and channel.is_read_only:
        raise ApiError("restricted_action_read_only_channel")
    # Slack puts only public messages into a thread
    thread_ts = arguments.text_or_none("thread_ts") if kind == "in_channel" else None
    if thread_ts and channel.message(thread_ts) is None:
        raise ApiError("thread_not_found")
    content = read_content(slack, arguments, ephemeral=kind == "ephemeral")
    message = bot_message(slack, channel, content, thread_ts=thread_ts)
    message.ephemeral_to = target.user_id if kind == "ephemeral" else None
    return message


def _count(slack: Slack, channel: Channel, *, in_ack: bool) -> None:
    """Count a message for the channel's rate limit; raises RateLimited above it, but not in an acknowledgement."""
    if slack.limits is None:
        return
    now = slack.workspace.now()
    if in_ack:
        slack.limits.count_message(channel.id, now)
    elif wait := slack.limits.take_response(channel.id, now):
        raise RateLimited(wait)


def _post(slack: Slack, channel: Channel, message: Message) -> None:
    slack.workspace.store(message)
    if message.is_public and slack.workspace.bot.id in channel.members:
        slack.events.message_posted(message)


def _replace(slack: Slack, message: Message, content: MessageContent) -> None:
    previous = message_json(message)
    message.text, message.blocks, message.attachments = content.text, content.blocks, content.attachments
    if content.has_metadata:
        message.metadata = content.metadata
    message.states = {}
    if message.ephemeral_to is None:
        message.edited_ts, message.edited_by = slack.workspace.new_ts(), slack.workspace.bot.id
        slack.events.message_changed(message, previous)
    slack.workspace.changes.happened()


def _delete(slack: Slack, message: Message) -> None:
    previous = message_json(message)
    message.deleted = True
    if message.ephemeral_to is None:
        slack.events.message_deleted(message, previous)
    slack.workspace.changes.happened()


def _original(channel: Channel, target: ResponseUrl) -> Message | None:
    """Return the app's message that the URL belongs to; None after a command, or for a person's message."""
    for message in channel.messages:
        if message.ts == target.message_ts and not message.deleted and message.app_id is not None:
            return message
    return None


def _required(original: Message | None) -> Message:
    if original is None:
        raise ApiError("message_not_found")
    return original
