"""Lines and pixels of a message: what a reader has to look through.

A model of text, so that the figures are the same on every machine: each line of text is broken at the width, a row of
buttons is a line, a divider is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from sandbox.readable import readable
from sandbox.workspace import Workspace

DESKTOP, PHONE = 110, 45
"""Characters of 15 px type in a line of a message: in a window of 1280 px, and of 390 px."""

LINE, SMALL_LINE, HEADER_LINE, BUTTON_LINE = 22, 18, 24, 36
GAP, DIVIDER, HEAD, FRAME = 8, 21, 20, 12
"""Pixels: of lines by their type; between blocks, of a rule, of a message's name and time, and around it."""

SMALL, LARGE = 15 / 13, 15 / 18
"""How much more goes into a line of small print, and of a header."""

BUTTON_FRAME, MENU = 4, 5
"""Characters that the frame of a button and a menu take."""

EMOJI = re.compile(r":[a-z_]+:")
MARKS = re.compile(r"(?<!\w)[*_~`]+|[*_~`]+(?!\w)")


@dataclass(frozen=True, slots=True)
class Size:
    """The lines and pixels of a block or a message."""

    lines: int
    pixels: int

    def __add__(self, other: "Size") -> "Size":
        return Size(self.lines + other.lines, self.pixels + other.pixels)


NONE = Size(0, 0)


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures messages of a workspace; `characters` go into a line."""

    workspace: Workspace
    characters: int

    def message(self, blocks: list[dict[str, Any]]) -> Size:
        """The size of a message with these blocks; its name, its time and the space around it are pixels alone."""
        return self._all(blocks) + Size(0, HEAD + FRAME)

    def _all(self, blocks: list[dict[str, Any]]) -> Size:
        return sum((self._block(block) + Size(0, GAP) for block in blocks), NONE)

    def _block(self, block: dict[str, Any]) -> Size:
        match block:
            case {"type": "divider"}:
                return Size(0, DIVIDER)
            case {"type": "header", "text": text}:
                return self._text("".join(self._texts(text)), HEADER_LINE, LARGE)
            case {"type": "context", "elements": elements}:
                return self._text("  ".join(self._texts(elements)), SMALL_LINE, SMALL)
            case {"type": "actions" | "context_actions", "elements": elements}:
                return self._row(elements)
            case {"type": "section"}:
                return self._section(block)
        return self._newer(block)

    def _newer(self, block: dict[str, Any]) -> Size:
        """The size of a block that Slack has had for a short time, or that is measured by its texts alone."""
        match block:
            case {"type": "container", "child_blocks": blocks}:
                return self._text("".join(self._texts(block.get("title")))) + self._all(blocks)
            case {"type": "card"}:
                return self._card(block)
            case {"type": "data_table" | "table", "rows": rows}:
                return Size(len(rows), len(rows) * (LINE + GAP))
        return self._text("\n".join(self._texts([part for part in block.values() if isinstance(part, list | dict)])))

    def _section(self, block: dict[str, Any]) -> Size:
        found = self._text("".join(self._texts(block.get("text"))))
        cells = [self._text(text, broken_at=self.characters // 2) for text in self._texts(block.get("fields"))]
        for left, right in zip(cells[::2], [*cells[1::2], NONE], strict=False):
            found += max(left, right, key=lambda cell: cell.lines)
        return found

    def _card(self, block: dict[str, Any]) -> Size:
        parts = (block.get(name) for name in ("title", "subtitle", "body", "subtext"))
        text = sum((self._text("\n".join(self._texts(part))) for part in parts if part), NONE)
        return text + (self._row(block["actions"]) if block.get("actions") else NONE)

    def _row(self, controls: list[dict[str, Any]]) -> Size:
        rows, left = 0, 0
        for control in controls:
            width = (
                MENU if control["type"] == "overflow" else len("".join(self._texts(control.get("text")))) + BUTTON_FRAME
            )
            if width > left:
                rows, left = rows + 1, self.characters
            left -= width
        return Size(rows, rows * BUTTON_LINE)

    def _text(self, text: str, line: int = LINE, more: float = 1.0, *, broken_at: int = 0) -> Size:
        if not text:
            return NONE
        width = (broken_at or self.characters) * more
        lines = sum(max(1, ceil(len(each) / width)) for each in text.split("\n"))
        return Size(lines, lines * line)

    def _texts(self, value: Any) -> Iterator[str]:
        """The texts of a block's part as they are read: without marks, with names in place of ids."""
        if isinstance(value, list):
            for part in value:
                yield from self._texts(part)
        elif isinstance(value, dict) and value.get("type") in ("mrkdwn", "plain_text", "raw_text"):
            text = readable(str(value["text"]), self.workspace)
            yield MARKS.sub("", EMOJI.sub("oo", text)) if value["type"] == "mrkdwn" else text
        elif isinstance(value, dict):
            yield from self._texts([part for part in value.values() if isinstance(part, list | dict)])
