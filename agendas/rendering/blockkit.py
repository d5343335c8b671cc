"""A neutral page as Block Kit: blocks, tables, charts and controls within Slack's limits."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from hashlib import sha256
from math import isfinite
from typing import Any

from agendas.rendering.mrkdwn import escape, joined, length, one_line, parted, weight
from agendas.rendering.page import (
    Button,
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
    Number,
    Page,
    Rows,
    SortableTable,
    Table,
    Text,
)
from agendas.text.limits import beginning

# Buttons and menus as Block Kit, with Slack's limits of them.

ACTIONS_IN_A_BLOCK = 25
ACTIONS_IN_A_ROW = 5
"""Ours, of Slack's 25: more do not fit a phone's width."""
OVERFLOW_ENTRIES = 5
OVERFLOW_VALUE_CHARACTERS = 150
OVERFLOW = "overflow"
"""The action id of a menu of buttons: the button's own action is the first word of the value chosen in it."""
MENU_ENTRIES = 100
MENU_CHARACTERS = 75
"""Of an entry, and of the words shown before one is chosen."""
BUTTON_CHARACTERS = 75
BUTTON_VALUE_CHARACTERS = 2_000
BUTTON_URL_CHARACTERS = 3_000
CONFIRM_TITLE_CHARACTERS = 100
CONFIRM_TEXT_CHARACTERS = 300
CONFIRM_CHOICE_CHARACTERS = 30

Block = dict[str, Any]


def action_rows(item: Buttons | Menu) -> list[list[Block]]:
    """The rows of elements: menus of choices, then buttons, then the menu of rarer ones; none without any element."""
    if isinstance(item, Buttons):
        rows = button_rows(item.items) or [[]]  # a row at least, for the menus
        if item.menu:
            # at the end of the last row, or in a row of its own where that is full
            rows = [*rows, []] if len(rows[-1]) == ACTIONS_IN_A_ROW else rows
            rows[-1].append(_overflow(item.menu))
        first, *others = rows
        first = [*(_menu(each) for each in item.choices if each.entries), *first]
        return [row for row in (first, *others) if row]
    return [[_menu(item)]] if item.entries else []


def button_rows(items: Sequence[Button]) -> list[list[Block]]:
    """Rows of at most five; an action comes once in a row, because Slack distinguishes buttons of a row by it."""
    rows: list[list[Block]] = []
    for button in items:
        taken = {element["action_id"] for element in rows[-1]} if rows else set()
        if not rows or len(rows[-1]) == ACTIONS_IN_A_ROW or button.action in taken:
            rows.append([])
        rows[-1].append(button_block(button))
    return rows


def _overflow(menu: Sequence[Button]) -> Block:
    """The menu of rarer buttons.

    Raises ValueError for more buttons than Slack takes, a value that is too long, and a button that asks before it
    acts or opens a page, which no entry can do.
    """
    options: list[Block] = [
        {
            "text": plain_text(shortened_label(button.label, BUTTON_CHARACTERS)),
            "value": f"{button.action} {button.value}".rstrip(),
        }
        for button in menu
    ]
    if any(button.confirm or button.url for button in menu):
        raise ValueError("an entry of a menu of buttons neither asks first nor opens a page")
    if len(options) > OVERFLOW_ENTRIES or any(length(each["value"]) > OVERFLOW_VALUE_CHARACTERS for each in options):
        raise ValueError(f"the menu with {menu[0].action!r} is more than Slack takes")
    return {"type": "overflow", "action_id": OVERFLOW, "options": options}


def word_and_value(action: str, value: str) -> tuple[str, str]:
    """Return the action and value of a click; in an overflow menu, those of the chosen entry."""
    if action != OVERFLOW:
        return action, value
    word, _, rest = value.partition(" ")
    return word, rest


def button_block(button: Button) -> Block:
    """Return the element of a button. Raises ValueError when its value is longer than Slack takes."""
    if length(button.value) > BUTTON_VALUE_CHARACTERS or length(button.url) > BUTTON_URL_CHARACTERS:
        raise ValueError(f"the value of button {button.action!r} is longer than Slack takes")
    drawn: Block = {
        "type": "button",
        "text": plain_text(shortened_label(button.label, BUTTON_CHARACTERS)),
        "action_id": button.action,
    }
    optional = (("value", button.value), ("style", button.style), ("url", button.url))
    drawn |= {key: text for key, text in optional if text}
    if button.confirm is not None:
        drawn["confirm"] = {
            "title": plain_text(shortened_label(button.confirm.title, CONFIRM_TITLE_CHARACTERS)),
            "text": plain_text(shortened_label(button.confirm.text, CONFIRM_TEXT_CHARACTERS)),
            "confirm": plain_text(shortened_label(button.confirm.yes, CONFIRM_CHOICE_CHARACTERS)),
            "deny": plain_text(shortened_label(button.confirm.no, CONFIRM_CHOICE_CHARACTERS)),
        }
    return drawn


