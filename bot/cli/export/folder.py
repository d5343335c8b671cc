"""An export on disk: a folder with a CSV file for each table, and a list of contents."""

import csv
import os
from pathlib import Path
from typing import IO

from sqlmodel import Session

from agendas.errors import Refused
from agendas.verbs.exports.tables import CONTENTS, contents, lines_of
from storage.backups.files import Progress

ENCODING = "utf-8-sig"
"""With the byte order mark by which spreadsheets recognise UTF-8."""


def write_folder(session: Session, folder: Path, workspace_id: str, progress: Progress, *, is_whole: bool) -> int:
    """Write the export and return its number of rows.

    The list of contents comes last: an export without it is incomplete, and is not imported. Raises Refused when the
    folder is not empty, OSError when it cannot be written.
    """
    told = contents(session, workspace_id, is_whole=is_whole)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} exists and is not empty. Name a folder that does not exist yet.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    total, done = sum(int(rows) for _, _, rows in told[1:]), 0
    for _, name, rows in told[1:]:
        with _opened(folder, name) as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines_of(session, name, workspace_id))
        done += int(rows)
        progress(done, total)
    with _opened(folder, CONTENTS) as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(told)
    return total


def _opened(folder: Path, name: str) -> IO[str]:
    """The file of a table, new and for its owner alone, also where the folder was there and others may read it."""
    made = os.open(folder / f"{name}.csv", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    return os.fdopen(made, "w", encoding=ENCODING, newline="")
