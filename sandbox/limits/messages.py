"""Limits of messages: blocks, attachments, metadata."""

import json
import re
from typing import Any

from sandbox.limits.block_lists import check_blocks, walk_blocks
from sandbox.limits.checks import Problems
from sandbox.limits.tables import characters

MOST_ATTACHMENTS = 100
BLOCK_CHARACTERS = 13_200
METADATA_BYTES = 16_000
EVENT_TYPE = re.compile(r"[A-Za-z0-9_.:-]{1,255}")
ATTACHMENT_KEYS = frozenset(
    (
        *("fallback", "color", "pretext", "author_name", "author_link", "author_icon", "author_id", "title"),
        *("title_link", "text", "fields", "image_url", "thumb_url", "footer", "footer_icon", "ts", "mrkdwn_in"),
        *("blocks", "callback_id", "actions", "id", "attachment_type"),
    )
)


def message_problems(blocks: Any, *, at: str = "/blocks") -> list[str]:
    """Return Slack's problems with the blocks of a message; empty when it would take them."""
    problems = Problems()
    check_blocks(blocks, "message", at, problems)
    return problems.found


def is_too_long(blocks: Any) -> bool:
    """Return True if the text of all blocks together is too long for one message (``msg_blocks_too_long``).

    Slack publishes no figure; this one is on the safe side. Tables and markdown have their own limits.
    """
    apart = ("table", "data_table", "markdown")
    return (
        sum(_own_characters(block) for block, _ in walk_blocks(blocks, "") if block.get("type") not in apart)
        > BLOCK_CHARACTERS
    )


def attachments_problems(attachments: Any) -> list[str]:
    """Return Slack's problems with attachments; empty when it would take them."""
    problems = Problems()
    if not isinstance(attachments, list):
        problems.add("must provide an array", "/attachments")
        return problems.found
    for index, attachment in enumerate(attachments):
        at = f"/attachments/{index}"
        if not isinstance(attachment, dict):
            problems.add("must provide an object", at)
            continue
        for name in sorted(set(attachment) - ATTACHMENT_KEYS):
            problems.add(f"invalid additional property: {name}", at)
        if attachment.get("blocks"):
            check_blocks(attachment["blocks"], "message", f"{at}/blocks", problems)
    return problems.found


def metadata_error(metadata: Any) -> str | None:
    """Return Slack's error code for this metadata, None when it would take it; ``{}`` clears it.

    Slack publishes no size; this one is on the safe side.
    """
    if metadata == {}:
        return None
    if not isinstance(metadata, dict):
        return "invalid_metadata_format"
    if not {"event_type", "event_payload"} <= set(metadata) <= {"event_type", "event_payload", "entities"}:
        return "invalid_metadata_format"
    kind, payload = metadata["event_type"], metadata["event_payload"]
    if not isinstance(kind, str) or not EVENT_TYPE.fullmatch(kind) or not isinstance(payload, dict):
        return "invalid_metadata_format"
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        return "metadata_too_large"
    return None


def _own_characters(block: dict[str, Any]) -> int:
    return characters({name: part for name, part in block.items() if name != "child_blocks"})
