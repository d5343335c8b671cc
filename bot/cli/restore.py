"""`cadence restore FILE`: restore the database from a backup."""

import argparse
import sys

from agendas.verbs.trail import note_restore
from bot.cli.local import file_named, open_store, progress_bar
from bot.clock import SystemClock
from bot.settings import Settings
from storage.backups import BackupFailed, restore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Restore a backup that cadence backup wrote to FILE, all of it or nothing. The SQLite database from before is "
        "kept beside the restored one as .before-restore. PostgreSQL is restored with pg_restore, into an empty "
        "database only; if that is killed, the database cannot be used until it is run again. A backup of another "
        "version is restored with that version."
    )
    parser.add_argument("file", metavar="FILE", type=file_named, help="the backup to restore")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Restore everything; return 0, or 1 after a sentence that says why nothing was changed."""
    try:
        with progress_bar("Restoring") as progress:
            kept = restore(settings.database_url, arguments.file, progress)
    except BackupFailed as error:
        print(error, file=sys.stderr)
        return 1
    with open_store(settings) as store:
        if store is not None:
            store.write_now(note_restore, file_name=arguments.file.name, now=SystemClock().now())
    before = f" The database from before is kept in {kept}." if kept else ""
    print(f"The database is restored from {arguments.file}.{before}")
    return 0
