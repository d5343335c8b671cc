"""files.*: uploads in three steps, and files.info."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from sandbox.slack import Slack
from sandbox.webapi.access import open_channel, readable_channel
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, invalid_arguments
from sandbox.webapi.file_access import visible_file
from sandbox.webapi.message_content import MessageContent, read_content
from sandbox.webapi.methods.chat import bot_message, thread_argument
from sandbox.workspace.channels import Channel
from sandbox.workspace.files import File, file_json
from sandbox.workspace.messages import Message

MOST_BYTES = 1_000_000_000
SNIPPET_BYTES = 1_000_000
ALT_CHARACTERS = 1_000


def upload_url(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """files.getUploadURLExternal: announce a file of this name and length."""
    name, size = arguments.text("filename"), _length(arguments)
    alt_text = arguments.text_or_none("alt_txt") or ""
    if len(alt_text) > ALT_CHARACTERS:
        raise ApiError("alt_txt_too_large")
    if arguments.has("snippet_type") and size > SNIPPET_BYTES:
        raise ApiError("snippet_too_large")
    workspace = slack.workspace
    created = int(workspace.now().timestamp())
    file = File(workspace.ids.new("F"), workspace.bot.id, name, name, size, created, alt_text)
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
    files = _uploaded(slack, arguments)
    ids = arguments.strings("channels") or arguments.strings("channel_id")
    channels = [open_channel(readable_channel(slack, channel_id)) for channel_id in ids]
    threads = [thread_argument(channel, arguments) for channel in channels]
    content = _content(slack, arguments)
    for file, title in files:
        file.title, file.is_complete = title, True
        slack.events.workspace_wide("file_created", {"file_id": file.id, "file": {"id": file.id}})
    for channel, thread_ts in zip(channels, threads, strict=True):
        _share(slack, channel, [file for file, _ in files], content=content, thread_ts=thread_ts)
    return {"files": [_shown(slack, file) for file, _ in files]}


def info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """files.info."""
    file = visible_file(slack.workspace, arguments.text("file"))
    return {"file": _shown(slack, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def _share(
    slack: Slack, channel: Channel, files: list[File], *, content: MessageContent, thread_ts: str | None
) -> None:
    message: Message = bot_message(slack, channel, content, thread_ts=thread_ts)
    message.subtype = "file_share"
    for file in files:
        file.channel_ids.append(channel.id)
    message.files = [_shown(slack, file) for file in files]
    slack.workspace.store(message)
    slack.events.message_posted(message)
    for file in files:
        shared = {"file_id": file.id, "user_id": file.user_id, "file": {"id": file.id}, "channel_id": channel.id}
        slack.events.workspace_wide("file_shared", shared)


def _content(slack: Slack, arguments: Arguments) -> MessageContent:
    """Return the message to share the files with; Slack drops blocks beside a comment."""
    given = {"text": arguments.text_or_none("initial_comment"), "blocks": arguments.given.get("blocks")}
    if not any(given.values()):
        return MessageContent()
    content = read_content(slack, Arguments(given))
    return replace(content, blocks=[]) if given["text"] else content


def _uploaded(slack: Slack, arguments: Arguments) -> list[tuple[File, str]]:
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


def _length(arguments: Arguments) -> int:
    text = arguments.text("length")
    if not (text.isascii() and text.isdecimal()) or int(text) == 0:
        raise invalid_arguments("must be a positive integer [json-pointer:/length]")
    if int(text) > MOST_BYTES:
        raise ApiError("file_upload_size_restricted")
    return int(text)


def _shown(slack: Slack, file: File) -> dict[str, Any]:
    return file_json(file, origin=slack.origin, team_id=slack.workspace.team.id)
