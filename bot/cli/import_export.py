"""`cadence import DIR` or `cadence import ZIP`: an export of a whole workspace, into a database that knows none."""

import shlex
from pathlib import Path

from bot.cli.copying import copying
from bot.cli.export_reading import opened_export, read_export, rows_told
from storage.database.engine import Store


def import_export(store: Store, path: Path, *, is_applied: bool) -> None:
    """Takes the export in, all of it or nothing; only says what it holds unless `is_applied`. Raises Refused."""
    with opened_export(path) as export:
        if not is_applied:
            print(f"{path} holds an export of {rows_told(export):,} rows.")
            print(f"Nothing is written yet. Import with: cadence import {shlex.quote(str(path))} --apply")
            return
        with copying("Importing") as progress:
            rows = store.write_now(read_export, export, progress)
    print(f"Imported {rows:,} rows. What waited to be sent is looked for in Slack before it is sent.")
    print("No token is in an export: start the bot with its token, or install it again.")
    print("Nor is a secret: programs that send signals need a new one, which an admin makes with /abm signals.")
