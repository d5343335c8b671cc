"""`cadence migrate`, `cadence backup FILE` and `cadence restore FILE`: the database as a whole."""

import argparse
import sys

from agendas.verbs.trail import note_restore
from bot.cli.local import file_named, open_store, progress_bar
from bot.clock import SystemClock
from bot.settings import Settings
from storage.backups import BackupFailed, back_up, restore
from storage.database import Store
from storage.migrate import MigrationFailed, is_current, upgrade


def migrate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "The bot also does this when it starts."


def run_migrate(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring the tables to the schema of this version; return 0, or 1 after a sentence that says why not."""
    store = Store(settings.database_url)
    try:
        if is_current(store):
            print("The database is up to date.")
            return 0
        upgrade(store)
    except MigrationFailed as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        store.close()
    print("The database is ready.")
    return 0


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write everything in the database to FILE, which must not exist yet. The bot may run meanwhile. PostgreSQL is "
        "backed up with pg_dump, which has to be installed. Restore the backup with cadence restore."
    )
    parser.add_argument("file", metavar="FILE", type=file_named, help="the backup to write")


def run_backup(arguments: argparse.Namespace, settings: Settings) -> int:
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


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Restore a backup that cadence backup wrote to FILE, all of it or nothing. The SQLite database from before is "
        "kept beside the restored one as .before-restore. PostgreSQL is restored with pg_restore, into an empty "
        "database only; if that is killed, the database cannot be used until it is run again. A backup of another "
        "version is restored with that version."
    )
    parser.add_argument("file", metavar="FILE", type=file_named, help="the backup to restore")


def run_restore(arguments: argparse.Namespace, settings: Settings) -> int:
    """Restore everything; return 0, or 1 after a sentence that says why nothing was changed."""
    try:
        with progress_bar("Restoring") as progress:
            old_file = restore(settings.database_url, arguments.file, progress)
    except BackupFailed as error:
        print(error, file=sys.stderr)
        return 1
    with open_store(settings) as store:
        if store is not None:
            store.write_now(note_restore, file_name=arguments.file.name, now=SystemClock().now())
    before = f" The database from before is kept in {old_file}." if old_file else ""
    print(f"The database is restored from {arguments.file}.{before}")
    return 0
