"""Opening the database for commands that need nothing else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from agendas.errors import Refused
from bot.settings import Settings
from storage import workspaces
from storage.database.engine import Store
from storage.database.errors import advice_for_operator
from storage.database.migrate import MigrationFailed, is_current


@contextmanager
def open_store(settings: Settings) -> Iterator[Store | None]:
    """Yield the store when its database has this version's schema, else None after printing what to do."""
    store = Store(settings.database_url)
    try:
        trouble = _trouble(store)
        if trouble:
            print(trouble, file=sys.stderr)
        yield None if trouble else store
    finally:
        store.close()


def workspace_meant(session: Session, wanted: str | None) -> str:
    """The id of the workspace named, else of the only one. Raises Refused when that is not clear."""
    known = [workspace.id for workspace in workspaces.get_all(session)]
    if wanted in known or (wanted is None and len(known) == 1):
        return wanted or known[0]
    if not known:
        raise Refused("No workspace is known yet. Start the bot once with cadence run.")
    if wanted is None:
        raise Refused(f"There are several workspaces: {', '.join(known)}. Choose one with --workspace ID.")
    raise Refused(f"The bot is not in workspace {wanted}. It is in {', '.join(known)}.")


def _trouble(store: Store) -> str:
    try:
        current = is_current(store)
    except MigrationFailed as error:
        return str(error)
    except SQLAlchemyError as error:
        return advice_for_operator(error)
    return "" if current else "The database is empty: run cadence migrate first."
