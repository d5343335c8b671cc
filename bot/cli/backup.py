"""`cadence backup FILE`: write everything in the database to one file, while the bot goes on."""

import argparse
import sys

from bot.cli.local import file_named, progress_bar
from bot.settings import Settings
from storage.backups import BackupFailed, back_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write everything in the database to FILE, which must not exist yet. The bot may run meanwhile. PostgreSQL is "
        "backed up with pg_dump, which has to be installed. Restore the backup with cadence restore."
    )
    parser.add_argument("file", metavar="FILE", type=file_named, help="the backup to write")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write and check the backup; return 0, or 1 after a sentence that says why it failed."""
    try:
        with progress_bar("Backing up") as progress:
            revision = back_up(settings.database_url, arguments.file, progress)
    except BackupFailed as error:
        print(error, file=sys.stderr)
        return 1
    size = arguments.file.stat().st_size / 1_000_000
    print(f"The database is backed up to {arguments.file} ({size:,.1f} MB, schema {revision}).")
    return 0
