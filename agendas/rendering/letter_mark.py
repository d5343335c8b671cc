"""A letter's mark in the block ids of its message, by which the message is found where Slack gives no metadata back."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from agendas.rendering.controls import Block

BEFORE_MARK = "~"
"""Stands between a block's own id and the mark. No id of ours has it."""
MARK_CHARACTERS = 32
BLOCK_ID_CHARACTERS = 255
"""Slack's limit for a block id."""


def with_mark(blocks: Sequence[Block], key: str) -> list[Block]:
    """Return the blocks with the mark of this letter's key behind the first one's id."""
    if not blocks:
        return []
    own = without_mark(str(blocks[0].get("block_id", "")))[: BLOCK_ID_CHARACTERS - len(_mark(key))]
    return [blocks[0] | {"block_id": own + _mark(key)}, *blocks[1:]]


def has_mark(blocks: Iterable[Any], key: str) -> bool:
    """Return whether one of the blocks, as Slack gives them, has the mark of this letter's key."""
    mark = _mark(key)
    return any(isinstance(block, dict) and str(block.get("block_id", "")).endswith(mark) for block in blocks)


def without_mark(block_id: str) -> str:
    """Return the block's own id."""
    return block_id.partition(BEFORE_MARK)[0]


def _mark(key: str) -> str:
    """Return the mark: of a digest, because a key can be longer than what is left of an id."""
    return BEFORE_MARK + sha256(key.encode()).hexdigest()[:MARK_CHARACTERS]
