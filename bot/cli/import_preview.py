"""An import plan as a table on the terminal."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from rich.table import Table
from rich.text import Text

from agendas.pages.imports.summary import rows_shown
from agendas.rules.imports.reading.values import one_line
from agendas.rules.imports.verdicts import ImportPlan, Planned, Verdict

RowT = TypeVar("RowT", bound=Planned)

ROWS_SHOWN_WHOLE = 200
FIRST_SHOWN = 5
"""How many rows of each verdict a longer file shows."""

TROUBLES_SHOWN = 50
"""How many skipped rows, and rows with something not understood, a longer file shows."""

STYLES = {Verdict.CREATE: "green", Verdict.UPDATE: "yellow", Verdict.UNCHANGED: "dim", Verdict.SKIP: "red"}


def shown_rows(plan: ImportPlan[RowT], *, is_whole: bool) -> Sequence[RowT]:
    """The rows that the terminal shows, in file order."""
    most = len(plan.rows) if is_whole else ROWS_SHOWN_WHOLE
    return rows_shown(plan, most=most, first=FIRST_SHOWN, troubles=TROUBLES_SHOWN)


def preview_table(rows: Sequence[RowT], heading: str, reasons: Callable[[RowT], Iterator[str]]) -> Table:
    """One line for each row: where it stands, what it is of, what becomes of it, and why."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Line", justify="right")
    table.add_column(heading, overflow="fold")
    table.add_column("Verdict")
    table.add_column("Why", overflow="fold")
    for row in rows:
        # Text and one_line: what stands in a file must not reach the terminal as markup or as control characters
        why = Text(one_line("; ".join(reasons(row))))
        table.add_row(str(row.line), Text(row.name), Text(row.verdict.value, STYLES[row.verdict]), why)
    return table
