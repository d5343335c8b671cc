"""The Web API: requests, permissions, rate limits, content of messages, and the methods."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.blocks import carry_over, completed, initial_state
from sandbox.limits import (
    ephemeral_problems,
    is_too_long,
    length,
    message_problems,
    metadata_error,
    view_problems,
    view_too_large,
)
from sandbox.messages import Message
from sandbox.slack import Slack
from sandbox.workspace import MODALS_PER_STACK, Channel, File, User, View, Workspace, new_hash, view_json

# Errors of the Web API.


class ApiError(Exception):
    """Slack's error code, with further fields of the response (``needed``, ``response_metadata`` ...)."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    @property
    def answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.more}


class RateLimited(ApiError):
    """``ratelimited``: the method may be called again in this many seconds."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("ratelimited")
        self.retry_after_seconds = retry_after_seconds


def invalid_arguments(*messages: str) -> ApiError:
    return ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {text}" for text in messages]})


def invalid_blocks(problems: list[str], code: str = "invalid_blocks") -> ApiError:
    """Return ``invalid_blocks`` with its problems, in both places where Slack puts them."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return ApiError(code, errors=problems, response_metadata={"messages": messages})


# Access of the bot to channels, people and messages, with Slack's error where it has none.


def known_channel(slack: Slack, channel_id: str) -> Channel:
    """Return the channel if the bot can see it; a private one without the bot is ``channel_not_found``."""
    workspace = slack.workspace
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and workspace.bot.id not in channel.members):
        raise ApiError("channel_not_found")
    return channel


def readable_channel(slack: Slack, channel_id: str) -> Channel:
    """Return the channel if the bot is in it; else ``not_in_channel``."""
    channel = known_channel(slack, channel_id)
    if slack.workspace.bot.id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def postable_channel(slack: Slack, channel_id: str) -> Channel:
    """Return the channel to post in: by its id, or by a person's id for the direct message with them.

    Slack takes messages for an existing direct message even when the person was deactivated since. Raises
    ``not_in_channel``, ``channel_not_found`` (also for a deactivated person without a direct message), ``is_archived``
    and, where only managers may post, ``restricted_action_read_only_channel``.
    """
    workspace = slack.workspace
    if channel_id in workspace.users:
        channel = workspace.known_im(channel_id) or workspace.im(
            reachable_user(slack, channel_id, error="channel_not_found").id
        )
    else:
        channel = known_channel(slack, channel_id)
    joined = workspace.bot.id in channel.members
    if not joined and not channel.is_archived and "chat:write.public" not in slack.scopes:
        raise ApiError("not_in_channel")
    return open_channel(channel)


def open_channel(channel: Channel) -> Channel:
    """Return the channel if it takes messages; else ``is_archived`` or ``restricted_action_read_only_channel``."""
    if channel.is_archived:
        raise ApiError("is_archived")
    if channel.is_read_only:
        raise ApiError("restricted_action_read_only_channel")
    return channel


def reachable_user(slack: Slack, user_id: str, *, error: str) -> User:
    """Return a person the bot may write to; raises ``error`` for a deactivated or unknown one, or a bot."""
    user = slack.workspace.users.get(user_id)
    if user is None or user.deleted or user.is_bot or user.is_stranger:
        raise ApiError(error)
    return user


def stored_message(channel: Channel, ts: str, *, error: str = "message_not_found") -> Message:
    """Return the message with this ts; raises ``error`` when there is none."""
    message = channel.message(ts)
    if message is None:
        raise ApiError(error)
    return message


# The arguments of a call, from query, form or JSON.