def _menu(menu: Menu) -> Block:
    return {
        "type": "static_select",
        "action_id": menu.action,
        "placeholder": plain_text(shortened_label(menu.label, MENU_CHARACTERS)),
        "options": [
            {"text": plain_text(shortened_label(label, MENU_CHARACTERS)), "value": value}
            for label, value in menu.entries[:MENU_ENTRIES]
        ],
    }


def shortened_label(label: str, limit: int) -> str:
    """A label on one line, `-` if empty, ending in `…` where shortened: the whole name is in the text next to it."""
    short = one_line(label).strip() or "-"
    return short if length(short) <= limit else beginning(short, limit - 1, length).rstrip() + "…"


def plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


VIEW_TITLE_CHARACTERS = 24


def with_plain_texts(part: Any, replaced: Callable[[str], str]) -> Any:
    """The blocks or view, with `replaced` applied to each text in which Slack draws no mention, cut to Slack's limits.

    A view that came back from a client may hold anything.
    """
    if isinstance(part, list):
        return [with_plain_texts(each, replaced) for each in part]
    if not isinstance(part, dict):
        return part
    walked = {name: with_plain_texts(value, replaced) for name, value in part.items()}
    text, typed = part.get("text"), part.get("initial_value")
    if part.get("type") in ("plain_text", "raw_text") and isinstance(text, str):
        new = replaced(text)
        # a text short enough for a choice or button stays so; longer ones are labels and hints
        is_short = len(text) <= BUTTON_CHARACTERS < len(new)
        walked["text"] = shortened_label(new, BUTTON_CHARACTERS) if is_short else new
    if isinstance(typed, str):
        walked["initial_value"] = replaced(typed)[: part.get("max_length")]
    title = walked.get("title")
    if part.get("type") == "modal" and isinstance(title, dict) and len(str(title.get("text"))) > VIEW_TITLE_CHARACTERS:
        walked["title"] = title | {"text": shortened_label(str(title["text"]), VIEW_TITLE_CHARACTERS)}
    return walked


# Charts as Block Kit, as a small table, and as a sentence for whoever has them read aloud.

CHARTS = 2
"""Charts of a message."""
CHART_TITLE_CHARACTERS = 50
CHART_SERIES = 12
CHART_CATEGORIES = 20
CHART_NAME_CHARACTERS = 20
"""Of a series, and of a category."""
AXIS_CHARACTERS = 50


def chart_block(chart: Chart) -> Block | None:
    """Return the block of a chart; None where it has more than Slack draws, or names that it could not tell apart."""
    categories = [shortened_label(each, CHART_NAME_CHARACTERS) for each in chart.categories]
    names = [shortened_label(each.name, CHART_NAME_CHARACTERS) for each in chart.series]
    values = [number.value for each in chart.series for number in each.numbers]
    is_repeated = any(len(set(each)) != len(each) for each in (categories, names))
    fits = 0 < len(categories) <= CHART_CATEGORIES and 0 < len(names) <= CHART_SERIES
    if not fits or is_repeated or not all(map(isfinite, values)):
        return None
    labels = (("x_label", chart.x_label), ("y_label", chart.y_label))
    axes = {name: shortened_label(label, AXIS_CHARACTERS) for name, label in labels if label.strip()}
    series = [
        {
            "name": name,
            "data": [
                {"label": category, "value": number.value}
                for category, number in zip(categories, each.numbers, strict=True)
            ],
        }
        for name, each in zip(names, chart.series, strict=True)
    ]
    return {
        "type": "data_visualization",
        "title": shortened_label(chart.title, CHART_TITLE_CHARACTERS),
        "chart": {"type": chart.kind.value, "series": series, "axis_config": {"categories": categories, **axes}},
    }


