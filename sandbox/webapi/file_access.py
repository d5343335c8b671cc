"""Access of the app to files, and to the pictures named in its blocks."""

from collections.abc import Iterator
from typing import Any

from sandbox.webapi.errors import ApiError
from sandbox.workspace.files import File
from sandbox.workspace.workspace import Workspace

PICTURES = ("image/png", "image/jpeg", "image/gif")
"""File types that Slack shows in a block."""


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


def picture_problems(workspace: Workspace, blocks: Any, at: str) -> list[str]:
    """Return Slack's problems with the pictures in blocks: unknown, incomplete, no picture, or not visible."""
    return [
        f"invalid slack file [json-pointer:{pointer}]"
        for given, pointer in _slack_files(blocks, at)
        if not any(_is_meant(file, given) and _can_be_shown(workspace, file) for file in workspace.files.values())
    ]


def _can_be_shown(workspace: Workspace, file: File) -> bool:
    return file.is_complete and file.media_type in PICTURES and is_visible_to_app(workspace, file)


def _is_meant(file: File, given: dict[str, Any]) -> bool:
    return file.id == given["id"] if given.get("id") else f"-{file.id}/" in given["url"]


def _slack_files(value: Any, at: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every ``slack_file`` in valid blocks, with its pointer."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        if name == "slack_file":
            yield part, f"{at}/{name}"
        else:
            yield from _slack_files(part, f"{at}/{name}")