class Arguments:
    """Typed access to a call's arguments; a missing or wrong one raises ``invalid_arguments``."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given

    def has(self, name: str) -> bool:
        return self.given.get(name) is not None

    def text(self, name: str) -> str:
        """Return the argument as text; it has to be given and not empty."""
        value = self.text_or_none(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def text_or_none(self, name: str) -> str | None:
        """Return the argument as text, also a number; None when it is not given."""
        value = self.given.get(name)
        if value is None:
            return None
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            raise invalid_arguments(f"must provide a string [json-pointer:/{name}]")
        return str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return True for ``true``, ``1`` and JSON true."""
        value = self.given.get(name)
        if value is None:
            return default
        return value in (True, "true", "1", "True", 1)

    def integer(self, name: str, *, default: int, high: int) -> int:
        """Return an integer from 1 to ``high``; raises ``invalid_limit``."""
        value = self.given.get(name, default)
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise ApiError("invalid_limit") from None
        if not 1 <= number <= high:
            raise ApiError("invalid_limit")
        return number

    def json_value(self, name: str, *, error: str) -> Any:
        """Return a JSON value, decoded when it came as text; raises ``error`` for text that cannot be decoded."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise ApiError(error) from None

    def strings(self, name: str) -> list[str]:
        """Return a list of strings, given as JSON or separated by commas."""
        value = self.given.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value).split(",") if part.strip()] if value is not None else []


# Access of the app to files.


def is_visible_to_app(workspace: Workspace, file: File) -> bool:
    """Return True for the app's own files, files in its channels, and files submitted to it with a form."""
    bot, channels = workspace.bot, workspace.channels
    return (
        file.user_id == bot.id
        or file.was_submitted
        or any(bot.id in channels[channel_id].members for channel_id in file.channel_ids)
    )


def visible_file(workspace: Workspace, file_id: str) -> File:
    """Return the complete file with this id if the app sees it; else ``file_not_found``."""
    file = workspace.files.get(file_id)
    if file is None or not file.is_complete or not is_visible_to_app(workspace, file):
        raise ApiError("file_not_found")
    return file


# The content of a message, read from arguments and checked against every limit.

POST_CHARACTERS = 40_000
UPDATE_CHARACTERS = 4_000


@dataclass(frozen=True)
class MessageContent:
    """A message's text, blocks and metadata.

    ``has_metadata`` is false when none was given, ``has_previews`` true when Slack previews links (media by default).
    """

    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    has_metadata: bool = False
    has_previews: bool = True


def read_content(arguments: Arguments, *, updating: bool = False, ephemeral: bool = False) -> MessageContent:
    """Read the content of a call; raises ``no_text``, ``invalid_blocks``, ``msg_too_long`` and the like.

    A text that is too long is cut, but refused when ``updating``.
    """
    text = arguments.text_or_none("text") or ""
    blocks = _blocks(arguments)
    if ephemeral and (problems := ephemeral_problems(blocks)):
        raise invalid_blocks(problems)
    if not text.strip() and not blocks:
        raise ApiError("no_text")
    if updating and length(text) > UPDATE_CHARACTERS:
        raise ApiError("msg_too_long")
    metadata = _metadata(arguments)
    return MessageContent(
        text=text[:POST_CHARACTERS],
        blocks=completed(blocks),
        metadata=metadata or None,
        has_metadata=metadata is not None,
        has_previews=arguments.flag("unfurl_links") or arguments.flag("unfurl_media", default=True),
    )


def _blocks(arguments: Arguments) -> list[dict[str, Any]]:
    """Return the blocks of the call, empty when it has none; raises Slack's error for blocks that it would refuse."""
    blocks = arguments.json_value("blocks", error="invalid_blocks_format")
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    if problems := message_problems(blocks):
        raise invalid_blocks(problems)
    if is_too_long(blocks):
        raise ApiError("msg_blocks_too_long")
    return blocks


def _metadata(arguments: Arguments) -> dict[str, Any] | None:
    """Return the metadata of the call, None when it has none; raises Slack's error. Empty metadata clears the old."""
    metadata = arguments.json_value("metadata", error="invalid_metadata_format")
    if metadata is None:
        return None
    error = metadata_error(metadata)
    if error is not None:
        raise ApiError(error)
    valid: dict[str, Any] = metadata
    return valid


# Paging with Slack's cursors.

Item = TypeVar("Item")


def page(
    found: Sequence[Item], arguments: Arguments, *, default: int, high: int, most: int | None = None
) -> tuple[list[Item], dict[str, Any]]:
    """Return the items selected by ``cursor`` and ``limit``, and the response's ``next_cursor``.

    A ``limit`` above ``high`` is refused; one above ``most`` is reduced to it.
    """
    limit = min(arguments.integer("limit", default=default, high=high), most or high)
    start = _offset_of(arguments.text_or_none("cursor"))
    end = start + limit
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(found) else ""
    return list(found[start:end]), {"response_metadata": {"next_cursor": following}}


def _offset_of(cursor: str | None) -> int:
    """Return the index that a cursor leads to: 100 for ``next:100`` in Base64, 0 for none, else ``invalid_cursor``."""
    if not cursor:
        return 0
    try:
        word, offset = base64.b64decode(cursor, validate=True).decode().split(":")
        if word == "next":
            return int(offset)
    except ValueError:
        pass
    raise ApiError("invalid_cursor")


