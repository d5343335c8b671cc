"""The content of a message, read from arguments and checked against every limit."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.blocks import completed
from sandbox.limits import (
    attachments_problems,
    ephemeral_problems,
    is_too_long,
    length,
    limits,
    message_problems,
    metadata_error,
)
from sandbox.slack import Slack
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, invalid_blocks
from sandbox.webapi.file_access import picture_problems

POST_CHARACTERS = 40_000
UPDATE_CHARACTERS = 4_000
MARKDOWN_CHARACTERS = 12_000


@dataclass(frozen=True)
class MessageContent:
    """A message's text, blocks, attachments and metadata.

    ``has_metadata`` is false when none was given, ``has_previews`` true when Slack previews links (media by default).
    """

    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    has_metadata: bool = False
    has_previews: bool = True


def read_content(
    slack: Slack, arguments: Arguments, *, updating: bool = False, ephemeral: bool = False
) -> MessageContent:
    """Read the content of a call; raises ``no_text``, ``invalid_blocks``, ``msg_too_long`` and the like."""
    text = arguments.text_or_none("text") or ""
    blocks = _blocks(slack, arguments)
    if ephemeral and (problems := ephemeral_problems(blocks)):
        raise invalid_blocks(problems)
    if arguments.has("markdown_text"):
        text, blocks = "", [_markdown(arguments, taken=bool(text or blocks))]
    attachments = _attachments(slack, arguments)
    if not text.strip() and not blocks and not attachments:
        raise ApiError("no_text")
    if updating and length(text) > UPDATE_CHARACTERS:
        raise ApiError("msg_too_long")
    metadata = _metadata(arguments)
    return MessageContent(
        text=text[:POST_CHARACTERS],
        blocks=completed(blocks),
        attachments=attachments,
        metadata=metadata or None,
        has_metadata=metadata is not None,
        has_previews=arguments.flag("unfurl_links") or arguments.flag("unfurl_media", default=True),
    )


def _blocks(slack: Slack, arguments: Arguments) -> list[dict[str, Any]]:
    blocks = arguments.json_value("blocks", error="invalid_blocks_format")
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    problems = message_problems(blocks) or picture_problems(slack.workspace, blocks, "/blocks")
    if problems:
        raise invalid_blocks(problems)
    if is_too_long(blocks):
        raise ApiError("msg_blocks_too_long")
    return blocks


def _markdown(arguments: Arguments, *, taken: bool) -> dict[str, Any]:
    if taken:
        raise ApiError("markdown_text_conflict")
    text = arguments.text("markdown_text")
    if length(text) > MARKDOWN_CHARACTERS:
        raise ApiError("msg_too_long")
    return {"type": "markdown", "text": text}


def _attachments(slack: Slack, arguments: Arguments) -> list[dict[str, Any]]:
    attachments = arguments.json_value("attachments", error="invalid_attachments")
    if not attachments:
        return []
    if isinstance(attachments, list) and len(attachments) > limits()["sums"]["attachments"]:
        raise ApiError("too_many_attachments")
    problems = attachments_problems(attachments) or picture_problems(slack.workspace, attachments, "/attachments")
    if problems:
        raise invalid_blocks(problems, "invalid_attachments")
    kept: list[dict[str, Any]] = [
        attachment | {"blocks": completed(attachment.get("blocks") or [])} for attachment in attachments
    ]
    return kept


def _metadata(arguments: Arguments) -> dict[str, Any] | None:
    metadata = arguments.json_value("metadata", error="invalid_metadata_format")
    if metadata is None:
        return None
    error = metadata_error(metadata)
    if error is not None:
        raise ApiError(error)
    kept: dict[str, Any] = metadata
    return kept
