"""An export on disk: a folder with a CSV file for each table, and one that says what is in it."""

import csv
from pathlib import Path

from sqlmodel import Session

from agendas.errors import Refused
from agendas.verbs.exports.tables import CONTENTS, contents, lines_of
from storage.backups.files import Progress

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


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.csv"
