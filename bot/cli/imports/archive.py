"""Reading an export: the folder that `cadence export` wrote, or the ZIP archive that `/abm export` sent.

An archive is not unpacked to disk: the tables are read from inside it by name, and nothing else is.
"""

import csv
import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlmodel import Session

from agendas.errors import Refused
from agendas.rules.imports.reading.formats import ZIP_BEGINS, spreadsheet_in
from agendas.verbs.exports.tables import CONTENTS, take_in
from bot.cli.export.folder import ENCODING
from storage.backups.files import Progress

MOST_UNPACKED_BYTES = 1_000_000_000
"""Fifty times the size of a file in a message; CSV files shrink to a tenth or so."""

IS_ENCRYPTED = 0x1
"""The flag bit of an encrypted ZIP entry."""


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """The files of an export. `open_file` opens the CSV of a table; it raises KeyError or OSError if there is none."""

    path: Path
    open_file: Callable[[str], IO[bytes]]


def is_export(path: Path) -> bool:
    """Return whether the path is an export: a folder, or a ZIP archive that is no spreadsheet.

    Raises NotUnderstood for an incomplete archive.
    """
    if path.is_dir():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(ZIP_BEGINS)) == ZIP_BEGINS and not spreadsheet_in(file)


@contextmanager
def opened_export(path: Path, *, most_bytes: int = MOST_UNPACKED_BYTES) -> Iterator[ExportFiles]:
    """Yield the export's files. Raises Refused for an archive that is too large or not packed as `/abm export` does."""
    if path.is_dir():
        yield ExportFiles(path, lambda name: (path / f"{name}.csv").open("rb"))
        return
    with zipfile.ZipFile(path) as archive:
        _refuse_unlike_ours(path, archive, most_bytes)
        yield ExportFiles(path, lambda name: archive.open(f"{name}.csv"))


def row_count(export: ExportFiles) -> int:
    """Return the number of rows by the export's list of contents. Raises Refused when that is missing."""
    try:
        return sum(int(line[-1]) for line in _lines(export, CONTENTS) if line and line[-1].isdecimal())
    except (KeyError, FileNotFoundError):
        raise Refused(
            f"{export.path} is not a complete export: {CONTENTS}.csv is missing. Name a CSV file, a folder that "
            "cadence export wrote, or the ZIP file of /abm export."
        ) from None


def read_export(session: Session, export: ExportFiles, progress: Progress) -> int:
    """Import the export and return its number of rows. Raises Refused when it is incomplete or cannot be imported."""
    total, done = row_count(export), 0

    def taken(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, total)

    return take_in(session, lambda name: _lines_or_refused(export, name), taken)


def _lines_or_refused(export: ExportFiles, name: str) -> Iterator[list[str]]:
    try:
        yield from _lines(export, name)
    except (KeyError, FileNotFoundError):
        raise Refused(f"{name}.csv is missing in {export.path}. Export again.") from None


def _lines(export: ExportFiles, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(sys.maxsize)
    try:
        with export.open_file(name) as raw, io.TextIOWrapper(raw, ENCODING, newline="") as file:
            yield from csv.reader(file)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{name}.csv cannot be read: {error}. Change nothing in the files of an export.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Refused(f"{name}.csv in {export.path} is damaged. Get the file again.") from error


def _refuse_unlike_ours(path: Path, archive: zipfile.ZipFile, most_bytes: int) -> None:
    entries = archive.infolist()
    # no more than the size an entry declares is ever read from it
    if sum(entry.file_size for entry in entries) > most_bytes:
        raise Refused(
            f"Unpacked, {path} has more than {most_bytes // 1_000_000:,} MB, more than any export in a message."
        )
    ways = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if any(entry.flag_bits & IS_ENCRYPTED or entry.compress_type not in ways for entry in entries):
        raise Refused(f"{path} is not packed as /abm export does it. Give the file that it sent, unchanged.")
