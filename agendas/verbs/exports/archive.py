"""A workspace's whole export as one file: a ZIP archive of the CSV files."""

import csv
import io
import zipfile
from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import Refused
from agendas.verbs.exports.tables import CONTENTS, Lines, contents, lines_of

ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8."""

MOST_BYTES = 20_000_000
"""Largest export that is sent in a message; the command line writes larger ones."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive, and how many rows are in it."""

    content: bytes
    rows: int


def archive(session: Session, workspace_id: str, *, most_bytes: int = MOST_BYTES) -> Archive:
    """Return every table of the workspace with its contents. Raises Refused when it is too large for a message."""
    told = contents(session, workspace_id)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for _, name, _ in told[1:]:
            _write(made, name, lines_of(session, name, workspace_id))
            if file.tell() > most_bytes:
                raise Refused(
                    f"The export has more than {most_bytes // 1_000_000} MB, too much for a message. Write it where "
                    "the bot runs, with cadence export DIR."
                )
        _write(made, CONTENTS, iter(told))
    return Archive(file.getvalue(), sum(int(rows) for _, _, rows in told[1:]))


def _write(made: zipfile.ZipFile, name: str, lines: Lines) -> None:
    # an entry's own time would make the same export another file each second
    entry = zipfile.ZipInfo(f"{name}.csv")
    entry.compress_type = zipfile.ZIP_DEFLATED
    with made.open(entry, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, ENCODING, newline="") as text:
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(lines)
