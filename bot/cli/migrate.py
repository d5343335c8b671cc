"""`cadence migrate`: make the tables of this version in an empty database."""

import argparse
import sys

from bot.settings import Settings
from storage.database import Store
from storage.migrate import MigrationFailed, is_current, upgrade


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "The bot also does this when it starts."


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Make them; return 0, or 1 after a sentence that says why not."""
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
