"""The state of the page as JSON: only what Slack would show to the chosen member."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.messages import Message
from sandbox.readable import file_words
from sandbox.workspace import Channel, User, View, Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the page: the member to act as, a channel, the root of a thread, and one message to lead to."""

    user_id: str | None = None
    channel_id: str | None = None
    thread_ts: str | None = None
    message_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page shows first: as whom, in which channel, and the latest message of the app that begins so."""

    user_id: str | None = None
    channel_id: str | None = None
    message: str = ""


def page_state(
    workspace: Workspace, place: Place, *, notes: Mapping[str, str], opening: Opening = Opening()
) -> dict[str, Any]:
    """Return the whole page for one member: people, channels, one channel's messages, one thread, modals, Home.

    An unknown member becomes that of the opening, else the first one; a channel the member is not in becomes that of
    the opening, else the one with the app's latest message; an unknown thread becomes none. A message to lead to brings
    the thread that it is a reply in; one that the member does not see is explained in ``not_found``. ``notes`` are
    people's functions by user id. ``now`` is in epoch seconds.
    """
    me = _member(workspace, place.user_id, opening.user_id)
    channels = _channels_of(workspace, me)
    channel = _current_channel(workspace, channels, place.channel_id, opening.channel_id)
    not_found = _not_found(workspace, channels, me, place)
    thread_ts = place.thread_ts
    if channel and place.message_ts and not not_found:
        thread_ts = _thread_with(channel, place.message_ts) or thread_ts
    return {
        "team": {"id": workspace.team.id, "name": workspace.team.name, "url": workspace.team.url},
        "not_found": not_found,
        "opens_with": _opening_message(workspace, channel, opening),
        "now": workspace.now().timestamp(),
        "me": _person_json(workspace, me, notes),
        "bot": _person_json(workspace, workspace.bot, notes),
        "people": [_person_json(workspace, user, notes) for user in workspace.users.values()],
        "channels": [_channel_json(each, me) for each in channels],
        "channel": _channel_with_messages(workspace, channel, me) if channel else None,
        "thread": _thread(workspace, channel, me, thread_ts) if channel and thread_ts else None,
        "views": [_view(view) for view in workspace.views.stacks.get(me.id, [])],
        "home": _view(workspace.views.homes[me.id]) if me.id in workspace.views.homes else None,
        "commands": [vars(command) for command in workspace.manifest.commands.values()],
        "shortcuts": [vars(shortcut) for shortcut in workspace.manifest.shortcuts.values()],
    }


def _member(workspace: Workspace, *user_ids: str | None) -> User:
    """Return the first of these people who is there, else the first of all."""
    people = {user.id: user for user in workspace.users.values() if not user.is_bot}
    chosen = (people[user_id] for user_id in user_ids if user_id in people)
    return next(chosen, next(iter(people.values()), workspace.bot))


def _opening_message(workspace: Workspace, channel: Channel | None, opening: Opening) -> str | None:
    """Return the ts of the message that the page leads to at first, None while it is not there."""
    if channel is None or channel.id != opening.channel_id or not opening.message:
        return None
    of_app = (m for m in channel.messages if m.user_id == workspace.bot.id and m.is_public and not m.is_reply)
    return max((m.ts for m in of_app if m.text.startswith(opening.message)), default=None)


def _channels_of(workspace: Workspace, me: User) -> list[Channel]:
    """Return the member's channels by name, archived ones and direct messages last; none for a deactivated one."""
    if me.deleted:
        return []
    mine = [channel for channel in workspace.channels.values() if me.id in channel.members]
    return sorted(mine, key=lambda channel: (channel.is_im, channel.is_archived, channel.name))


def _current_channel(workspace: Workspace, channels: list[Channel], *channel_ids: str | None) -> Channel | None:
    """Return the first of these channels that the member is in, else the one with the app's latest message.

    A direct message is chosen only where the member is in no channel.
    """

    def latest_of_bot(channel: Channel) -> str:
        return max((m.ts for m in channel.messages if m.is_public and m.user_id == workspace.bot.id), default="")

    mine = {channel.id: channel for channel in channels}
    chosen = (mine[channel_id] for channel_id in channel_ids if channel_id in mine)
    default = max(channels, key=lambda channel: (not channel.is_im, latest_of_bot(channel)), default=None)
    return next(chosen, default)


