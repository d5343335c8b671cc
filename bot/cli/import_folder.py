"""`cadence import DIR`: an export of a whole workspace, into a database that knows none."""

import shlex
from pathlib import Path

from bot.cli.copying import copying
from bot.cli.export_folder import read_folder, rows_told
from storage.engine import Store


def import_folder(store: Store, folder: Path, *, is_applied: bool) -> None:
    """Takes the export in, all of it or nothing; only says what it holds unless `is_applied`. Raises Refused."""
    if not is_applied:
        print(f"{folder} holds an export of {rows_told(folder):,} rows.")
        print(f"Nothing is written yet. Import with: cadence import {shlex.quote(str(folder))} --apply")
        return
    with copying("Importing") as progress:
        rows = store.write_now(read_folder, folder, progress)
    print(f"Imported {rows:,} rows. What waited to be sent is looked for in Slack before it is sent.")
    print("No token is in an export: start the bot with its token, or install it again.")
