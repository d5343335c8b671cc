"""Opening the database for commands that work on it alone."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from storage.engine import Store
from storage.migrate import MigrationFailed, is_current
from storage.trouble import what_to_do


@contextmanager
def open_store(settings: Settings) -> Iterator[Store | None]:
    """The store when its database has this version's schema; else None, after saying what to do."""
    store = Store(settings.database_url)
    try:
        trouble = _trouble(store)
        if trouble:
            print(trouble, file=sys.stderr)
        yield None if trouble else store
    finally:
        store.close()


def _trouble(store: Store) -> str:
    try:
        current = is_current(store)
    except MigrationFailed as error:
        return str(error)
    except SQLAlchemyError as error:
        return what_to_do(error)
    return "" if current else "The database has not this version's schema: run cadence migrate first."
