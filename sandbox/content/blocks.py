"""Stored blocks: the ids and defaults that Slack fills in, and lookups by id."""

import secrets
from collections.abc import Iterator
from typing import Any


def completed(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a copy of the blocks with ``block_id``, ``action_id``, ``emoji`` and ``verbatim`` filled in."""
    filled: list[dict[str, Any]] = copy_json(blocks)
    for block in all_blocks(filled):
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
        for element in elements_of(block):
            if element["type"] not in ("image", "mrkdwn", "plain_text") and not element.get("action_id"):
                element["action_id"] = secrets.token_urlsafe(4)
    _fill_texts(filled)
    return filled


def copy_json(value: Any) -> Any:
    """Return a deep copy of a JSON value; several times faster than ``copy.deepcopy``."""
    if isinstance(value, dict):
        return {name: copy_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [copy_json(part) for part in value]
    return value


def all_blocks(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every block, including those inside containers and carousels."""
    for block in blocks:
        yield block
        if block["type"] == "container":
            yield from all_blocks(block["child_blocks"])
        elif block["type"] == "carousel":
            yield from all_blocks(block["elements"])


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the elements of one block: of actions, card, context, accessory or input; none of rich text."""
    if block["type"] in ("rich_text", "carousel"):
        return []
    listed = block.get("elements") or block.get("actions") or []
    single = [block[name] for name in ("accessory", "element") if block.get(name)]
    return [*listed, *single]


def find_element(blocks: list[dict[str, Any]], block_id: str, action_id: str) -> dict[str, Any] | None:
    """Return the element with these ids, None when there is none."""
    for block in all_blocks(blocks):
        if block["block_id"] != block_id:
            continue
        for element in elements_of(block):
            if element.get("action_id") == action_id:
                return element
    return None


def find_block(blocks: list[dict[str, Any]], block_id: str) -> dict[str, Any] | None:
    """Return the block with this id, None when there is none."""
    return next((block for block in all_blocks(blocks) if block["block_id"] == block_id), None)


def _fill_texts(value: Any) -> None:
    if isinstance(value, list):
        for part in value:
            _fill_texts(part)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for part in value.values():
            _fill_texts(part)
