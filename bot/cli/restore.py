"""`cadence restore FILE`: the database as it was when the backup was made."""

import argparse
import sys

from bot.cli.copying import copying, file_named
from bot.settings import Settings
from storage.backups.backups import restore
from storage.backups.files import BackupFailed
from storage.database.migrate import MigrationFailed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to restore."""
    parser.description = (
        "Restores what cadence backup wrote to FILE, all of it or nothing. What an SQLite database held before is "
        "kept beside it as .before-restore. PostgreSQL is restored by pg_restore, into an empty database only; "
        "killed before its end it lets nothing work with that database until it is run again. "
        "A backup of an earlier version is brought to the schema of this one."
    )
    parser.add_argument("file", metavar="FILE", type=file_named, help="the backup to restore")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when everything is restored, 1 with a sentence when nothing was changed."""
    try:
        with copying("Restoring") as progress:
            kept = restore(settings.database_url, arguments.file, progress)
    except (BackupFailed, MigrationFailed) as error:
        print(error, file=sys.stderr)
        return 1
    before = f" What it held before is kept in {kept}." if kept else ""
    print(f"The database is restored from {arguments.file}.{before}")
    return 0
