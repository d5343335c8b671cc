"""`cadence backup FILE`: everything in the database, in one file, while the bot goes on."""

import argparse
import sys

from bot.cli.copying import copying, file_named
from bot.settings import Settings
from storage.backups.backups import back_up
from storage.backups.files import BackupFailed

MEGABYTE = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to write."""
    parser.description = (
        "Writes everything in the database to FILE, which must not be there yet. The bot may go on meanwhile. "
        "PostgreSQL is backed up by pg_dump, which has to be installed. Restore it with cadence restore."
    )
    parser.add_argument("file", metavar="FILE", type=file_named, help="the backup to write")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when the backup is written and was read to its end, 1 with a sentence when it could not be."""
    try:
        with copying("Backing up") as progress:
            revision = back_up(settings.database_url, arguments.file, progress)
    except BackupFailed as error:
        print(error, file=sys.stderr)
        return 1
    size = arguments.file.stat().st_size / MEGABYTE
    print(f"The database is backed up to {arguments.file} ({size:,.1f} MB, schema {revision}).")
    return 0