# Requests to the Web API, read but not checked.


@dataclass(frozen=True)
class ApiRequest:
    """A method's name, its arguments and the token.

    ``from_json``: the arguments came as JSON, and the token from the Authorization header alone. ``problem`` is Slack's
    error code for a body that cannot be read.
    """

    method: str
    given: dict[str, Any]
    token: str | None
    from_json: bool = False
    problem: str | None = None


async def read_request(request: Request) -> ApiRequest:
    """Read a request; arguments in the body override those in the query.

    The token of the header goes before one in a form; a Basic header has the app's id and secret.
    """
    method = request.url.path.rsplit("/api/", 1)[-1].strip("/")
    given: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    header = request.headers.get("authorization", "")
    token = header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else None
    if header.startswith("Basic "):
        given |= _client(header.removeprefix("Basic "))
    if body and request.headers.get("content-type", "").startswith("application/json"):
        return _from_json(method, given, token, body=body)
    given |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    form_token = given.pop("token", None)
    return ApiRequest(method, given, token or form_token)


def _client(encoded: str) -> dict[str, str]:
    """Return the app's id and secret as arguments; none when the header cannot be read."""
    try:
        decoded = base64.b64decode(encoded, validate=True)
    except ValueError:
        return {}
    client_id, _, client_secret = decoded.decode(errors="replace").partition(":")
    return {"client_id": client_id, "client_secret": client_secret}


def _from_json(method: str, given: dict[str, Any], token: str | None, *, body: bytes) -> ApiRequest:
    """Read a JSON body; a token in it does not count."""
    try:
        decoded = json.loads(body)
    except (ValueError, RecursionError):
        return ApiRequest(method, given, token, from_json=True, problem="invalid_json")
    if not isinstance(decoded, dict):
        return ApiRequest(method, given, token, from_json=True, problem="json_not_object")
    decoded.pop("token", None)
    return ApiRequest(method, given | decoded, token, from_json=True)


# Views opened, pushed, updated and published, by the Web API and by acknowledgements alike.


def check_view(view: Any, *, surface: str) -> dict[str, Any]:
    """Return a valid view with its ids filled in; raises ``invalid_arguments`` with pointers, ``view_too_large``."""
    if problems := view_problems(view, surface=surface):
        raise invalid_blocks(problems, "invalid_arguments")
    if view_too_large(view):
        raise ApiError("view_too_large")
    given: dict[str, Any] = view | {"blocks": completed(view["blocks"])}
    return given


def open_modal(workspace: Workspace, user_id: str, given: dict[str, Any]) -> View:
    """Put a checked view on top of a person's stack; raises ``push_limit_reached`` above three."""
    if len(workspace.views.stacks.get(user_id, [])) >= MODALS_PER_STACK:
        raise ApiError("push_limit_reached")
    view = _new_view(workspace, user_id, given)
    view.state = initial_state(given["blocks"])
    workspace.views.push(view)
    workspace.changes.happened()
    return view


def replace_view(workspace: Workspace, view: View, given: dict[str, Any]) -> View:
    """Replace the content of an open view; input stays where ids and types are unchanged."""
    view.state = carry_over(view.state, given["blocks"])
    view.given = given
    view.errors, view.notice = {}, None
    view.hash = new_hash(workspace.now().timestamp())
    workspace.changes.happened()
    return view


def publish_home(workspace: Workspace, user_id: str, given: dict[str, Any]) -> View:
    """Publish a person's Home; it keeps its view id when it is published again."""
    home = workspace.views.homes.get(user_id)
    if home is not None:
        return replace_view(workspace, home, given)
    home = _new_view(workspace, user_id, given)
    home.state = initial_state(given["blocks"])
    workspace.views.homes[user_id] = home
    workspace.views.known[home.id] = home
    workspace.changes.happened()
    return home


def view_object(workspace: Workspace, view: View) -> dict[str, Any]:
    return view_json(view, team_id=workspace.team.id, app_id=workspace.app_id, bot_id=workspace.bot_id)


def _new_view(workspace: Workspace, user_id: str, given: dict[str, Any]) -> View:
    view_id = workspace.ids.new("V")
    stamp = new_hash(workspace.now().timestamp())
    return View(id=view_id, user_id=user_id, given=given, hash=stamp, root_view_id=view_id)
