"""An export on disk: a folder with a CSV file for each table, and one that says what is in it."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session

from agendas.errors import Refused
from agendas.verbs.export_tables import CONTENTS, contents, lines_of, take_in
from storage.backup_files import Progress

ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8."""


def write_folder(session: Session, folder: Path, workspace_id: str, progress: Progress) -> int:
    """The number of rows written. Raises Refused when the folder holds anything, OSError when it cannot be written.

    The list of what is in it comes last: without it the export is not whole, and is not taken in.
    """
    told = contents(session, workspace_id)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is there already and not empty. Name a folder that is not there yet.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    total, done = sum(int(rows) for _, _, rows in told[1:]), 0
    for _, name, rows in told[1:]:
        with _path(folder, name).open("w", encoding=ENCODING, newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines_of(session, name, workspace_id))
        done += int(rows)
        progress(done, total)
    with _path(folder, CONTENTS).open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(told)
    return total


def rows_told(folder: Path) -> int:
    """How many rows the export in the folder holds by its own list. Raises Refused when the folder holds none."""
    if not _path(folder, CONTENTS).is_file():
        raise Refused(
            f"{folder} holds no whole export: {CONTENTS}.csv is missing. Name a CSV file, or what cadence export wrote."
        )
    return sum(int(line[-1]) for line in [*_lines(folder, CONTENTS)][1:] if line and line[-1].isdecimal())


def read_folder(session: Session, folder: Path, progress: Progress) -> int:
    """The number of rows taken in. Raises Refused when the folder holds no whole export or cannot be taken in."""
    total, done = rows_told(folder), 0

    def taken(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, total)

    return take_in(session, lambda name: _lines(folder, name), taken)


def _lines(folder: Path, name: str) -> Iterator[list[str]]:
    path = _path(folder, name)
    if not path.is_file():
        raise Refused(f"{path.name} is missing in {folder}. Export once more.")
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding=ENCODING, newline="") as file:
        try:
            yield from csv.reader(file)
        except (UnicodeDecodeError, csv.Error) as error:
            raise Refused(f"{path.name} cannot be read: {error}. Change nothing in the files of an export.") from error


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.csv"