def _not_found(workspace: Workspace, channels: list[Channel], me: User, place: Place) -> str:
    """Return why the member cannot be led to the message, empty when they can or no message is asked for."""
    if not place.message_ts:
        return ""
    channel = next((each for each in channels if each.id == place.channel_id), None)
    if channel is None:
        there = workspace.channels.get(place.channel_id or "")
        name = f"#{there.name}" if there and not there.is_private else "a conversation"
        return f"This message is in {name} that {me.real_name} is not in. Choose somebody who is under Act as."
    if not any(message.ts == place.message_ts for message in channel.visible_to(me.id)):
        return "This message is not there any more."
    return ""


def _thread_with(channel: Channel, ts: str) -> str | None:
    """Return the root's ts of the thread that the message is a reply in, None for a message of the channel."""
    message = channel.message(ts)
    return message.thread_ts if message and message.is_reply and not message.reply_broadcast else None


def _person_json(workspace: Workspace, user: User, notes: Mapping[str, str]) -> dict[str, Any]:
    badge = _badge(workspace, user)
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
        "badge": badge,
        "note": ", ".join(part for part in (notes.get(user.id, ""), badge) if part),
    }


def _badge(workspace: Workspace, user: User) -> str:
    if user.deleted:
        return "deactivated"
    if user.is_external_to(workspace.team.id):
        return "external"
    if user.is_guest:
        return "guest"
    return ""


def _channel_json(channel: Channel, me: User) -> dict[str, Any]:
    """Return the channel for the member's list; ``latest`` and ``unread`` are of messages that others wrote."""
    read_until = channel.read_until.get(me.id, "")
    from_others = [message.ts for message in _in_list(channel, me) if message.user_id != me.id]
    return {
        "id": channel.id,
        "name": channel.name,
        "im_with": next((member for member in channel.members if member != me.id), me.id) if channel.is_im else None,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_shared": channel.is_shared,
        "member_count": len(channel.members),
        "latest": max(from_others, default=None),
        "read_until": read_until,
        "unread": sum(ts > read_until for ts in from_others),
    }


def _in_list(channel: Channel, me: User) -> list[Message]:
    """Return the messages that the member sees in the channel itself: without replies, but for those sent there too."""
    return [message for message in channel.visible_to(me.id) if not message.is_reply or message.reply_broadcast]


def _channel_with_messages(workspace: Workspace, channel: Channel, me: User) -> dict[str, Any]:
    """Return the channel with the messages in its list, and the latest prompts and (in a direct message) session."""
    replies: dict[str, list[Message]] = {}
    for message in channel.visible_to(me.id):
        if message.is_reply and message.is_public:
            replies.setdefault(message.thread_ts or "", []).append(message)
    prompts = [prompts for (channel_id, _), prompts in workspace.prompts.items() if channel_id == channel.id]
    sessions = [each for (channel_id, _), each in workspace.sessions.items() if channel_id == channel.id and each.says]
    return _channel_json(channel, me) | {
        "messages": [
            _message_json(message, me, replies=replies.get(message.ts, [])) for message in _in_list(channel, me)
        ],
        "status": sessions[-1].says if channel.is_im and sessions else None,
        "prompts": prompts[-1] if prompts else [],
    }


def _thread(workspace: Workspace, channel: Channel, me: User, thread_ts: str) -> dict[str, Any] | None:
    """Return the thread with its messages and session, None when its root is gone."""
    root = channel.message(thread_ts)
    if root is None:
        return None
    replies = [m for m in channel.visible_to(me.id) if m.is_reply and m.thread_ts == thread_ts]
    session = workspace.sessions.get((channel.id, thread_ts))
    return {
        "ts": thread_ts,
        "messages": [_message_json(message, me, replies=[]) for message in (root, *replies)],
        "status": session.says if session else None,
        "title": session.title if session else "",
    }


def _message_json(message: Message, me: User, *, replies: list[Message]) -> dict[str, Any]:
    return {
        "channel_id": message.channel_id,
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "broadcast": message.reply_broadcast,
        "user": message.user_id,
        "name": message.bot_name,
        "text": message.text,
        "blocks": message.blocks,
        "files": [file_words(file) for file in message.files],
        "ephemeral": message.ephemeral_to is not None,
        "edited": message.edited_ts is not None,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user_id for reply in replies)),
        "latest_reply": replies[-1].ts if replies else None,
        "state": message.states.get(me.id, {}),
    }


def _view(view: View) -> dict[str, Any]:
    given = view.given
    return {
        "id": view.id,
        "title": _text(given.get("title")),
        "submit": _text(given.get("submit")) or None,
        "close": _text(given.get("close")) or None,
        "blocks": view.blocks,
        "state": view.state,
        "errors": view.errors,
        "notice": view.notice,
    }


def _text(part: dict[str, Any] | None) -> str:
    return str(part["text"]) if part else ""
