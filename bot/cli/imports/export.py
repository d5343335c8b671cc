"""`cadence import DIR` or `cadence import ZIP`: import a whole workspace into an empty database."""

import shlex
from pathlib import Path

from bot.cli.imports.archive import opened_export, read_export, row_count
from bot.cli.terminal import progress_bar
from storage.database.engine import Store


def import_export(store: Store, path: Path, *, is_applied: bool) -> None:
    """Import the export, all of it or nothing; without `is_applied` only print its size. Raises Refused."""
    with opened_export(path) as export:
        if not is_applied:
            print(f"{path} holds an export of {row_count(export):,} rows.")
            print(f"Nothing is written yet. Import with: cadence import {shlex.quote(str(path))} --apply")
            return
        with progress_bar("Importing") as progress:
            rows = store.write_now(read_export, export, progress)
    print(f"Imported {rows:,} rows. Messages that waited to be sent are searched for in Slack before they are sent.")
    print("An export has no token: start the bot with its token, or install it again.")
    print("It has no secret either: programs that send signals need a new one, which an admin makes with /abm signals.")
