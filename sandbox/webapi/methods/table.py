"""The table of all methods: function, scopes and arguments."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.methods import apps, assistant, chat, conversations, dnd, files, users, views

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


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split()) | {"token", "team_id"}


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_CONTENT = "channel text blocks attachments metadata markdown_text parse link_names as_user unfurl_links unfurl_media "
_STYLE = "username icon_emoji icon_url thread_ts mrkdwn "
_RANGE = "channel oldest latest inclusive limit cursor include_all_metadata "
_THREAD = "channel_id thread_ts "

_FORM = {
    "apps.connections.open": Method(apps.open_connection, app_level=True),
    "auth.test": Method(apps.auth_test),
    "conversations.history": Method(conversations.history, _HISTORY, _names(_RANGE)),
    "conversations.info": Method(conversations.info, _READ, _names("channel include_locale include_num_members")),
    "conversations.members": Method(conversations.members, _READ, _names("channel cursor limit")),
    "conversations.replies": Method(conversations.replies, _HISTORY, _names(_RANGE + "ts")),
    "dnd.info": Method(dnd.dnd_info, ("dnd:read",), _names("user team_id")),
    "dnd.teamInfo": Method(dnd.dnd_team_info, ("dnd:read",), _names("users team_id")),
    "files.getUploadURLExternal": Method(
        files.upload_url, ("files:write",), _names("filename length alt_txt snippet_type")
    ),
    "files.info": Method(files.info, ("files:read",), _names("file cursor limit page count")),
    "oauth.v2.access": Method(apps.access, tokenless=True),
    "users.conversations": Method(
        conversations.of_user, _READ, _names("cursor exclude_archived limit team_id types user")
    ),
    "users.info": Method(users.info, ("users:read",), _names("user include_locale")),
    "users.list": Method(users.list_, ("users:read",), _names("cursor include_locale limit team_id")),
}

_JSON = {
    "api.test": Method(apps.api_test, tokenless=True),
    "assistant.threads.setStatus": Method(
        assistant.set_status,
        ("chat:write", "assistant:write"),
        _names(_THREAD + "status loading_messages icon_emoji icon_url username"),
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        assistant.set_prompts, ("assistant:write",), _names(_THREAD + "title prompts")
    ),
    "assistant.threads.setTitle": Method(assistant.set_title, ("assistant:write",), _names(_THREAD + "title")),
    "chat.delete": Method(chat.delete, ("chat:write",), _names("channel ts as_user")),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",), _names(_CONTENT + _STYLE + "user")),
    "chat.postMessage": Method(
        chat.post_message, ("chat:write",), _names(_CONTENT + _STYLE + "reply_broadcast unfurl_app_links client_msg_id")
    ),
    "chat.update": Method(chat.update, ("chat:write",), _names(_CONTENT + "ts file_ids reply_broadcast")),
    "conversations.join": Method(conversations.join, ("channels:join",), _names("channel")),
    "conversations.open": Method(
        conversations.open_, ("im:write", "mpim:write"), _names("channel users return_im prevent_creation")
    ),
    "files.completeUploadExternal": Method(
        files.complete, ("files:write",), _names("files channel_id channels initial_comment thread_ts blocks")
    ),
    "views.open": Method(views.open_, (), _names("trigger_id interactivity_pointer view")),
    "views.publish": Method(views.publish, (), _names("user_id view hash")),
    "views.push": Method(views.push, (), _names("trigger_id interactivity_pointer view")),
    "views.update": Method(views.update, (), _names("view_id external_id view hash")),
}

METHODS: dict[str, Method] = _FORM | {name: replace(method, takes_json=True) for name, method in _JSON.items()}
