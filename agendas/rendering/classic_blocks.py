"""Items of a page as classic blocks, with Slack's limits of them."""

from collections.abc import Sequence

from agendas.rendering.charts import chart_table
from agendas.rendering.controls import Block, action_rows, button_block, button_rows, plain_text
from agendas.rendering.data_tables import sortable_parts
from agendas.rendering.mrkdwn import escape, one_line
from agendas.rendering.page import (
    Buttons,
    Chart,
    Divider,
    Facts,
    Fold,
    Heading,
    Item,
    Line,
    Menu,
    Note,
    Rows,
    SortableTable,
    Table,
    Text,
)
from agendas.rendering.splitting import joined, length, parted
from agendas.rendering.tables import table_lines

TEXT_CHARACTERS = 3_000
SECTION_FIELDS = 10
FIELD_CHARACTERS = 2_000
HEADING_CHARACTERS = 150


def classic_blocks(item: Item) -> list[Block]:
    """Return the classic blocks of an item."""
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
        case Table() | SortableTable() | Chart() | Fold():
            return [block for each in _parts_of(item) for block in classic_blocks(each)]


def _parts_of(item: Table | SortableTable | Chart | Fold) -> tuple[Item, ...]:
    """The items that say the same without a newer block."""
    match item:
        case Fold(_, items):
            return items
        case SortableTable():
            return tuple(each for part in sortable_parts(item) for each in part.plain)
        case Chart():
            return (table_lines(chart_table(item)),)
        case Table():
            return (table_lines(item),)


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


def _texts_of(mrkdwn: str) -> list[str]:
    return [part for part in parted(mrkdwn, TEXT_CHARACTERS) if part.strip()]


def _section(mrkdwn: str) -> Block:
    return {"type": "section", "text": _mrkdwn(mrkdwn)}


def _context(mrkdwn: str) -> Block:
    return {"type": "context", "elements": [_mrkdwn(mrkdwn)]}


def _mrkdwn(text: str) -> Block:
    # verbatim: Slack is not to make links or mentions of its own out of what people typed.
    return {"type": "mrkdwn", "text": str(text), "verbatim": True}
