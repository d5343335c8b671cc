"""The cells of one row of a recognised export, by field."""

from agendas.rules.imports.reading.columns import Columns
from agendas.rules.imports.reading.table import TableRow
from agendas.rules.imports.reading.values import one_line
from agendas.text.csv_cells import unmarked
from agendas.text.limits import shown


class Cells:
    """A row's cells by field, and the notes taken while reading them."""

    def __init__(self, columns: Columns, row: TableRow) -> None:
        self.kind = columns.kind
        self.notes: list[str] = []
        self._columns = columns
        self._row = row

    def all(self, field: str) -> list[str]:
        """The cells of the field that are not empty, the preferred first."""
        places = self._columns.places.get(field, ())
        found = (self._row.values[place] for place in places)
        # a row of our own export has marks before what a spreadsheet would calculate
        return [cell for cell in (map(unmarked, found) if self.kind.is_own else found) if cell]

    def text(self, field: str) -> str:
        """The first of them on one line, or ''."""
        return one_line(next(iter(self.all(field)), ""))

    def not_understood(self, field: str, said: str) -> None:
        """Note that a cell was left out."""
        self.notes.append(f"{field} not understood: {shown(said)}")
