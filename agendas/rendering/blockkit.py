"""Pages as Block Kit. Every limit of Slack is a constant here; what is too long goes on in the thread, never lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agendas.rendering.controls import ACTIONS_IN_A_BLOCK, Block, action_rows, button_block, button_rows, plain_text
from agendas.rendering.mrkdwn import escape, one_line
from agendas.rendering.page import (
    Buttons,
    Divider,
    Facts,
    Heading,
    Item,
    Line,
    Menu,
    Note,
    Page,
    Rows,
    Table,
    Text,
)
from agendas.rendering.splitting import joined, length, parted, weight

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 10_000
"""Slack names no sum for a message; tables are known to end at about this, and a phone shows no more at once."""
TEXT_CHARACTERS = 3_000
SECTION_FIELDS = 10
FIELD_CHARACTERS = 2_000
HEADING_CHARACTERS = 150
FALLBACK_CHARACTERS = 4_000
"""The top-level text: chat.update refuses more than this."""
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 8_000
"""Characters of a table, of about 10,000 for all cells of a message: the rows around a table have room."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message to post: the fallback `text`, escaped, and its `blocks`."""

    text: str
    blocks: list[Block]


def blocks(page: Page) -> list[Block]:
    """All blocks of a page, unparted: for short replies and for Home. Long pages go through `messages`."""
    return [block for position, item in enumerate(page.items) for block in _drawn(item, f"{page.key}-{position}")]


def messages(page: Page) -> list[Rendered]:
    """The page as the message to post and the ones that continue it in its thread, in order, each within the limits.

    When a page is parted, the buttons at its end stay with the first message, under a note that the rest follows.
    """
    whole = _filled(blocks(page), reserve=0)
    if len(whole) == 1:
        return [Rendered(fallback(page.title), whole[0])]
    body, foot = _body_and_foot(page)
    notice = blocks(Page("", (Note(page.continued), *foot), key=f"{page.key}-foot"))
    filled = _filled(blocks(replace(page, items=body)), reserve=len(notice), room=sum(map(weight, notice)))
    filled[0] += notice
    titles = [page.title, *(f"{page.title} ({n} of {len(filled)})" for n in range(2, len(filled) + 1))]
    return [Rendered(fallback(title), part) for title, part in zip(titles, filled, strict=True)]


def without_tables(page: Page) -> Page:
    """The page with each table as rows, for when Slack refuses newer blocks with `invalid_blocks`."""
    return replace(page, items=tuple(_rows(item) if isinstance(item, Table) else item for item in page.items))


def fallback(title: str) -> str:
    """The top-level text of a message: escaped, and shortened visibly where `chat.update` would refuse it."""
    text = escape(title) or "Cadence"
    return str(text) if length(text) <= FALLBACK_CHARACTERS else parted(text, FALLBACK_CHARACTERS - 1)[0] + "…"


def _body_and_foot(page: Page) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    last = page.items[-1] if page.items else None
    if isinstance(last, Buttons) and len(last.items) <= ACTIONS_IN_A_BLOCK:
        return page.items[:-1], (last,)
    return page.items, ()


def _filled(drawn: Sequence[Block], *, reserve: int, room: int = 0) -> list[list[Block]]:
    """Blocks in as many messages as they need; `reserve` blocks and `room` characters are kept free in the first."""
    filled: list[list[Block]] = [[]]
    blocks_left, characters_left = MESSAGE_BLOCKS - reserve, MESSAGE_CHARACTERS - room
    has_table = False
    for block in drawn:
        is_table = block["type"] == "table"
        size = weight(block)
        if filled[-1] and (not blocks_left or size > characters_left or (is_table and has_table)):
            filled.append([])
            blocks_left, characters_left, has_table = MESSAGE_BLOCKS, MESSAGE_CHARACTERS, False
        filled[-1].append(block)
        blocks_left, characters_left = blocks_left - 1, characters_left - size
        has_table = has_table or is_table
    return filled


def _drawn(item: Item, block_id: str) -> list[Block]:
    """The blocks of one item, with ids made of the page's key, the item's position and the part's number."""
    return [block | {"block_id": f"{block_id}-{number}"} for number, block in enumerate(_unnamed(item))]