def chart_table(chart: Chart) -> Table:
    rows = zip(chart.categories, *([number.text for number in each.numbers] for each in chart.series), strict=True)
    header = (chart.x_label, *(each.name for each in chart.series))
    return Table(header, tuple(rows), f"*{escape(chart.title)}*" if chart.title.strip() else "")


def chart_sentence(chart: Chart) -> str:
    """The chart's numbers as raw text: its title, then each series with its categories."""
    named = ((each.name, zip(chart.categories, each.numbers, strict=True)) for each in chart.series)
    text = (f"{name}: {', '.join(f'{category} {each.text}' for category, each in pairs)}" for name, pairs in named)
    return one_line(f"{chart.title}: {'; '.join(text)}.")


# Sortable tables as Block Kit, and as lines of text in their place.

DATA_TABLE_ROWS = 200
"""Rows of a table, of Slack's 201 with the header."""
DATA_TABLE_COLUMNS = 20
DATA_TABLE_CHARACTERS = 20_000
"""Characters of all cells of a message, in one table or several."""
DATA_TABLE_PAGE_ROWS = 100
CAPTION_CHARACTERS = 250
"""Ours: Slack names none."""
CELL_CHARACTERS = 3_000
PLAIN_CHARACTERS = 7_000
"""Ours: characters of the lines in a table's place, of the 10,000 of a message."""

