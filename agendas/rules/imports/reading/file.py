"""A file to import, read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from agendas.errors import NotUnderstood
from agendas.rules.imports.reading.causes import CellProblem
from agendas.rules.imports.reading.cells import Cells
from agendas.rules.imports.reading.columns import Columns
from agendas.rules.imports.reading.dates import Dates
from agendas.rules.imports.reading.table import BadRow, Table

ReadT = TypeVar("ReadT")


@dataclass(frozen=True, slots=True)
class ImportFile(Generic[ReadT]):
    """A file's table, what its columns are, and its rows in order: as what they hold, or why one could not be read.

    `problems` are the cells that were not taken as they stand, by line.
    """

    table: Table
    columns: Columns
    rows: tuple[ReadT | BadRow, ...]
    problems: tuple[CellProblem, ...] = ()


def read_rows(
    table: Table, columns: Columns, read: Callable[[Cells], ReadT | BadRow], dates: Mapping[str, Dates] | None = None
) -> ImportFile[ReadT]:
    """The file of this table, each row read by `read`; `dates` are the readers of its fields of dates.

    Raises NotUnderstood when there is nothing below its header.
    """
    if not table.rows and not table.bad_rows:
        raise NotUnderstood("The file has headers and no rows yet. Fill in a line for each row and import it again.")
    # by line, with those that could not be read where they stand
    by_line: dict[int, ReadT | BadRow] = {bad.line: bad for bad in table.bad_rows}
    problems: list[CellProblem] = []
    for row in table.rows:
        cells = Cells(columns, row, dates or {})
        by_line[row.line] = read(cells)
        problems += cells.problems
    return ImportFile(table, columns, tuple(by_line[line] for line in sorted(by_line)), tuple(problems))
