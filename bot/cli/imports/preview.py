"""An import plan as a table on the terminal."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from agendas.pages.imports.summary import rows_shown
from agendas.rules.imports.reading.values import one_line
from agendas.rules.imports.verdicts import ImportPlan, Planned, Verdict

RowT = TypeVar("RowT", bound=Planned)

ROWS_SHOWN_WHOLE = 200
"""Longest plan that is shown whole."""
FIRST_SHOWN = 5
"""Rows of each verdict that a longer plan shows."""

TROUBLES_SHOWN = 50
"""Skipped rows, and rows with something not understood, that a longer plan shows."""

STYLES = {Verdict.CREATE: "green", Verdict.UPDATE: "yellow", Verdict.UNCHANGED: "dim", Verdict.SKIP: "red"}


def shown_rows(plan: ImportPlan[RowT], *, is_whole: bool) -> Sequence[RowT]:
    """Return the rows to show, in file order."""
    most = len(plan.rows) if is_whole else ROWS_SHOWN_WHOLE
    return rows_shown(plan, most=most, first=FIRST_SHOWN, troubles=TROUBLES_SHOWN)


def print_preview(rows: Sequence[RowT], heading: str, reasons: Callable[[RowT], Iterator[str]]) -> None:
    """Print a table with the line, name, verdict and reasons of each row."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Line", justify="right")
    table.add_column(heading, overflow="fold")
    table.add_column("Verdict")
    table.add_column("Why", overflow="fold")
    for row in rows:
        # Text and one_line, so that a file's content reaches the terminal neither as markup nor as control characters
        why = Text(one_line("; ".join(reasons(row))))
        table.add_row(str(row.line), Text(row.name), Text(row.verdict.value, STYLES[row.verdict]), why)
    Console().print(table)
