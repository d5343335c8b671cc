"""Tables as Block Kit, and as lines of text where no table can be shown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agendas.rendering.controls import Block
from agendas.rendering.mrkdwn import escape, one_line
from agendas.rendering.page import Rows, Table
from agendas.rendering.splitting import length

TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 8_000
"""Characters of a table, of about 10,000 for all cells of a message: the rows around a table have room."""
CELL_CHARACTERS = 3_000


def table_parts(table: Table) -> list[Table]:
    """The table as one or more of whole rows, without a caption, each within Slack's limits also as lines of text.

    None where no table can hold it.
    """
    sizes = [max(sum(map(length, row)), length(_line(table.header, row)) + 1) for row in table.rows]
    room = TABLE_CHARACTERS - sum(length(cell) for cell in table.header)
    if len(table.header) > TABLE_COLUMNS or any(size > min(room, CELL_CHARACTERS) for size in sizes):
        return []
    parts: list[list[tuple[str, ...]]] = []
    left = 0
    for row, size in zip(table.rows, sizes, strict=True):
        if not parts or len(parts[-1]) == TABLE_ROWS - 1 or size > left:
            parts.append([])
            left = room
        parts[-1].append(row)
        left -= size
    return [replace(table, rows=tuple(part), caption="") for part in parts]


def table_block(table: Table) -> Block:
    """The block of a table that is within the limits."""
    return {"type": "table", "rows": [_cells(table.header), *map(_cells, table.rows)]}


def table_lines(table: Table) -> Rows:
    """A table as lines: its caption, then `header: cell` pairs of a row, joined by dots."""
    return Rows(tuple(line for line in (table.caption, *_lines(table)) if line))


def _lines(table: Table) -> Iterator[str]:
    return (_line(table.header, row) for row in table.rows)


def _line(header: Sequence[str], row: Sequence[str]) -> str:
    return " · ".join(
        f"{escape(name)}: {escape(cell)}" if name else escape(cell) for name, cell in zip(header, row, strict=True)
    )


def _cells(row: Sequence[str]) -> list[Block]:
    return [{"type": "raw_text", "text": one_line(cell).strip() or "-"} for cell in row]
