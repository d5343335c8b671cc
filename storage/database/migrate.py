"""Give an empty database the tables of this program, and refuse one whose tables are others."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from storage.database.connections import SQLITE_BUSY_MS
from storage.database.engine import Store
from storage.database.errors import DatabaseProblem, advice_for_operator, driver_message, problem_of_copy
from storage.database.restore_marker import is_restore_unfinished
from storage.database.revision import schema, stored

SCRIPTS = Path(__file__).parent.parent / "migrations"

UPGRADE_WAIT_MS = 60_000
"""The time that one program waits for another that makes the tables of the same SQLite file."""

UPGRADE_LOCK = 4_711_202_601
"""The number of PostgreSQL's advisory lock: of several processes that start together one makes the tables."""

OTHER_SCHEMA = (
    "The database was written by another version of Cadence (schema {found}, here {ours}): run cadence export --whole "
    "DIR with that version, name an empty database in DATABASE_URL, and run cadence migrate and cadence import DIR "
    "--apply here, which takes over everything but tokens and secrets."
)


class MigrationFailed(Exception):
    """The database has not the tables of this program; the data are as they were. The message says what to do."""


def upgrade(store: Store, *, wait_ms: int = UPGRADE_WAIT_MS) -> None:
    """Make all tables in one transaction where there are none; of several programs that start together one does.

    Raises MigrationFailed, with the database as it was.
    """
    if is_current(store):
        return
    try:
        with _exclusive(store, wait_ms) as connection:
            # another program may have made them, or begun a restore, while its lock was waited for
            if not _is_current(connection):
                _make_tables(connection)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise MigrationFailed(
            f"The tables could not be made and the database is as it was: {_reason(error)}"
        ) from error


def is_current(store: Store) -> bool:
    """Return whether the database has the tables of this program, and not none.

    Raises MigrationFailed when another version of the program wrote it, or a restore was broken off in it.
    """
    with store.reading() as session:
        return _is_current(session.connection())


def revision_of(store: Store) -> str | None:
    """The revision the database is at; None when it is empty."""
    with store.reading() as session:
        return stored(session.connection())


def _is_current(connection: Connection) -> bool:
    if is_restore_unfinished(connection):
        raise MigrationFailed(
            "A restore into this database is under way, or was broken off before its end. Run cadence restore with the "
            "same file again: it begins anew."
        )
    found = stored(connection)
    if found == schema():
        return True
    if found is None and SQLModel.metadata.tables.keys().isdisjoint(inspect(connection).get_table_names()):
        return False
    raise MigrationFailed(OTHER_SCHEMA.format(found=found or "unknown", ours=schema()))


def _reason(error: Exception) -> str:
    """Return the reason why the tables could not be made, and advice."""
    if problem_of_copy(error) not in (None, DatabaseProblem.DAMAGED):
        return advice_for_operator(error)
    return f"{driver_message(getattr(error, 'orig', None) or error)}. Report this message."


def _make_tables(connection: Connection) -> None:
    # loaded when there is something to do, which is once in the life of a database: it costs more than a start may
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def _exclusive(store: Store, wait_ms: int) -> Iterator[Connection]:
    """A connection in one transaction that no other program which makes tables shares."""
    with store.engine.connect() as connection:
        if store.is_sqlite:
            cursor = connection.connection.cursor()
            cursor.execute(f"pragma busy_timeout={wait_ms}")
            try:
                with connection.begin():
                    yield connection
            finally:
                cursor.execute(f"pragma busy_timeout={SQLITE_BUSY_MS}")
        else:
            with connection.begin():
                connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
                yield connection
