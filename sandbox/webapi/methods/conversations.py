"""conversations.*: channels, direct messages, history and threads."""

import re
from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.access import known_channel, reachable_user, readable_channel, stored_message
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.webapi.paging import page
from sandbox.workspace.channels import Channel, channel_json
from sandbox.workspace.messages import Message, message_json, with_thread_counts

STAMP = re.compile(r"[0-9]+(\.[0-9]+)?")
KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def open_(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.open: open the direct message with one person."""
    workspace = slack.workspace
    if arguments.has("channel"):
        channel = known_channel(slack, arguments.text("channel"))
        return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}
    users = arguments.strings("users")
    if len(users) != 1:
        raise ApiError("users_list_not_supplied" if not users else "not_enough_users")
    if users[0] not in workspace.users:
        raise ApiError("user_not_found")
    user = reachable_user(slack, users[0], error="user_disabled")
    channel = workspace.im(user.id)
    shown = _channel_object(slack, channel) if arguments.flag("return_im") else {"id": channel.id}
    return {"channel": shown}


def info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.info."""
    channel = known_channel(slack, arguments.text("channel"))
    shown = _channel_object(slack, channel)
    if arguments.flag("include_num_members") and not channel.is_im:
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def of_user(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """users.conversations: the channels of a person (the bot by default) that the bot can see."""
    workspace = slack.workspace
    user_id = arguments.text_or_none("user") or workspace.bot.id
    if user_id not in workspace.users:
        raise ApiError("user_not_found")
    kinds = _kinds(arguments)
    found = [
        channel
        for channel in workspace.channels.values()
        if channel.kind in kinds
        and user_id in channel.members
        and (not channel.is_private or workspace.bot.id in channel.members)
    ]
    return _channels_page(slack, arguments, found)


def members(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.members."""
    channel = known_channel(slack, arguments.text("channel"))
    shown, more = page(channel.members, arguments, default=100, high=1000)
    return {"members": shown, **more}


def join(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.join: public channels only."""
    channel = known_channel(slack, arguments.text("channel"))
    if channel.is_private:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    bot_id = slack.workspace.bot.id
    if bot_id in channel.members:
        metadata = {"warnings": ["already_in_channel"]}
        return {
            "channel": _channel_object(slack, channel),
            "warning": "already_in_channel",
            "response_metadata": metadata,
        }
    slack.join_channel(channel, slack.workspace.bot)
    return {"channel": _channel_object(slack, channel)}


def history(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.history: roots and broadcasts, newest first, between ``oldest`` and ``latest`` (exclusive)."""
    channel = readable_channel(slack, arguments.text("channel"))
    roots = [m for m in channel.messages if m.is_public and (not m.is_reply or m.reply_broadcast)]
    found = _between(roots, arguments)
    shown, more = _messages_page(slack, arguments, found[::-1], default=100, high=999)
    return {
        "messages": [_message_object(slack, channel, message, arguments) for message in shown],
        "pin_count": 0,
        **_has_more(more),
    }


def replies(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.replies: the root, then its replies, oldest first."""
    channel = readable_channel(slack, arguments.text("channel"))
    named = stored_message(channel, arguments.text("ts"), error="thread_not_found")
    root_ts = named.thread_ts or named.ts
    root = stored_message(channel, root_ts, error="thread_not_found")
    found = [root, *_between(channel.replies(root_ts), arguments)]
    shown, more = _messages_page(slack, arguments, found, default=1000, high=1000)
    return {"messages": [_message_object(slack, channel, message, arguments) for message in shown], **_has_more(more)}


def _messages_page(
    slack: Slack, arguments: Arguments, found: list[Message], *, default: int, high: int
) -> tuple[list[Message], dict[str, Any]]:
    most = slack.limits.history_page_size if slack.limits is not None else None
    return page(found, arguments, default=default, high=high, most=most)


def _message_object(slack: Slack, channel: Channel, message: Message, arguments: Arguments) -> dict[str, Any]:
    shown = message_json(message, with_metadata=arguments.flag("include_all_metadata"))
    if slack.faults.hides_metadata:
        shown.pop("metadata", None)
    if message.is_reply:
        return shown
    return with_thread_counts(shown, channel.replies(message.ts))


def _between(messages: list[Message], arguments: Arguments) -> list[Message]:
    oldest = _stamp(arguments, "oldest")
    latest = _stamp(arguments, "latest")
    inclusive = arguments.flag("inclusive")

    def is_in(message: Message) -> bool:
        ts = float(message.ts)
        after = oldest is None or ts > oldest or (inclusive and ts == oldest)
        before = latest is None or ts < latest or (inclusive and ts == latest)
        return after and before

    return [message for message in messages if is_in(message)]


def _stamp(arguments: Arguments, name: str) -> float | None:
    value = arguments.text_or_none(name)
    if value is None:
        return None
    if STAMP.fullmatch(value) is None:
        raise ApiError(f"invalid_ts_{name}")
    return float(value)


def _has_more(more: dict[str, Any]) -> dict[str, Any]:
    cursor = more["response_metadata"]["next_cursor"]
    return {"has_more": bool(cursor), **(more if cursor else {})}


def _kinds(arguments: Arguments) -> set[str]:
    names = arguments.strings("types") or ["public_channel"]
    if not set(names) <= KINDS.keys():
        raise ApiError("invalid_types")
    return {KINDS[name] for name in names}


def _channels_page(slack: Slack, arguments: Arguments, found: list[Channel]) -> dict[str, Any]:
    if arguments.flag("exclude_archived"):
        found = [channel for channel in found if not channel.is_archived]
    shown, more = page(found, arguments, default=100, high=999)
    return {"channels": [_channel_object(slack, channel) for channel in shown], **more}


def _channel_object(slack: Slack, channel: Channel) -> dict[str, Any]:
    shown = channel_json(channel, viewer_id=slack.workspace.bot.id, team_id=slack.workspace.team.id)
    if channel.is_im:
        shown["is_user_deleted"] = slack.workspace.users[shown["user"]].deleted
    return shown
