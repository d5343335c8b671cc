"""The methods of the Web API, one module per family; ``table`` lists them all."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox import web_api
from sandbox.delivery import STOPPED
from sandbox.faults import POSTING, Call, Fault
from sandbox.limits import acknowledgement_problems
from sandbox.messages import Message, message_json, with_thread_counts
from sandbox.slack import Slack
from sandbox.web_api import (
    ApiError,
    ApiRequest,
    Arguments,
    MessageContent,
    RateLimited,
    invalid_arguments,
    invalid_blocks,
    known_channel,
    open_channel,
    page,
    postable_channel,
    reachable_user,
    read_content,
    read_request,
    readable_channel,
    stored_message,
    visible_file,
)
from sandbox.web_server import drop_connection
from sandbox.workspace import (
    Channel,
    File,
    ResponseUrl,
    Session,
    Trigger,
    User,
    View,
    channel_json,
    file_json,
    user_json,
)

# oauth.v2.access, auth.test, api.test and apps.connections.open: installation, tokens and connections.


def access(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """oauth.v2.access: exchange a code, once, for the bot's token, limited to the scopes granted with it."""
    if arguments.text_or_none("client_id") != slack.client_id:
        raise ApiError("invalid_client_id")
    if arguments.text_or_none("client_secret") != slack.client_secret:
        raise ApiError("bad_client_secret")
    authorization = slack.redeem_code(arguments.text_or_none("code") or "")
    if authorization is None:
        raise ApiError("invalid_code")
    if (arguments.text_or_none("redirect_uri") or "") != authorization.redirect_uri:
        raise ApiError("bad_redirect_uri")
    slack.granted = frozenset(authorization.scopes.split(","))
    workspace = slack.workspace
    workspace.is_installed = True
    return {
        "app_id": workspace.app_id,
        "authed_user": {"id": authorization.user_id},
        "scope": authorization.scopes,
        "token_type": "bot",
        "access_token": slack.bot_token,
        "bot_user_id": workspace.bot.id,
        "team": {"id": workspace.team.id, "name": workspace.team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def open_connection(slack: Slack, _: Arguments) -> dict[str, Any]:
    """apps.connections.open: return the address of a websocket, good for one connection."""
    address = slack.origin.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={slack.delivery.sockets.new_ticket()}&app_id={slack.workspace.app_id}"}


def auth_test(slack: Slack, _: Arguments) -> dict[str, Any]:
    workspace = slack.workspace
    return {
        "url": workspace.team.url,
        "team": workspace.team.name,
        "user": workspace.bot.name,
        "team_id": workspace.team.id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_: Slack, arguments: Arguments) -> dict[str, Any]:
    """api.test: return the arguments; ``error`` makes it fail."""
    if arguments.has("error"):
        raise ApiError(arguments.text("error"), args=arguments.given)
    return {"args": arguments.given}


# agents.sessions.setStatus and assistant.threads.setSuggestedPrompts: threads of the agent view.

MOST_PROMPTS = 4
SESSION_STATUSES = ("processing", "active", "suspended", "closed")
SESSION_TITLE_CHARACTERS = 200


def set_session_status(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """agents.sessions.setStatus, for agents alone; the first call for a thread begins its session, with a title.

    The answer warns an app that does not subscribe to the event of the Stop button.
    """
    workspace = slack.workspace
    channel, thread_ts = readable_channel(slack, arguments.text("channel_id")), arguments.text("thread_ts")
    if not workspace.manifest.is_agent:
        raise ApiError("not_allowed")
    root = stored_message(channel, thread_ts, error="thread_not_found")
    if root.is_reply:
        raise ApiError("thread_not_found")
    status, title = arguments.text("status"), arguments.text_or_none("title")
    if status not in SESSION_STATUSES:
        raise invalid_arguments(f"status must be one of {', '.join(SESSION_STATUSES)} [json-pointer:/status]")
    if title is not None and not 1 <= len(title) <= SESSION_TITLE_CHARACTERS:
        raise invalid_arguments(f"title must have 1 to {SESSION_TITLE_CHARACTERS} characters [json-pointer:/title]")
    session = workspace.sessions.setdefault((channel.id, thread_ts), Session(title or ""))
    session.status = status
    workspace.changes.happened()
    can_be_stopped = STOPPED in workspace.manifest.bot_events
    return {} if can_be_stopped else {"warning": "missing_agent_session_stopped_event_subscription"}


def set_prompts(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """assistant.threads.setSuggestedPrompts: one to four prompts, each with a title and a message."""
    channel = known_channel(slack, arguments.text("channel_id"))
    prompts = arguments.json_value("prompts", error="invalid_arguments")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise invalid_arguments(f"no more than {MOST_PROMPTS} items allowed [json-pointer:/prompts]")
    if any(not isinstance(prompt, dict) or set(prompt) != {"title", "message"} for prompt in prompts):
        raise invalid_arguments("missing required field: title or message [json-pointer:/prompts]")
    slack.workspace.prompts[channel.id, arguments.text_or_none("thread_ts") or ""] = prompts
    slack.workspace.changes.happened()
    return {}


# chat.*: posting, editing and deleting messages.


def post_message(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """chat.postMessage: post in a channel or thread; ``reply_broadcast`` shows a reply in the channel too."""
    channel = postable_channel(slack, arguments.text("channel"))
    content = read_content(arguments)
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
    content = read_content(arguments, ephemeral=True)
    message = bot_message(slack, channel, content, thread_ts=thread_argument(channel, arguments))
    message.ephemeral_to = user_id
    slack.workspace.store(message)
    return {"message_ts": message.ts}


def update(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """chat.update: only the bot's own messages, no ephemerals. Omitted metadata stays."""
    channel = known_channel(slack, arguments.text("channel"))
    ts = arguments.text("ts")
    message = _own_message(slack, channel, ts, "cant_update_message")
    content = read_content(arguments, updating=True)
    if channel.is_archived:
        raise ApiError("is_inactive")
    _replace(slack, message, content)
    return {"channel": channel.id, "ts": ts, "text": message.text, "message": message_json(message)}


def delete(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """chat.delete: only the bot's own messages."""
    channel = known_channel(slack, arguments.text("channel"))
    ts = arguments.text("ts")
    message = _own_message(slack, channel, ts, "cant_delete_message")
    if channel.is_archived:
        raise ApiError("is_archived")
    _delete(slack, message)
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


def _own_message(slack: Slack, channel: Channel, ts: str, error: str) -> Message:
    message = stored_message(channel, ts)
    if message.bot_id != slack.workspace.bot_id:
        raise ApiError(error)
    return message


def _replace(slack: Slack, message: Message, content: MessageContent) -> None:
    """Give the message this content; an edit that everybody sees is marked and sends an event."""
    previous = message_json(message)
    message.text, message.blocks = content.text, content.blocks
    if content.has_metadata:
        message.metadata = content.metadata
    message.states = {}
    if message.ephemeral_to is None:
        message.edited_ts, message.edited_by = slack.workspace.new_ts(), slack.workspace.bot.id
        slack.events.message_changed(message, previous)
    slack.workspace.changes.happened()


def _delete(slack: Slack, message: Message) -> None:
    """Mark the message as deleted; the event is sent only for one that everybody saw."""
    previous = message_json(message)
    message.deleted = True
    if message.ephemeral_to is None:
        slack.events.message_deleted(message, previous)
    slack.workspace.changes.happened()


# conversations.*: channels, direct messages, history and threads.

STAMP = re.compile(r"[0-9]+(\.[0-9]+)?")


def open_(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.open: open the direct message with one person."""
    users = arguments.strings("users")
    if len(users) != 1:
        raise ApiError("users_list_not_supplied" if not users else "not_enough_users")
    if users[0] not in slack.workspace.users:
        raise ApiError("user_not_found")
    user = reachable_user(slack, users[0], error="user_disabled")
    return {"channel": {"id": slack.workspace.im(user.id).id}}


def info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    return {"channel": _channel_object(slack, known_channel(slack, arguments.text("channel")))}


def members(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    channel = known_channel(slack, arguments.text("channel"))
    shown, more = page(channel.members, arguments, default=100, high=1000)
    return {"members": shown, **more}


def join(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.join: public channels only; a warning when the bot is in already."""
    channel = known_channel(slack, arguments.text("channel"))
    if channel.is_private:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    bot_id = slack.workspace.bot.id
    if bot_id in channel.members:
        warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": _channel_object(slack, channel), **warning}
    slack.join_channel(channel, slack.workspace.bot)
    return {"channel": _channel_object(slack, channel)}


def history(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.history: roots and broadcasts, newest first, from ``oldest`` to ``latest`` (see ``_in_range``)."""
    channel = readable_channel(slack, arguments.text("channel"))
    in_list = [m for m in channel.messages if m.is_public and (not m.is_reply or m.reply_broadcast)]
    found = _in_range(in_list, arguments)
    shown, more = _messages_page(slack, arguments, found[::-1], default=100, high=999)
    return {
        "messages": [_message_object(slack, channel, message, arguments) for message in shown],
        "pin_count": 0,
        **_has_more(more),
    }


def replies(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """conversations.replies: the root of the thread of ``ts``, a root or a reply, then its replies, oldest first."""
    channel = readable_channel(slack, arguments.text("channel"))
    named = stored_message(channel, arguments.text("ts"), error="thread_not_found")
    root_ts = named.thread_ts or named.ts
    root = stored_message(channel, root_ts, error="thread_not_found")
    found = [root, *_in_range(channel.replies(root_ts), arguments)]
    shown, more = _messages_page(slack, arguments, found, default=1000, high=1000)
    return {"messages": [_message_object(slack, channel, message, arguments) for message in shown], **_has_more(more)}


def _messages_page(
    slack: Slack, arguments: Arguments, found: list[Message], *, default: int, high: int
) -> tuple[list[Message], dict[str, Any]]:
    most = slack.limits.history_page_size if slack.limits is not None else None
    return page(found, arguments, default=default, high=high, most=most)


def _message_object(slack: Slack, channel: Channel, message: Message, arguments: Arguments) -> dict[str, Any]:
    """Return the message as history shows it; one that is no reply has the counts of its thread."""
    shown = message_json(message, with_metadata=arguments.flag("include_all_metadata"))
    if slack.faults.hides_metadata:
        shown.pop("metadata", None)
    if message.is_reply:
        return shown
    return with_thread_counts(shown, channel.replies(message.ts))


def _in_range(messages: list[Message], arguments: Arguments) -> list[Message]:
    """Return the messages between ``oldest`` and ``latest``; these ends belong to it only if ``inclusive``."""
    oldest = _stamp(arguments, "oldest")
    latest = _stamp(arguments, "latest")
    inclusive = arguments.flag("inclusive")

    def is_in(message: Message) -> bool:
        """True where the message is between the ends that were given; an end not given bounds nothing."""
        ts = float(message.ts)
        after = oldest is None or ts > oldest or (inclusive and ts == oldest)
        before = latest is None or ts < latest or (inclusive and ts == latest)
        return after and before

    return [message for message in messages if is_in(message)]


def _stamp(arguments: Arguments, name: str) -> float | None:
    """Return this argument, a ts such as ``1596530361.000200``, as a number; None when it is not given."""
    value = arguments.text_or_none(name)
    if value is None:
        return None
    if STAMP.fullmatch(value) is None:
        raise ApiError(f"invalid_ts_{name}")
    return float(value)


def _has_more(more: dict[str, Any]) -> dict[str, Any]:
    """Return ``has_more``, with the cursor only when there is a next page."""
    cursor = more["response_metadata"]["next_cursor"]
    return {"has_more": bool(cursor), **(more if cursor else {})}


def _channel_object(slack: Slack, channel: Channel) -> dict[str, Any]:
    shown = channel_json(channel, viewer_id=slack.workspace.bot.id, team_id=slack.workspace.team.id)
    if channel.is_im:
        shown["is_user_deleted"] = slack.workspace.users[shown["user"]].deleted
    return shown


# dnd.teamInfo: people's do-not-disturb times.

MOST_USERS = 50
DAY_SECONDS = 86_400


def dnd_team_info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """dnd.teamInfo: scheduled do-not-disturb of up to fifty people, without their snoozes."""
    ids = arguments.strings("users")
    if not ids:
        raise ApiError("no_users_provided")
    if len(ids) > MOST_USERS:
        raise ApiError("too_many_users")
    users = slack.workspace.users
    if not users.keys() >= set(ids):
        raise ApiError("user_not_visible")
    return {"users": {user_id: _dnd(slack, users[user_id]) for user_id in ids}}


def _dnd(slack: Slack, user: User) -> dict[str, Any]:
    """The person's do-not-disturb window now, or the next one, as it comes again every day; from 1 to 1 for none."""
    starts, ends = user.quiet_times or (1, 1)
    if user.quiet_times is not None:
        days = max(0, (int(slack.workspace.now().timestamp()) - ends) // DAY_SECONDS + 1)
        starts, ends = starts + days * DAY_SECONDS, ends + days * DAY_SECONDS
    return {"dnd_enabled": user.quiet_times is not None, "next_dnd_start_ts": starts, "next_dnd_end_ts": ends}


# files.*: uploads in three steps, and files.info.

MOST_BYTES = 1_000_000_000


def upload_url(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """files.getUploadURLExternal: announce a file of this name and length."""
    text = arguments.text("length")
    if not (text.isascii() and text.isdecimal()) or int(text) == 0:
        raise invalid_arguments("must be a positive integer [json-pointer:/length]")
    if int(text) > MOST_BYTES:
        raise ApiError("file_upload_size_restricted")
    name, size = arguments.text("filename"), int(text)
    workspace = slack.workspace
    created = int(workspace.now().timestamp())
    file = File(workspace.ids.new("F"), workspace.bot.id, name, name, size, created)
    workspace.files[file.id] = file
    return {"upload_url": f"{slack.origin}/upload/v1/{file.id}/{quote(name, safe='')}", "file_id": file.id}


def store_upload(slack: Slack, file_id: str, content: bytes) -> str | None:
    """Store the bytes of an announced file; return the reason when it cannot, else None."""
    file = slack.workspace.files.get(file_id)
    if file is None or file.content is not None:
        return "This is no upload address, or it was used already."
    if len(content) != file.size:
        return f"{file.size} bytes were announced, {len(content)} arrived."
    file.content = content
    return None


def complete(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """files.completeUploadExternal: complete the files, and share them in a channel or thread if one is named."""
    files = _files_to_complete(slack, arguments)
    ids = arguments.strings("channels") or arguments.strings("channel_id")
    channels = [open_channel(readable_channel(slack, channel_id)) for channel_id in ids]
    threads = [thread_argument(channel, arguments) for channel in channels]
    comment = arguments.text_or_none("initial_comment")
    content = read_content(Arguments({"text": comment})) if comment else MessageContent()
    for file, title in files:
        file.title, file.is_complete = title, True
        slack.events.workspace_wide("file_created", {"file_id": file.id, "file": {"id": file.id}})
    for channel, thread_ts in zip(channels, threads, strict=True):
        _share(slack, channel, [file for file, _ in files], content=content, thread_ts=thread_ts)
    return {"files": [_file_object(slack, file) for file, _ in files]}


def files_info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    file = visible_file(slack.workspace, arguments.text("file"))
    return {"file": _file_object(slack, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def _share(
    slack: Slack, channel: Channel, files: list[File], *, content: MessageContent, thread_ts: str | None
) -> None:
    """Post the files as a message of the bot in the channel, with the events of a shared file."""
    message: Message = bot_message(slack, channel, content, thread_ts=thread_ts)
    message.subtype = "file_share"
    for file in files:
        file.channel_ids.append(channel.id)
    message.files = [_file_object(slack, file) for file in files]
    slack.workspace.store(message)
    slack.events.message_posted(message)
    for file in files:
        shared = {"file_id": file.id, "user_id": file.user_id, "file": {"id": file.id}, "channel_id": channel.id}
        slack.events.workspace_wide("file_shared", shared)


def _files_to_complete(slack: Slack, arguments: Arguments) -> list[tuple[File, str]]:
    """Return the uploaded files to complete, each with its title; raises Slack's error for any other."""
    given = arguments.json_value("files", error="invalid_arguments")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise invalid_arguments("missing required field: files")
    unknown = sorted({name for each in given for name in each} - {"id", "title", "highlight_type"})
    if unknown:
        raise invalid_arguments(*(f"invalid additional property: {name} [json-pointer:/files]" for name in unknown))
    if len({each.get("id") for each in given}) < len(given):
        raise invalid_arguments("the same file twice [json-pointer:/files]")
    found = []
    for each in given:
        file = slack.workspace.files.get(str(each.get("id")))
        if file is None or file.content is None or file.is_complete:
            raise ApiError("file_not_found")
        found.append((file, str(each.get("title") or file.name)))
    return found


def _file_object(slack: Slack, file: File) -> dict[str, Any]:
    return file_json(file, origin=slack.origin, team_id=slack.workspace.team.id)


# users.info and users.list.


def users_info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    user = slack.workspace.users.get(arguments.text("user"))
    if user is None:
        raise ApiError("user_not_found")
    return {"user": _user_object(slack, user.id)}


def list_(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """users.list: all people, including deactivated ones and bots."""
    shown, more = page(list(slack.workspace.users), arguments, default=1000, high=1000)
    stamp = int(slack.workspace.now().timestamp())
    return {"members": [_user_object(slack, user_id) for user_id in shown], "cache_ts": stamp, **more}


def _user_object(slack: Slack, user_id: str) -> dict[str, Any]:
    workspace = slack.workspace
    return user_json(
        workspace.users[user_id],
        now=workspace.now(),
        home_team_id=workspace.team.id,
        with_email="users:read.email" in slack.scopes,
    )


# views.*: modals and Home.


def open_views(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """views.open: open a modal for the person of the trigger; closes their open stack."""
    given = _view_argument(arguments, surface="modal")
    trigger = _trigger(slack, arguments)
    slack.workspace.views.clear(trigger.user_id)
    return _view_answer(slack, web_api.open_modal(slack.workspace, trigger.user_id, given))


def push(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """views.push: open a modal on top of the stack; the trigger must come from an open modal."""
    given = _view_argument(arguments, surface="modal")
    trigger = _trigger(slack, arguments)
    if slack.workspace.views.find(trigger.view_id) is None:
        raise ApiError("not_found")
    return _view_answer(slack, web_api.open_modal(slack.workspace, trigger.user_id, given))


def update_views(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """views.update: replace a view, guarded by ``hash`` when it is given."""
    view = slack.workspace.views.find(arguments.text("view_id"))
    if view is None:
        raise ApiError("not_found")
    given = _view_argument(arguments, surface="modal" if view.is_modal else "home")
    _check_hash(arguments, view)
    return _view_answer(slack, web_api.replace_view(slack.workspace, view, given))


def publish(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """views.publish: replace a person's Home, guarded by ``hash`` when it is given."""
    if not slack.workspace.manifest.home_tab_enabled:
        raise ApiError("not_enabled")
    user = reachable_user(slack, arguments.text("user_id"), error="user_not_found")
    given = _view_argument(arguments, surface="home")
    _check_hash(arguments, slack.workspace.views.homes.get(user.id))
    return _view_answer(slack, web_api.publish_home(slack.workspace, user.id, given))


def _view_argument(arguments: Arguments, *, surface: str) -> dict[str, Any]:
    view = arguments.json_value("view", error="invalid_arguments")
    if view is None:
        raise invalid_arguments("missing required field: view")
    return web_api.check_view(view, surface=surface)


def _trigger(slack: Slack, arguments: Arguments) -> Trigger:
    """Return the trigger of the call and use it up; raises Slack's error for one that cannot be used."""
    taken = slack.workspace.triggers.take(arguments.text("trigger_id"))
    if isinstance(taken, str):
        raise ApiError(taken)
    return taken


def _check_hash(arguments: Arguments, view: View | None) -> None:
    """Raise ``hash_conflict`` if the call names a hash that is not the view's; None is a Home not published yet."""
    stamp = arguments.text_or_none("hash")
    if stamp and (view is None or view.hash != stamp):
        raise ApiError("hash_conflict")


def _view_answer(slack: Slack, view: View) -> dict[str, Any]:
    return {"view": web_api.view_object(slack.workspace, view)}


# The table of all methods: function, scopes and arguments.

Run = Callable[[Slack, Arguments], dict[str, Any]]


@dataclass(frozen=True)
class Method:
    """One method.

    The bot needs one of ``scopes``; with none, any token will do. ``takes_json`` is false for methods that read only
    forms and queries. ``app_level`` methods need the app token, ``tokenless`` ones none. ``arguments`` None takes any.
    """

    run: Run
    scopes: tuple[str, ...] = ()
    arguments: frozenset[str] | None = None
    takes_json: bool = False
    app_level: bool = False
    tokenless: bool = False


def _takes(text: str) -> frozenset[str]:
    return frozenset(text.split()) | {"token", "team_id"}


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_CONTENT = "channel text blocks metadata parse link_names as_user unfurl_links unfurl_media "
_STYLE = "username icon_emoji icon_url thread_ts mrkdwn "
_RANGE = "channel oldest latest inclusive limit cursor include_all_metadata "
_THREAD = "channel_id thread_ts "

_FORM = {
    "apps.connections.open": Method(open_connection, app_level=True),
    "auth.test": Method(auth_test),
    "conversations.history": Method(history, _HISTORY, _takes(_RANGE)),
    "conversations.info": Method(info, _READ, _takes("channel")),
    "conversations.members": Method(members, _READ, _takes("channel cursor limit")),
    "conversations.replies": Method(replies, _HISTORY, _takes(_RANGE + "ts")),
    "dnd.teamInfo": Method(dnd_team_info, ("dnd:read",), _takes("users team_id")),
    "files.getUploadURLExternal": Method(upload_url, ("files:write",), _takes("filename length alt_txt snippet_type")),
    "files.info": Method(files_info, ("files:read",), _takes("file cursor limit page count")),
    "oauth.v2.access": Method(access, tokenless=True),
    "users.info": Method(users_info, ("users:read",), _takes("user")),
    "users.list": Method(list_, ("users:read",), _takes("cursor limit team_id")),
}

_JSON = {
    "api.test": Method(api_test, tokenless=True),
    "agents.sessions.setStatus": Method(
        set_session_status,
        ("chat:write",),
        _takes(_THREAD + "status title initiator_user_id icon_emoji icon_url username"),
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        set_prompts, ("assistant:write",), _takes(_THREAD + "title prompts")
    ),
    "chat.delete": Method(delete, ("chat:write",), _takes("channel ts as_user")),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",), _takes(_CONTENT + _STYLE + "user")),
    "chat.postMessage": Method(
        post_message, ("chat:write",), _takes(_CONTENT + _STYLE + "reply_broadcast unfurl_app_links client_msg_id")
    ),
    "chat.update": Method(update, ("chat:write",), _takes(_CONTENT + "ts reply_broadcast")),
    "conversations.join": Method(join, ("channels:join",), _takes("channel")),
    "conversations.open": Method(open_, ("im:write", "mpim:write"), _takes("users")),
    "files.completeUploadExternal": Method(
        complete, ("files:write",), _takes("files channel_id channels initial_comment thread_ts")
    ),
    "views.open": Method(open_views, (), _takes("trigger_id interactivity_pointer view")),
    "views.publish": Method(publish, (), _takes("user_id view hash")),
    "views.push": Method(push, (), _takes("trigger_id interactivity_pointer view")),
    "views.update": Method(update_views, (), _takes("view_id view hash")),
}

METHODS: dict[str, Method] = _FORM | {name: replace(method, takes_json=True) for name, method in _JSON.items()}


# A call of the Web API from request to response: token, rate limit, scope, arguments, faults, record.

BY_KIND = {"public": "channels:", "private": "groups:", "im": "im:"}
CUSTOM_AUTHOR = ("username", "icon_emoji", "icon_url")
"""Arguments that show a message under another name or picture."""
CUSTOMIZE = "chat:write.customize"


class _Answer(JSONResponse):
    def __init__(self, answer: dict[str, Any], **more: Any) -> None:
        super().__init__(answer, **more)
        self.answer = answer


class WebApi:
    """The ASGI application below ``/api/``."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, with the fault set for its method if there is one."""
        call = await read_request(Request(scope, receive))
        fault = self._slack.faults.take(call.method, self._slack.workspace.now()) or Fault()
        if fault.delay:
            # tells tests that wait for the fault to be used, before the answer comes
            self._slack.workspace.changes.happened()
            await asyncio.sleep(fault.delay)
        response = self._response(call, fault)
        response.headers["date"] = format_datetime(self._slack.workspace.now(), usegmt=True)
        self._record(call, None if fault.cut else response)
        if fault.cut is not None:
            drop_connection(send)
        else:
            await response(scope, receive, send)

    def _response(self, call: ApiRequest, fault: Fault) -> Response:
        """Return the fault's response, or the real one; a fault ``carried_out`` answers after the call was run.

        A call whose connection is cut ``before`` is not run: its empty response is never sent.
        """
        failure = self._fault_response(call.method, fault)
        if failure is not None and not fault.carried_out:
            return failure
        if fault.cut == "before":
            return Response()
        response = self._real_response(call)
        return failure or response

    def _fault_response(self, name: str, fault: Fault) -> Response | None:
        """Return the error or status that the fault answers with, None for a fault that has neither."""
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        if fault.error is not None:
            return _Answer({"ok": False, "error": fault.error}, status_code=fault.status, headers=headers)
        if fault.status != 200:
            return Response(f"{name} is broken", status_code=fault.status, headers=headers, media_type="text/html")
        return None

    def _real_response(self, call: ApiRequest) -> Response:
        """Run the call and return its answer; Slack answers errors with status 200, but for rate limits."""
        headers = self._scope_headers(call)
        try:
            return _Answer({"ok": True, **self._run(call)}, headers=headers)
        except RateLimited as refusal:
            headers |= {"Retry-After": str(refusal.retry_after_seconds)}
            return _Answer(refusal.answer, status_code=429, headers=headers)
        except ApiError as refusal:
            return _Answer(refusal.answer, headers=headers)
        except RecursionError:
            return _Answer(invalid_arguments("nested too deeply").answer, headers=headers)

    def _scope_headers(self, call: ApiRequest) -> dict[str, str]:
        """Return the headers with the scopes of the bot's token and those that the method accepts; none without it."""
        method = METHODS.get(call.method)
        if method is None or method.tokenless or method.app_level or call.token != self._slack.bot_token:
            return {}
        granted = ",".join(sorted(self._slack.scopes))
        return {"X-OAuth-Scopes": granted, "X-Accepted-OAuth-Scopes": ",".join(method.scopes)}

    def _run(self, call: ApiRequest) -> dict[str, Any]:
        """Run the method after the checks that Slack makes before it."""
        method = METHODS.get(call.method)
        if method is None:
            raise ApiError("unknown_method", req_method=call.method)
        if call.problem is not None:
            raise ApiError(call.problem)
        if not method.tokenless:
            self._authorise(method, call.token)
        self._check_rate_limit(call)
        # a method that reads only forms sees nothing of a JSON body
        readable = call.given if method.takes_json or not call.from_json else {}
        arguments = Arguments(readable)
        self._check_scope(method, arguments)
        unknown = sorted(set(readable) - method.arguments) if method.arguments is not None else []
        if unknown:
            raise invalid_arguments(*(f"unknown argument: {argument}" for argument in unknown))
        return method.run(self._slack, arguments)

    def _authorise(self, method: Method, token: str | None) -> None:
        if not token:
            raise ApiError("not_authed")
        if token in self._slack.revoked_tokens:
            raise ApiError(self._slack.revoked_tokens[token])
        if token not in (self._slack.bot_token, self._slack.app_token):
            raise ApiError("invalid_auth")
        wanted = self._slack.app_token if method.app_level else self._slack.bot_token
        if token != wanted:
            raise ApiError("not_allowed_token_type")

    def _check_rate_limit(self, call: ApiRequest) -> None:
        """Count the call, and for a posting method its message in each channel; raises RateLimited above a limit."""
        if self._slack.limits is None:
            return
        channels = self._channels_of(call) if call.method in POSTING else []
        wait = self._slack.limits.take(call.method, self._slack.workspace.now(), posts_in=channels)
        if wait:
            raise RateLimited(wait)

    def _channels_of(self, call: ApiRequest) -> list[str]:
        """Return the ids of the channels that the call posts in; a person's id becomes their direct message's."""
        workspace, given = self._slack.workspace, Arguments(call.given)
        named = given.strings("channel") or given.strings("channels") or given.strings("channel_id")
        active = {each for each in named if each in workspace.users and not workspace.users[each].deleted}
        return [workspace.im(each).id if each in active else each for each in named]

    def _check_scope(self, method: Method, arguments: Arguments) -> None:
        """Raise missing_scope; a method for conversations needs the scope of the channel's kind, public if unknown.

        A message under another name or picture needs CUSTOMIZE too.
        """
        granted = self._slack.scopes
        needed = method.scopes
        if len(needed) > 1 and needed[0].startswith("channels:"):
            channel = self._slack.workspace.channels.get(str(arguments.given.get("channel")))
            wanted = BY_KIND[channel.kind if channel else "public"] + needed[0].split(":", 1)[1]
            missing = [wanted] if wanted not in granted else []
        else:
            missing = [] if not needed or granted.intersection(needed) else list(needed)
        if not missing and CUSTOMIZE not in granted and any(map(arguments.has, CUSTOM_AUTHOR)):
            missing = [CUSTOMIZE]
        if missing:
            raise ApiError("missing_scope", needed=missing[0], provided=",".join(sorted(granted)))

    def _record(self, call: ApiRequest, response: Response | None) -> None:
        answer = response.answer if isinstance(response, _Answer) else None
        wait = int(response.headers.get("retry-after", 0)) if response is not None else 0
        self._slack.calls.append(Call(call.method, call.given, self._slack.workspace.now(), answer, wait))
        self._slack.workspace.changes.happened()


# Responses of the app by response URL, or in the acknowledgement of a command.

KNOWN = frozenset(
    (
        *("text", "blocks", "metadata", "response_type", "replace_original", "delete_original"),
        *("thread_ts", "unfurl_links", "unfurl_media", "unfurl_app_links", "mrkdwn", "link_names", "parse"),
    )
)


def respond(slack: Slack, target: ResponseUrl, body: dict[str, Any], *, in_ack: bool = False) -> None:
    """Carry out a response: post, replace or delete; raises ApiError where Slack would refuse it.

    Refused too where the app could not post, and when the person was deactivated since. Only new messages for everybody
    count for the rate limit of the channel. A response ``in_ack`` (in the acknowledgement of a command) counts too, but
    is never refused for it: nobody could send it again.
    """
    arguments = Arguments(body)
    channel = slack.workspace.channels.get(target.channel_id)
    if channel is None:
        raise ApiError("channel_not_found")
    if not slack.workspace.is_installed:
        raise ApiError("account_inactive")
    if channel.is_archived:
        raise ApiError("is_archived")
    if slack.workspace.users[target.user_id].deleted:
        raise ApiError("user_not_in_channel")
    if set(body) - KNOWN:
        raise ApiError("invalid_payload")
    original = _original(channel, target)
    if arguments.flag("delete_original"):
        _delete(slack, _require_message(original))
    # a response to a thread replaces the message unless it says that it does not
    elif arguments.flag("replace_original", default=original is not None and arguments.has("thread_ts")):
        message = _require_message(original)
        kind = "in_channel" if message.ephemeral_to is None else "ephemeral"
        if arguments.text_or_none("response_type") not in (None, kind):
            raise ApiError("invalid_response_type")
        _replace(slack, message, read_content(arguments, ephemeral=message.ephemeral_to is not None))
    else:
        message = _new_message(slack, channel, target, arguments)
        if message.is_public:
            _count_for_limit(slack, channel, in_ack=in_ack)
        slack.workspace.store(message)
        if message.is_public and slack.workspace.bot.id in channel.members:
            slack.events.message_posted(message)


def respond_in_acknowledgement(slack: Slack, target: ResponseUrl, body: dict[str, Any]) -> None:
    """Carry out the response in the acknowledgement of a command; raises ApiError where Slack would refuse it."""
    if problems := acknowledgement_problems(body.get("blocks")):
        raise invalid_blocks(problems)
    respond(slack, target, body, in_ack=True)


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
    content = read_content(arguments, ephemeral=kind == "ephemeral")
    message = bot_message(slack, channel, content, thread_ts=thread_ts)
    message.ephemeral_to = target.user_id if kind == "ephemeral" else None
    return message


def _count_for_limit(slack: Slack, channel: Channel, *, in_ack: bool) -> None:
    """Count a message for the channel's rate limit; raises RateLimited above it, but not in an acknowledgement."""
    if slack.limits is None:
        return
    now = slack.workspace.now()
    if in_ack:
        slack.limits.count_message(channel.id, now)
    elif wait := slack.limits.take_response(channel.id, now):
        raise RateLimited(wait)


def _original(channel: Channel, target: ResponseUrl) -> Message | None:
    """Return the app's message that the URL belongs to; None after a command, or for a person's message."""
    for message in channel.messages:
        if message.ts == target.message_ts and not message.deleted and message.app_id is not None:
            return message
    return None


def _require_message(original: Message | None) -> Message:
    if original is None:
        raise ApiError("message_not_found")
    return original
