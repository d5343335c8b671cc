"""Sortable tables as Block Kit, and as lines of text in their place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from agendas.rendering.controls import Block, shortened_label
from agendas.rendering.mrkdwn import escape, one_line
from agendas.rendering.page import Buttons, Item, Note, Number, Rows, SortableTable
from agendas.rendering.splitting import length, parted

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

    `plain` are the items that stand in the place of all of it.
    """

    block: Block | None
    below: tuple[Item, ...]
    plain: tuple[Item, ...]


def sortable_parts(table: SortableTable) -> list[TablePart]:
    """Return the parts of a table: one and the button for its other rows, or as many as the rows need."""
    if not table.rows:
        return []
    if table.more is not None:
        rows, lines = _fitting(table, len(table.rows), is_plain=False), _fitting(table, len(table.rows), is_plain=True)
        below = _rest(table, rows)
        plain = (*_lines(table, lines), *_rest(table, lines))
        return [TablePart(_block(replace(table, rows=table.rows[:rows])), below, plain)]
    parts, start = [], 0
    while start < len(table.rows):
        rest = replace(table, rows=table.rows[start:])
        both = _fitting(rest, _fitting(rest, len(rest.rows), is_plain=False), is_plain=True)
        parts.append(TablePart(_block(replace(rest, rows=rest.rows[:both])), (), tuple(_lines(rest, both))))
        start += both
    return parts


def cells_of(block: Block) -> int:
    """Return the number of characters in all cells of a block, 0 for one that is no sortable table."""
    if block["type"] != "data_table":
        return 0
    return sum(length(cell["text"]) for row in block["rows"] for cell in row)


def cell_text(cell: str | Number) -> str:
    """Return the raw text of a cell."""
    return one_line(cell.text if isinstance(cell, Number) else cell).strip()


def _fitting(table: SortableTable, most: int, *, is_plain: bool) -> int:
    """Return how many of the first rows one message holds, one at least."""
    room = PLAIN_CHARACTERS if is_plain else DATA_TABLE_CHARACTERS - _size(table.header)
    for number, row in enumerate(table.rows[: most if is_plain else min(most, DATA_TABLE_ROWS)]):
        room -= length(_line(table.header, row)) + 1 if is_plain else _size(row)
        if room < 0:
            return max(1, number)
    return most if is_plain else min(most, DATA_TABLE_ROWS)


def _size(row: Sequence[str | Number]) -> int:
    return sum(max(1, length(cell_text(cell))) for cell in row)


def _rest(table: SortableTable, shown: int) -> tuple[Item, ...]:
    """Return what stands below the rows shown: which they are and the button for the others, where there are others."""
    if table.more is None or (shown == len(table.rows) and not table.before):
        return ()
    last = table.before + shown
    total = table.total or table.before + len(table.rows)
    note = Note(f"Rows {table.before + 1} to {last} of {total}.")
    if shown == len(table.rows):
        return (note,)
    return (note, Buttons((replace(table.more, value=f"{table.more.value} {last}".strip()),)))


def _lines(table: SortableTable, count: int) -> Iterator[Item]:
    rows = (_line(table.header, row) for row in table.rows[:count])
    yield Rows(tuple(line for line in (f"*{escape(table.caption)}*", *rows) if line))


def _line(header: Sequence[str], row: Row) -> str:
    """A row as mrkdwn: its first cell, then the others that are not empty, each after the name of its column.

    One that alone would be more than a message takes is cut off.
    """
    first, *others = ((name, cell_text(cell)) for name, cell in zip(header, row, strict=True))
    told = (f"{escape(name)} {escape(cell)}".strip() for name, cell in others if cell)
    line = " · ".join((f"*{escape(first[1]) or '-'}*", *told))
    return line if length(line) <= PLAIN_CHARACTERS else f"{parted(line, PLAIN_CHARACTERS - 1)[0]}…"


def _block(table: SortableTable) -> Block | None:
    """Return the block of a table, None where it has more than Slack takes."""
    is_too_much = len(table.header) > DATA_TABLE_COLUMNS or _total(table) > DATA_TABLE_CHARACTERS
    if is_too_much or any(length(cell_text(cell)) > CELL_CHARACTERS for row in table.rows for cell in row):
        return None
    return {
        "type": "data_table",
        "caption": shortened_label(table.caption, CAPTION_CHARACTERS),
        "page_size": min(max(table.page_size, 1), DATA_TABLE_PAGE_ROWS),
        "rows": [[_cell(name) for name in table.header], *([_cell(cell) for cell in row] for row in table.rows)],
    }


def _total(table: SortableTable) -> int:
    return _size(table.header) + sum(map(_size, table.rows))


def _cell(cell: str | Number) -> Block:
    text = cell_text(cell) or "-"
    if isinstance(cell, Number) and isfinite(cell.value):
        return {"type": "raw_number", "value": cell.value, "text": text}
    return {"type": "raw_text", "text": text}
