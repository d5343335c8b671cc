"""An export read: from the folder that `cadence export` wrote, or from the ZIP archive that `/abm export` sent.

Nothing of an archive is unpacked to disk: the tables are read from inside it by their names, and nothing else is.
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
from agendas.rules.imports.reading.encoding import ZIP_BEGINS, is_workbook
from agendas.verbs.exports.tables import CONTENTS, take_in
from bot.cli.export_folder import ENCODING
from storage.backups.files import Progress

MOST_UNPACKED_BYTES = 1_000_000_000
"""Fifty times what a message takes; CSV files shrink to a tenth or so."""

IS_ENCRYPTED = 0x1
"""The bit of a ZIP entry that says so."""


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """What an export is made of: `open_file` opens the CSV of a table; it raises KeyError or OSError for none."""

    path: Path
    open_file: Callable[[str], IO[bytes]]


def is_export(path: Path) -> bool:
    """Whether to read it as an export: a folder, or a ZIP archive that is no Excel workbook.

    Raises NotUnderstood for an archive that is not whole.
    """
    if path.is_dir():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(ZIP_BEGINS)) == ZIP_BEGINS and not is_workbook(file)


@contextmanager
def opened_export(path: Path, *, most_bytes: int = MOST_UNPACKED_BYTES) -> Iterator[ExportFiles]:
    """The files of the export. Raises Refused for an archive that is too large or packed in another way than ours."""
    if path.is_dir():
        yield ExportFiles(path, lambda name: (path / f"{name}.csv").open("rb"))
        return
    with zipfile.ZipFile(path) as archive:
        _refuse_unlike_ours(path, archive, most_bytes)
        yield ExportFiles(path, lambda name: archive.open(f"{name}.csv"))


def rows_told(export: ExportFiles) -> int:
    """How many rows the export holds by its own list. Raises Refused where there is none."""
    try:
        return sum(int(line[-1]) for line in _lines(export, CONTENTS) if line and line[-1].isdecimal())
    except (KeyError, FileNotFoundError):
        raise Refused(
            f"{export.path} holds no whole export: {CONTENTS}.csv is missing. Name a CSV file, what cadence export "
            "wrote, or the ZIP file of /abm export."
        ) from None


def read_export(session: Session, export: ExportFiles, progress: Progress) -> int:
    """The number of rows taken in. Raises Refused when this is no whole export or cannot be taken in."""
    total, done = rows_told(export), 0

    def taken(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, total)

    return take_in(session, lambda name: _lines_there(export, name), taken)


def _lines_there(export: ExportFiles, name: str) -> Iterator[list[str]]:
    try:
        yield from _lines(export, name)
    except (KeyError, FileNotFoundError):
        raise Refused(f"{name}.csv is missing in {export.path}. Export once more.") from None


def _lines(export: ExportFiles, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(sys.maxsize)
    try:
        with export.open_file(name) as raw, io.TextIOWrapper(raw, ENCODING, newline="") as file:
            yield from csv.reader(file)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{name}.csv cannot be read: {error}. Change nothing in the files of an export.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Refused(f"{name}.csv in {export.path} is damaged. Get the file once more.") from error


def _refuse_unlike_ours(path: Path, archive: zipfile.ZipFile, most_bytes: int) -> None:
    entries = archive.infolist()
    # no more than an entry says of itself is ever read from it
    if sum(entry.file_size for entry in entries) > most_bytes:
        raise Refused(
            f"Unpacked, {path} has more than {most_bytes // 1_000_000:,} MB, more than an export in a message has."
        )
    ways = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if any(entry.flag_bits & IS_ENCRYPTED or entry.compress_type not in ways for entry in entries):
        raise Refused(f"{path} is not as /abm export packed it. Give the file that it sent, unchanged.")
