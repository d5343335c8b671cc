"""The cells of one row of a recognised export, by field."""

from collections.abc import Mapping
from datetime import date, datetime

from agendas.rules.imports.reading.causes import CellCause, CellProblem
from agendas.rules.imports.reading.columns import Columns
from agendas.rules.imports.reading.dates import Dates
from agendas.rules.imports.reading.table import TableRow
from agendas.rules.imports.reading.values import one_line
from agendas.text.csv_cells import unmarked
from agendas.text.limits import shown


class Cells:
    """A row's cells by field, and the notes and problems that reading them brought up.

    `dates` has the reader of each field of dates.
    """

    def __init__(self, columns: Columns, row: TableRow, dates: Mapping[str, Dates]) -> None:
        self.kind = columns.kind
        self.line = row.line
        self.values = row.values
        self.notes: list[str] = []
        self.problems: list[CellProblem] = []
        self._columns = columns
        self._dates = dates
        # a row of our own export has marks before what a spreadsheet would calculate
        self._read = tuple(map(unmarked, row.values)) if columns.kind.is_own else row.values
        for place in row.had_controls:
            column = one_line(columns.headers[place])
            self.problems.append(CellProblem(row.line, column, CellCause.CONTROL, one_line(row.values[place])))
            self.notes.append(f"{column} had a control character, which is left out")

    def all(self, field: str) -> list[str]:
        """The cells of the field that are not empty, the preferred first."""
        return [cell for place in self._columns.places.get(field, ()) if (cell := self._read[place])]

    def text(self, field: str) -> str:
        """The first of them on one line, or ''."""
        return one_line(next(iter(self.all(field)), ""))

    @property
    def system(self) -> str:
        """The CRM of the row's ids: of its own cell in our own file, else the one said or that of the headers."""
        own = self.text("crm_system").casefold().replace(":", " ") if self.kind.is_own else ""
        return own or self._columns.crm or self.kind.system.lower()

    def day(self, field: str) -> date | None:
        """The day in the field, None for an empty cell and for one that holds none."""
        said = self.text(field)
        day = self._dates[field].day(said) if said else None
        self._after_date(field, said, is_read=day is not None)
        return day

    def instant(self, field: str) -> datetime | None:
        """The instant in the field, in UTC; None as `day` has it."""
        said = self.text(field)
        instant = self._dates[field].instant(said) if said else None
        self._after_date(field, said, is_read=instant is not None)
        return instant

    def not_understood(self, field: str, said: str, cause: CellCause = CellCause.WORD) -> None:
        """Note that a cell was left out."""
        column = self.problem(field, said, cause)
        self.notes.append(f"{column} not understood: {shown(said)}")

    def problem(self, field: str, said: str, cause: CellCause) -> str:
        """Keep the problem with a cell, and return the header of its column."""
        places = self._columns.places[field]
        place = next((each for each in places if said in one_line(self.values[each])), places[0])
        column = self._columns.headers[place]
        self.problems.append(CellProblem(self.line, one_line(column), cause, said))
        return column

    def _after_date(self, field: str, said: str, *, is_read: bool) -> None:
        if said and not is_read:
            self.not_understood(field, said, CellCause.DATE)
        elif said and self._dates[field].is_other_way(said):
            self.problem(field, said, CellCause.OTHER_ORDER)
