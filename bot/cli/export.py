"""`cadence export`: all tables of a workspace as CSV files."""

import argparse
import csv
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import IO

from sqlmodel import Session

from agendas.errors import CadenceError, Refused
from agendas.facts.account import Source
from agendas.facts.audience import Audience
from agendas.facts.people import Author
from agendas.rendering.mrkdwn import OPERATOR
from agendas.verbs.exports import CONTENTS, contents, lines_of
from agendas.verbs.privacy import seen_by
from agendas.verbs.trail import note_export
from bot.cli.local import file_named, open_store, progress_bar, workspace_meant
from bot.clock import SystemClock
from bot.settings import Settings
from storage.backups import Progress

# An export on disk: a folder with a CSV file for each table, and a list of contents.

ENCODING = "utf-8-sig"
"""With the byte order mark by which spreadsheets recognise UTF-8."""


def write_folder(session: Session, folder: Path, workspace_id: str, progress: Progress, *, is_whole: bool) -> int:
    """Write the export and return its number of rows.

    The list of contents comes last: an export without it is incomplete, and is not imported. Raises Refused when the
    folder is not empty, OSError when it cannot be written.
    """
    contents_lines = contents(session, workspace_id, is_whole=is_whole)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} exists and is not empty. Name a folder that does not exist yet.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    total, done = sum(int(rows) for _, _, rows in contents_lines[1:]), 0
    # below the header: the schema, a table and its number of rows
    for _, name, rows in contents_lines[1:]:
        with _opened(folder, name) as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines_of(session, name, workspace_id))
        done += int(rows)
        progress(done, total)
    with _opened(folder, CONTENTS) as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(contents_lines)
    return total


def _opened(folder: Path, name: str) -> IO[str]:
    """Make and open the file of a table, readable by its owner alone even in a folder that others may read."""
    made = os.open(folder / f"{name}.csv", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    return os.fdopen(made, "w", encoding=ENCODING, newline="")


# `cadence export DIR`: write everything of a workspace to CSV files, which `cadence import DIR` reads.

LEFT_OUT = (
    "Private accounts are left out, and what people asked, drafted and were told. To move to another database, add "
    "--whole."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write every table of a workspace to a CSV file in DIR, which must not exist yet or be empty. The bot may run "
        "meanwhile. Tokens and secrets are left out. cadence import DIR reads the export into an empty database."
    )
    parser.add_argument("folder", metavar="DIR", type=file_named, help="the folder to write")
    parser.add_argument(
        "--whole", action="store_true", help="with private accounts, and what people asked, drafted and were told"
    )
    parser.add_argument("--workspace", metavar="ID", help="the workspace, if there are several")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the export; return 0, or 1 after a sentence that says why it is not complete."""
    folder: Path = arguments.folder
    try:
        with open_store(settings) as store:
            if store is None:
                return 1
            workspace_id = store.read_now(workspace_meant, arguments.workspace)
            now = SystemClock().now()
            author = Author(workspace_id, OPERATOR, Source.SYSTEM, now)
            with (
                store.snapshot() as session,
                progress_bar("Exporting") as progress,
                # nobody knows who will read the files, so private accounts are hidden unless --whole asks for them
                nullcontext() if arguments.whole else seen_by(session, Audience(workspace_id), now),
            ):
                rows = write_folder(session, folder, workspace_id, progress, is_whole=arguments.whole)
            store.write_now(note_export, author)
    except CadenceError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or folder} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    print(f"Exported {rows:,} rows of workspace {workspace_id} to {folder}.")
    if not arguments.whole:
        print(LEFT_OUT)
    return 0