def _unnamed(item: Item) -> list[Block]:
    match item:
        case Heading(text):
            return _heading(text)
        case Text() | Note() | Line():
            return _paragraph(item)
        case Rows(lines):
            whole = [part for line in lines for part in _texts_of(line)]
            return [_section(part) for part in joined(whole, TEXT_CHARACTERS)]
        case Facts(pairs):
            return _facts(pairs)
        case Divider():
            return [{"type": "divider"}]
        case Buttons() | Menu():
            return [{"type": "actions", "elements": row} for row in action_rows(item)]
        case Table():
            return _table(item)


def _paragraph(item: Text | Note | Line) -> list[Block]:
    draw = _context if isinstance(item, Note) else _section
    drawn = [draw(part) for part in _texts_of(item.mrkdwn)]
    if not isinstance(item, Line) or not drawn:
        return drawn
    if item.others:
        return [*drawn, *({"type": "actions", "elements": row} for row in button_rows((item.button, *item.others)))]
    drawn[-1]["accessory"] = button_block(item.button)
    return drawn


def _heading(heading: str) -> list[Block]:
    text = one_line(heading)
    if not text.strip():
        return []
    if length(text) <= HEADING_CHARACTERS:
        return [{"type": "header", "text": plain_text(text)}]
    return [_section(part) for part in parted(escape(text), TEXT_CHARACTERS)]


def _facts(pairs: Sequence[tuple[str, str]]) -> list[Block]:
    texts = [f"*{escape(label)}*\n{value or '-'}" for label, value in pairs]
    if any(length(text) > FIELD_CHARACTERS for text in texts) or sum(map(length, texts)) > TEXT_CHARACTERS:
        return [_section(part) for text in texts for part in parted(text, TEXT_CHARACTERS)]
    return [
        {"type": "section", "fields": [_mrkdwn(text) for text in texts[start : start + SECTION_FIELDS]]}
        for start in range(0, len(texts), SECTION_FIELDS)
    ]


def _table(table: Table) -> list[Block]:
    """The caption and one or more tables of whole rows, each under the header; as rows where no table can hold it."""
    sizes = [sum(length(cell) for cell in row) for row in table.rows]
    room = TABLE_CHARACTERS - sum(length(cell) for cell in table.header)
    if len(table.header) > TABLE_COLUMNS or any(size > min(room, TEXT_CHARACTERS) for size in sizes):
        return _unnamed(_rows(table))
    parts: list[list[tuple[str, ...]]] = []
    left = 0
    for row, size in zip(table.rows, sizes, strict=True):
        if not parts or len(parts[-1]) == TABLE_ROWS - 1 or size > left:
            parts.append([])
            left = room
        parts[-1].append(row)
        left -= size
    caption = [_section(part) for part in _texts_of(table.caption)]
    return caption + [{"type": "table", "rows": [_cells(table.header), *map(_cells, part)]} for part in parts]


def _cells(row: Sequence[str]) -> list[Block]:
    return [{"type": "raw_text", "text": one_line(cell).strip() or "-"} for cell in row]


def _rows(table: Table) -> Rows:
    """A table as lines: its caption, then `header: cell` pairs of a row, joined by dots."""
    lines = (
        " · ".join(
            f"{escape(name)}: {escape(cell)}" if name else escape(cell)
            for name, cell in zip(table.header, row, strict=True)
        )
        for row in table.rows
    )
    return Rows(tuple(line for line in (table.caption, *lines) if line))


def _texts_of(mrkdwn: str) -> list[str]:
    return [part for part in parted(mrkdwn, TEXT_CHARACTERS) if part.strip()]


def _section(mrkdwn: str) -> Block:
    return {"type": "section", "text": _mrkdwn(mrkdwn)}


def _context(mrkdwn: str) -> Block:
    return {"type": "context", "elements": [_mrkdwn(mrkdwn)]}


def _mrkdwn(text: str) -> Block:
    # verbatim: Slack is not to make links or mentions of its own out of what people typed.
    return {"type": "mrkdwn", "text": str(text), "verbatim": True}
