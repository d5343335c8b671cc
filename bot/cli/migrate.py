"""`cadence migrate`: the schema of this version."""

import argparse
import sys

from bot.settings import Settings
from storage.database.engine import Store
from storage.database.migrate import MigrationFailed, is_current, upgrade


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""
    parser.epilog = "The bot also does this by itself when it starts. A copy of an SQLite file is kept before."


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when the schema is that of this version, 1 when it could not be brought there."""
    store = Store(settings.database_url)
    try:
        if is_current(store):
            print("The database is up to date.")
            return 0
        copy = upgrade(store)
    except MigrationFailed as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        store.close()
    print(f"The database was upgraded. A copy from before is at {copy}." if copy else "The database is ready.")
    return 0
