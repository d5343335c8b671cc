"""The whole history as CSV files."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.program import OWN_WORDS
from agendas.text.csv_cells import CellKind, read, written
from agendas.verbs.wordings import segments_unseen, words_meaning_none
from storage import backups, workspaces
from storage.backups import ExportColumn
from storage.migrate import schema

# Everything of a workspace as the lines of CSV files, and back into a database that knows no workspace.

CONTENTS = "contents"
"""The name of the list of what an export holds."""

CONTENTS_HEADER = ["schema", "table", "rows"]

LATER = "The export has {what}, which this version of Cadence does not know. Import it with the version that wrote it."

Lines = Iterator[list[str]]


def contents(session: Session, workspace_id: str, *, is_whole: bool = False) -> list[list[str]]:
    """Return the lines of the list of an export: a header, then each table with its number of rows.

    Only an export that `is_whole` has people's questions, messages and the bot's answers. Raises Refused for a
    workspace that is not stored.
    """
    if workspaces.get(session, workspace_id) is None:
        raise Refused(f"No workspace {workspace_id} is stored. See the list with cadence workspaces.")
    counted = [
        [schema(), name, str(backups.count_rows(session, name, workspace_id))]
        for name in backups.tables(is_whole=is_whole)
    ]
    return [CONTENTS_HEADER, *counted]


def lines_of(session: Session, name: str, workspace_id: str) -> Lines:
    """Yield the table's header, and a line for each row of the workspace.

    Of the words that admins taught (`word = what it means`), those that mean a segment of hidden accounts alone are
    left out: they would reveal it.
    """
    columns, hidden_segments = backups.columns_of(name), segments_unseen(session, workspace_id)

    def without_hidden_words(value: Any) -> Any:
        # these words are in the workspace's settings, and in each change of settings that was noted
        if hidden_segments and isinstance(value, dict) and OWN_WORDS in value:
            return {**value, OWN_WORDS: list(words_meaning_none(value[OWN_WORDS] or (), hidden_segments))}
        return value

    yield [column.name for column in columns]
    for row in backups.rows_to_export(session, name, workspace_id):
        yield [
            written(without_hidden_words(value), CellKind(column.kind), may_be_missing=column.may_be_missing)
            for value, column in zip(row, columns, strict=True)
        ]


def take_in(session: Session, open_lines: Callable[[str], Iterable[list[str]]], done: Callable[[int], None]) -> int:
    """Load an export of this or an earlier version into a database without workspaces; return the number of rows.

    `open_lines` gives the lines of a file of the export by its name, `done` is called with the row count of each table.
    Letters that waited are searched for in Slack before they are sent. Raises Refused if it cannot be read.
    """
    if backups.knows_a_workspace(session):
        raise Refused("The database knows a workspace already. Name an empty one in DATABASE_URL and import there.")
    expected = _expected(open_lines(CONTENTS))
    total = 0
    for name, columns in backups.tables().items():
        if name not in expected:
            # only a whole export has everything, and an earlier version had fewer tables
            continue
        count = backups.add_rows(session, name, _read_rows(name, columns, open_lines(name)))
        if count != expected[name]:
            raise Refused(f"{name}.csv has {count:,} rows and should have {expected[name]:,}: it is not whole.")
        total += count
        done(count)
    backups.continue_sequences(session)
    backups.settle(session)
    return total


def _expected(lines: Iterable[list[str]]) -> dict[str, int]:
    """Return the number of rows of each table of the export, from the lines of its list.

    Raises Refused for lines that are no such list, and for a table that is neither here nor dropped since (`GONE`).
    """
    header, *tables = lines
    if header != CONTENTS_HEADER or any(len(line) != len(header) or not line[-1].isdecimal() for line in tables):
        raise Refused(f"{CONTENTS}.csv is not the list of an export. Name the folder that cadence export wrote.")
    unknown = next((name for _, name, _ in tables if name not in backups.tables() and name not in backups.GONE), None)
    if unknown is not None:
        raise Refused(LATER.format(what=f"a table {unknown}"))
    return {name: int(row_count) for _, name, row_count in tables}


def _read_rows(name: str, columns: Sequence[ExportColumn], lines: Iterable[list[str]]) -> Iterator[dict[str, Any]]:
    """Yield the values of each line of `name`.csv by column; columns that a version dropped (`GONE`) are left out."""
    remaining, known = iter(lines), {column.name: column for column in columns}
    header = next(remaining, [])
    if any(column.name not in header for column in columns if not column.has_default):
        raise Refused(f"{name}.csv has not the columns of an export. Export once more; change nothing in the files.")
    unknown = next((each for each in header if each not in known and each not in backups.GONE.get(name, ())), None)
    if unknown is not None:
        raise Refused(LATER.format(what=f"a column {unknown} in {name}.csv"))
    columns_of_cells = [known.get(each) for each in header]
    for number, line in enumerate(remaining, start=2):
        try:
            yield {
                column.name: read(cell, CellKind(column.kind), may_be_missing=column.may_be_missing)
                for cell, column in zip(line, columns_of_cells, strict=True)
                if column
            }
        except ValueError as error:
            raise Refused(f"Line {number} of {name}.csv cannot be read: {error}.") from error


# A workspace's whole export as one file: a ZIP archive of the CSV files.

ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8."""

MOST_BYTES = 20_000_000
"""Largest export that is sent in a message; the command line writes larger ones."""


def archive(session: Session, workspace_id: str, *, most_bytes: int = MOST_BYTES) -> tuple[bytes, int]:
    """Return the archive of every table, and its number of rows. Raises Refused when too large for a message."""
    contents_lines = contents(session, workspace_id)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive_file:
        for _, name, _ in contents_lines[1:]:
            _write(archive_file, name, lines_of(session, name, workspace_id))
            if file.tell() > most_bytes:
                raise Refused(
                    f"The export has more than {most_bytes // 1_000_000} MB, too much for a message. Write it where "
                    "the bot runs, with cadence export DIR."
                )
        _write(archive_file, CONTENTS, iter(contents_lines))
    return file.getvalue(), sum(int(rows) for _, _, rows in contents_lines[1:])


def _write(archive_file: zipfile.ZipFile, name: str, lines: Lines) -> None:
    """Write the lines into the archive as `name`.csv."""
    # an entry's own time would make the same export another file each second
    entry = zipfile.ZipInfo(f"{name}.csv")
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive_file.open(entry, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, ENCODING, newline="") as text:
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(lines)
