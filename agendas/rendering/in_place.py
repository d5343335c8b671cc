"""One line of a message that was posted, changed in place: the message's other blocks stay as Slack gave them."""

import re
from collections.abc import Collection, Sequence

from agendas.rendering.blockkit import blocks
from agendas.rendering.controls import Block
from agendas.rendering.letter_mark import without_mark
from agendas.rendering.page import Line, Page, Text

PART = re.compile(r"(.+-)\d+")
"""The id of one of the blocks that an item of a page is drawn as: all but the number is the item's."""


def text_of_line(drawn: Sequence[Block], block_id: str, about: Collection[str] = ()) -> str:
    """Return the mrkdwn of the line whose button is in this block, empty where that is no line of ours.

    With `about` the value of its buttons is one of these: a message that was drawn anew has other lines there.
    """
    line = _line(drawn, block_id)
    if about and not {each.get("value") for each in _pressed(line)} <= set(about):
        return ""
    texts = [block.get("text") for block in line]
    return "\n".join(str(text.get("text", "")) for text in texts if isinstance(text, dict))


def with_line(drawn: Sequence[Block], block_id: str, line: Line | Text) -> list[Block]:
    """Return the blocks with this line in the place of the one whose button is in that block."""
    old = _line(drawn, block_id)
    if not old:
        return list(drawn)
    first = drawn.index(old[0])
    name = _name(block_id)
    new = [block | {"block_id": f"{name}{n}"} for n, block in enumerate(blocks(Page("", (line,))))]
    return [*drawn[:first], *new, *drawn[first + len(old) :]]


def _line(drawn: Sequence[Block], block_id: str) -> list[Block]:
    """The blocks of the line: those of its item, if all its buttons are about one thing."""
    name = _name(block_id)
    found = [block for block in drawn if name and _name(str(block.get("block_id", ""))) == name]
    pressed = _pressed(found)
    is_one = len({each.get("value") for each in pressed}) == 1 and all(each.get("type") == "button" for each in pressed)
    return found if is_one else []


def _pressed(line: Sequence[Block]) -> list[Block]:
    """The controls of these blocks."""
    elements = [each for block in line for each in (*(block.get("elements") or ()), block.get("accessory"))]
    return [each for each in elements if isinstance(each, dict)]


def _name(block_id: str) -> str:
    match = PART.fullmatch(without_mark(block_id))
    return match.group(1) if match else ""