Row = tuple[str | Number, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """Rows of a table for one message: its block, None where no table holds them, and the items below it.

    `plain` are the items that replace all of it.
    """

    block: Block | None
    below: tuple[Item, ...]
    plain: tuple[Item, ...]


def sortable_parts(table: SortableTable) -> list[TablePart]:
    """Return the parts of a table: with `more` one part and its button for the rows that do not fit, else all parts.

    A table without rows has none.
    """
    if not table.rows:
        return []
    if table.more is not None:
        rows, lines = _fitting(table, len(table.rows), is_plain=False), _fitting(table, len(table.rows), is_plain=True)
        below = _rest(table, rows)
        plain = (*_as_rows(table, lines), *_rest(table, lines))
        return [TablePart(_block(replace(table, rows=table.rows[:rows])), below, plain)]
    parts, start = [], 0
    while start < len(table.rows):
        remaining = replace(table, rows=table.rows[start:])
        # as many rows as one message holds both as a table and as lines of text
        count = _fitting(remaining, _fitting(remaining, len(remaining.rows), is_plain=False), is_plain=True)
        block = _block(replace(remaining, rows=remaining.rows[:count]))
        parts.append(TablePart(block, (), tuple(_as_rows(remaining, count))))
        start += count
    return parts


def cell_text(cell: str | Number) -> str:
    return one_line(cell.text if isinstance(cell, Number) else cell).strip()


def _fitting(table: SortableTable, most: int, *, is_plain: bool) -> int:
    """Return how many of the first rows one message holds, one at least and `most` at most.

    With `is_plain` they are counted as lines of text, else as cells of a table.
    """
    characters_left = PLAIN_CHARACTERS if is_plain else DATA_TABLE_CHARACTERS - _size(table.header)
    for number, row in enumerate(table.rows[: most if is_plain else min(most, DATA_TABLE_ROWS)]):
        characters_left -= length(_line(table.header, row)) + 1 if is_plain else _size(row)
        if characters_left < 0:
            return max(1, number)
    return most if is_plain else min(most, DATA_TABLE_ROWS)


def _size(row: Sequence[str | Number]) -> int:
    return sum(max(1, length(cell_text(cell))) for cell in row)


def _rest(table: SortableTable, shown: int) -> tuple[Item, ...]:
    """What follows the rows shown: which they are, and the button for the others.

    Nothing where all rows are shown at once; the last ones of several messages have no button.
    """
    if table.more is None or (shown == len(table.rows) and not table.before):
        return ()
    last = table.before + shown
    total = table.total or table.before + len(table.rows)
    note = Note(f"Rows {table.before + 1} to {last} of {total}.")
    if shown == len(table.rows):
        return (note,)
    return (note, Buttons((replace(table.more, value=f"{table.more.value} {last}".strip()),)))


def _as_rows(table: SortableTable, count: int) -> Iterator[Item]:
    rows = (_line(table.header, row) for row in table.rows[:count])
    yield Rows(tuple(line for line in (f"*{escape(table.caption)}*", *rows) if line))


def _line(header: Sequence[str], row: Row) -> str:
    """A row as mrkdwn: its first cell, then the others that are not empty, each after the name of its column.

    One that alone would be more than a message takes is cut off.
    """
    first, *others = ((name, cell_text(cell)) for name, cell in zip(header, row, strict=True))
    cells = (f"{escape(name)} {escape(cell)}".strip() for name, cell in others if cell)
    line = " · ".join((f"*{escape(first[1]) or '-'}*", *cells))
    return line if length(line) <= PLAIN_CHARACTERS else f"{parted(line, PLAIN_CHARACTERS - 1)[0]}…"


def _block(table: SortableTable) -> Block | None:
    """The table with all of its rows; None where it is more than Slack takes."""
    characters = _size(table.header) + sum(map(_size, table.rows))
    is_too_much = len(table.header) > DATA_TABLE_COLUMNS or characters > DATA_TABLE_CHARACTERS
    if is_too_much or any(length(cell_text(cell)) > CELL_CHARACTERS for row in table.rows for cell in row):
        return None
    return {
        "type": "data_table",
        "caption": shortened_label(table.caption, CAPTION_CHARACTERS),
        "page_size": min(max(table.page_size, 1), DATA_TABLE_PAGE_ROWS),
        "rows": [[_cell(name) for name in table.header], *([_cell(cell) for cell in row] for row in table.rows)],
    }


def _cell(cell: str | Number) -> Block:
    """A cell of a sortable table, `-` if empty; as text where it is no finite number, which JSON cannot hold."""
    text = cell_text(cell) or "-"
    if isinstance(cell, Number) and isfinite(cell.value):
        return {"type": "raw_number", "value": cell.value, "text": text}
    return {"type": "raw_text", "text": text}


# Tables as Block Kit, and as lines of text where no table can be shown.

TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 8_000
"""Characters of a table, of about 10,000 for all cells of a message: the rows around a table have room."""


def table_parts(table: Table) -> list[Table]:
    """The table split between rows, without a caption, into parts that Slack takes as tables and as lines of text.

    Empty where no table can hold it: it has too many columns, or a row that is too long.
    """
    sizes = [max(sum(map(length, row)), length(_tables_line(table.header, row)) + 1) for row in table.rows]
    room = TABLE_CHARACTERS - sum(length(cell) for cell in table.header)
    # a row no longer than one cell may be has no cell that is too long
    if len(table.header) > TABLE_COLUMNS or any(size > min(room, CELL_CHARACTERS) for size in sizes):
        return []
    parts: list[list[tuple[str, ...]]] = []
    room_left = 0
    for row, size in zip(table.rows, sizes, strict=True):
        # the header is a row of each table too
        if not parts or len(parts[-1]) == TABLE_ROWS - 1 or size > room_left:
            parts.append([])
            room_left = room
        parts[-1].append(row)
        room_left -= size
    return [replace(table, rows=tuple(part), caption="") for part in parts]


def table_block(table: Table) -> Block:
    return {"type": "table", "rows": [_cells(table.header), *map(_cells, table.rows)]}


def table_lines(table: Table) -> Rows:
    """A table as lines: its caption, then `header: cell` pairs of a row, joined by dots."""
    rows = (_tables_line(table.header, row) for row in table.rows)
    return Rows(tuple(line for line in (table.caption, *rows) if line))


def _tables_line(header: Sequence[str], row: Sequence[str]) -> str:
    pairs = zip(header, row, strict=True)
    return " · ".join(f"{escape(name)}: {escape(cell)}" if name else escape(cell) for name, cell in pairs)


def _cells(row: Sequence[str]) -> list[Block]:
    return [{"type": "raw_text", "text": one_line(cell).strip() or "-"} for cell in row]


# Items of a page as classic blocks, with Slack's limits of them.

TEXT_CHARACTERS = 3_000
SECTION_FIELDS = 10
FIELD_CHARACTERS = 2_000
HEADING_CHARACTERS = 150


def classic_blocks(item: Item) -> list[Block]:
    """The item in blocks that every client draws: newer kinds of items as lines of text, a fold as what is in it."""
    match item:
        case Heading(text):
            return _heading_blocks(text)
        case Text() | Note() | Line():
            return _paragraph(item)
        case Rows(lines):
            texts = [part for line in lines for part in _texts_of(line)]
            return [_section(part) for part in joined(texts, TEXT_CHARACTERS)]
        case Facts(pairs):
            return _facts_blocks(pairs)
        case Divider():
            return [{"type": "divider"}]
        case Buttons() | Menu():
            return [{"type": "actions", "elements": row} for row in action_rows(item)]
        case Table() | SortableTable() | Chart() | Fold():
            return [block for each in _parts_of(item) for block in classic_blocks(each)]


def _parts_of(item: Table | SortableTable | Chart | Fold) -> tuple[Item, ...]:
    """The simpler items that classic blocks have in place of this one."""
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
    """Sections of the text, small print for a note; a line's one button is beside it, several are in rows below."""
    if isinstance(item, Note):
        return [{"type": "context", "elements": [_mrkdwn(part)]} for part in _texts_of(item.mrkdwn)]
    drawn = [_section(part) for part in _texts_of(item.mrkdwn)]
    if not isinstance(item, Line) or not drawn:
        return drawn
    if item.others:
        return [*drawn, *({"type": "actions", "elements": row} for row in button_rows((item.button, *item.others)))]
    drawn[-1]["accessory"] = button_block(item.button)
    return drawn


def _heading_blocks(heading: str) -> list[Block]:
    """The heading as a header; as paragraphs where it is too long for one."""
    text = one_line(heading)
    if not text.strip():
        return []
    if length(text) <= HEADING_CHARACTERS:
        return [{"type": "header", "text": plain_text(text)}]
    return [_section(part) for part in parted(escape(text), TEXT_CHARACTERS)]


def _facts_blocks(pairs: Sequence[tuple[str, str]]) -> list[Block]:
    """The pairs in two columns, `-` for an empty value; as paragraphs where they are too long for that."""
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


def _mrkdwn(text: str) -> Block:
    # verbatim: Slack is not to make links or mentions of its own out of what people typed.
    return {"type": "mrkdwn", "text": str(text), "verbatim": True}


# Blocks as they are drawn, with what a plain message has in their place, and the room that a message has left.

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 10_000
"""Slack names no sum for a message; tables are known to end at about this, and a phone shows no more at once."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block, and the blocks in its place in a plain message; `said` is the raw text of what the block draws."""

    block: Block
    plain: tuple[Block, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Blocks, characters and the like that a message can still take."""

    blocks: int = MESSAGE_BLOCKS
    characters: int = MESSAGE_CHARACTERS
    cells: int = DATA_TABLE_CHARACTERS
    tables: int = 1
    charts: int = CHARTS

    def after(self, drawn: Drawn) -> "Room":
        """The room left, whether the block is sent or its plain form; below 0 where one of them does not fit."""
        block, kind = drawn.block, drawn.block["type"]
        is_sortable = kind == "data_table"
        cells = sum(length(cell["text"]) for row in block["rows"] for cell in row) if is_sortable else 0
        # a block that is its own plain form is weighed there, and the text of a sortable table as cells
        own = 0 if is_sortable or drawn.plain == (block,) else weight(block)
        return Room(
            self.blocks - max(1, len(drawn.plain)),
            self.characters - max(own, sum(map(weight, drawn.plain))),
            self.cells - cells,
            self.tables - (kind == "table"),
            self.charts - (kind == "data_visualization"),
        )


# Pages as Block Kit messages within Slack's limits: what is too long goes on in the thread, never lost.

CONTAINER_BLOCKS = 10
CONTAINER_CHARACTERS = 5_000
"""Ours: a container cannot be parted between two messages."""
FALLBACK_CHARACTERS = 4_000
"""The top-level text: chat.update refuses more than this."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message to post: the fallback `text`, escaped, and its `blocks`.

    `plain` are its blocks without newer ones; empty where it has none.
    """

    text: str
    blocks: list[Block]
    plain: list[Block] = field(default_factory=list)

    @property
    def takes_a_block(self) -> bool:
        return bool(self.blocks) and max(len(self.blocks), len(self.plain)) < MESSAGE_BLOCKS


def blocks(page: Page) -> list[Block]:
    """All blocks of a page, unparted: for Home. Long pages go through `messages`."""
    return [drawn.block for drawn in _all_of(page)]


def plain_blocks(page: Page) -> list[Block]:
    """All blocks of a page, unparted and without newer ones: for forms, and for a Home whose newer ones are refused."""
    return [block for drawn in _all_of(page) for block in drawn.plain]


def messages(page: Page, *, plain: bool = False) -> list[Rendered]:
    """The page as the message to post and the ones that continue it in its thread, in order, each within the limits.

    When a page is parted, the buttons at its end, up to ACTIONS_IN_A_BLOCK, stay with the first message, under a note
    that the rest follows. With `plain` no message has newer blocks.
    """
    unsplit = _filled(_all_of(page), Room())
    if len(unsplit) == 1:
        return [_rendered(page.title, unsplit[0], plain=plain)]
    last = page.items[-1] if page.items else None
    foot = (last,) if isinstance(last, Buttons) and len(last.items) <= ACTIONS_IN_A_BLOCK else ()
    body = page.items[: len(page.items) - len(foot)]
    notice = _all_of(Page("", (Note(page.continued), *foot), key=f"{page.key}-foot"))
    room = reduce(Room.after, notice, Room())
    filled = _filled(_all_of(replace(page, items=body)), room)
    filled[0] += notice
    titles = [page.title, *(f"{page.title} ({n} of {len(filled)})" for n in range(2, len(filled) + 1))]
    return [_rendered(title, part, plain=plain) for title, part in zip(titles, filled, strict=True)]


def with_thumbs(
    rendered: Sequence[Rendered], action: str, good: tuple[str, str], bad: tuple[str, str]
) -> list[Rendered]:
    """The messages with two thumbs below the last one, each a (label, value); as they are where there is no room.

    In its plain form, without newer blocks, the last one has no thumbs. `action` is what a press on either sends.
    """
    *others, last = rendered
    if not last.takes_a_block or max(length(good[1]), length(bad[1])) > BUTTON_VALUE_CHARACTERS:
        return list(rendered)
    up, down = ({"text": plain_text(label), "value": value} for label, value in (good, bad))
    thumbs: Block = {"type": "feedback_buttons", "action_id": action, "positive_button": up, "negative_button": down}
    block: Block = {"type": "context_actions", "elements": [thumbs], "block_id": action}
    return [*others, replace(last, blocks=[*last.blocks, block], plain=last.plain or last.blocks)]


def fallback(title: str) -> str:
    """The top-level text of a message: escaped, `Cadence` if empty, cut visibly where `chat.update` would refuse it."""
    text = escape(title) or "Cadence"
    return str(text) if length(text) <= FALLBACK_CHARACTERS else parted(text, FALLBACK_CHARACTERS - 1)[0] + "…"


def _rendered(title: str, drawn: Sequence[Drawn], *, plain: bool) -> Rendered:
    """The message of these blocks: with `plain`, or where no block is a newer one, in its plain form alone."""
    newer, classic = [each.block for each in drawn], [block for each in drawn for block in each.plain]
    text = fallback(" ".join((title, *(each.said for each in drawn if each.said))))
    if plain or newer == classic:
        return Rendered(text, classic)
    return Rendered(text, newer, classic)


def _filled(drawn: Sequence[Drawn], first: Room) -> list[list[Drawn]]:
    """Split the blocks over messages; `first` is the room that the first one has. A block too large has one alone."""
    filled: list[list[Drawn]] = [[]]
    room = first
    for each in drawn:
        room = room.after(each)
        if filled[-1] and min(room.blocks, room.characters, room.cells, room.tables, room.charts) < 0:
            filled.append([])
            room = Room().after(each)
        filled[-1].append(each)
    return filled


def _all_of(page: Page) -> list[Drawn]:
    """All blocks of a page, with ids made of its key, the item's position and the part's number."""
    found: list[Drawn] = []
    for position, item in enumerate(page.items):
        for number, drawn in enumerate(_drawn(item)):
            block_id = f"{page.key}-{position}-{number}"
            plain = tuple(
                block | {"block_id": f"{block_id}-{part}" if part else block_id}
                for part, block in enumerate(drawn.plain)
            )
            found.append(replace(drawn, block=drawn.block | {"block_id": block_id}, plain=plain))
    return found


def _drawn(item: Item) -> list[Drawn]:
    """The item in its newest blocks, each with its plain form; a table that is too large as lines of text."""
    match item:
        case Fold():
            return _fold(item)
        case SortableTable():
            return [drawn for part in sortable_parts(item) for drawn in _sortable(part)]
        case Chart():
            return _chart(item)
        case Table() if parts := table_parts(item):
            tables = (Drawn(table_block(part), tuple(classic_blocks(part))) for part in parts)
            return [*_classic(Text(item.caption)), *tables]
    return _classic(item)


def _classic(*items: Item) -> list[Drawn]:
    return [Drawn(block, (block,)) for item in items for block in classic_blocks(item)]


def _sortable(part: TablePart) -> list[Drawn]:
    """The part of a table with the items below it; the items in its place where no table holds it."""
    if part.block is None:
        return _classic(*part.plain)
    plain = tuple(block for item in part.plain for block in classic_blocks(item))
    # in a plain message, `plain` replaces what is below the table too
    return [Drawn(part.block, plain), *(Drawn(block, ()) for item in part.below for block in classic_blocks(item))]


def _chart(chart: Chart) -> list[Drawn]:
    """The chart; only its numbers as lines of text where Slack cannot draw it, or where they are too long for both."""
    block, plain = chart_block(chart), classic_blocks(chart)
    if block is None or sum(map(weight, plain)) > PLAIN_CHARACTERS:
        return [Drawn(each, (each,)) for each in plain]
    return [Drawn(block, tuple(plain), chart_sentence(chart))]


def _fold(fold: Fold) -> list[Drawn]:
    """A container that opens by a click; its blocks as they are where they are too many or too long for one."""
    inside = classic_blocks(fold)
    if not 0 < len(inside) <= CONTAINER_BLOCKS or sum(map(weight, inside)) > CONTAINER_CHARACTERS:
        return [Drawn(block, (block,)) for block in inside]
    container = {
        "type": "container",
        "title": plain_text(fold.title),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": inside,
    }
    return [Drawn(container, tuple(inside))]


# The mark of a letter (a message of the outbox) in its block ids, which finds it where Slack gives no metadata back.

BEFORE_MARK = "~"
"""Separates a block's own id from the mark; our own ids never contain it."""
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
    return block_id.partition(BEFORE_MARK)[0]


def _mark(key: str) -> str:
    """Return the mark of the key: its digest, since a key can be longer than a block id has room for."""
    return BEFORE_MARK + sha256(key.encode()).hexdigest()[:MARK_CHARACTERS]


# One line of a message that was posted, changed in place: the message's other blocks stay as Slack gave them.

PART = re.compile(r"(.+-)\d+")
"""The id of one of the blocks that an item of a page is drawn as: all but the number is the item's."""


def text_of_line(drawn: Sequence[Block], block_id: str, about: Collection[str] = ()) -> str:
    """Return the mrkdwn of the line that has its button in this block, "" for a block of another kind.

    `about` are the button values expected there: "" too if the message was edited and the line has others.
    """
    line = _in_place_line(drawn, block_id)
    if about and not {each.get("value") for each in _elements_of(line)} <= set(about):
        return ""
    texts = [block.get("text") for block in line]
    return "\n".join(str(text.get("text", "")) for text in texts if isinstance(text, dict))


def with_line(drawn: Sequence[Block], block_id: str, line: Line | Text) -> list[Block]:
    """Return the blocks with this line instead of the line that has its button in the block `block_id`."""
    old = _in_place_line(drawn, block_id)
    if not old:
        return list(drawn)
    first = drawn.index(old[0])
    name = _block_name(block_id)
    new = [block | {"block_id": f"{name}{n}"} for n, block in enumerate(blocks(Page("", (line,))))]
    return [*drawn[:first], *new, *drawn[first + len(old) :]]


def _in_place_line(drawn: Sequence[Block], block_id: str) -> list[Block]:
    """The blocks of the line that a button belongs to.

    Empty unless its elements are all buttons with one value: else the line is about more than one thing.
    """
    name = _block_name(block_id)
    found = [block for block in drawn if name and _block_name(str(block.get("block_id", ""))) == name]
    elements = _elements_of(found)
    values = {each.get("value") for each in elements}
    is_one = len(values) == 1 and all(each.get("type") == "button" for each in elements)
    return found if is_one else []


def _elements_of(line: Sequence[Block]) -> list[Block]:
    """What can be pressed in these blocks: the elements of rows, and the button beside a text."""
    elements = [each for block in line for each in (*(block.get("elements") or ()), block.get("accessory"))]
    return [each for each in elements if isinstance(each, dict)]


def _block_name(block_id: str) -> str:
    """What the ids of all blocks of one item begin with, `mine-3-` for `mine-3-0`; '' for an id of another form."""
    match = PART.fullmatch(without_mark(block_id))
    return match.group(1) if match else ""
