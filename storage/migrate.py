"""Bring a database to the schema of this program, and refuse one that it does not know."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Table, UniqueConstraint, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel

import storage.models  # noqa: F401
from storage.database import (
    SQLITE_BUSY_MS,
    DatabaseProblem,
    Store,
    advice_for_operator,
    driver_message,
    normalize_url,
    problem_of_copy,
)

# The marker of a PostgreSQL database in which a restore has begun and not ended: nothing may use it meanwhile.

MARKER = "cadence_restore_not_finished"
"""A table without columns. It is made before anything is restored, and dropped with the last step."""


def is_restore_unfinished(connection: Connection) -> bool:
    """Return whether a restore began here and has not ended. Never on SQLite, where it is staged next to the file."""
    return connection.dialect.name != "sqlite" and inspect(connection).has_table(MARKER)


def set_marker(session: Session) -> None:
    """Drop the leftovers of a restore that was broken off, and set the marker."""
    drop_all_tables(session)
    session.execute(text(f"CREATE TABLE {MARKER} ()"))


def remove_marker(session: Session) -> None:
    session.execute(text(f"DROP TABLE {MARKER}"))


def drop_all_tables(session: Session) -> None:
    """Drop every table of a PostgreSQL database, the marker too."""
    connection = session.connection()
    quoted = [connection.dialect.identifier_preparer.quote(name) for name in inspect(connection).get_table_names()]
    if quoted:
        session.execute(text(f"DROP TABLE {', '.join(quoted)} CASCADE"))


# The schema of this program and that of a database: read at every start, without loading Alembic.

VERSION = "0_1_0"


@cache
def schema() -> str:
    """Return the revision of this program's tables: its version, and a digest that differs when the tables do.

    The digest tells databases of different commits apart, since the one migration is edited in place.
    """
    described = "\n".join(line for table in SQLModel.metadata.sorted_tables for line in _described(table))
    return f"{VERSION}_{sha256(described.encode()).hexdigest()[:8]}"


def _described(table: Table) -> Iterator[str]:
    """Yield a line for each column, unique constraint and index of the table."""
    # by names that we gave, not by SQL: another version of SQLAlchemy must not make another schema of the same tables
    for column in table.columns:
        kind, length = type(column.type).__name__, getattr(column.type, "length", None)
        points_to = sorted(key.target_fullname for key in column.foreign_keys)
        yield f"{column} {kind} {length} {column.nullable} {column.primary_key} {points_to}"
    uniques = (each for each in table.constraints if isinstance(each, UniqueConstraint))
    yield from sorted(f"{table.name} unique {each.columns.keys()}" for each in uniques)
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        yield f"{index.name} {index.columns.keys()} {index.dialect_kwargs.get('postgresql_where', '')}"


def stored(connection: Connection) -> str | None:
    """The revision of the schema in the database, None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("select version_num from alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


# Give an empty database the tables of this program, and refuse one whose tables are others.

SCRIPTS = Path(__file__).parent / "migrations"

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


@contextmanager
def _exclusive(store: Store, wait_ms: int) -> Iterator[Connection]:
    """A connection in a transaction; other programs that want to make tables wait for its end."""
    with store.engine.connect() as connection:
        if store.is_sqlite:
            # a transaction of this engine locks the file at its beginning
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


def _make_tables(connection: Connection) -> None:
    # loaded when there is something to do, which is once in the life of a database: it costs more than a start may
    from alembic import command
    from alembic.config import Config

    config = Config()
    # a percent sign would begin an interpolation
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _reason(error: Exception) -> str:
    """Return the reason why the tables could not be made, and advice."""
    if problem_of_copy(error) not in (None, DatabaseProblem.DAMAGED):
        return advice_for_operator(error)
    return f"{driver_message(getattr(error, 'orig', None) or error)}. Report this message."


def is_current(store: Store) -> bool:
    with store.reading() as session:
        return _is_current(session.connection())


def revision_of(store: Store) -> str | None:
    """The revision the database is at; None when it is empty."""
    with store.reading() as session:
        return stored(session.connection())


def _is_current(connection: Connection) -> bool:
    """Return true for this program's schema, false for an empty database. Raises MigrationFailed for any other."""
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


# One bot at a time on an SQLite file, by a lock of the operating system that ends with its process.


class AlreadyRunning(Exception):
    """Another bot runs on the file; the message says which file and what to do."""


@contextmanager
def single_instance(url: str) -> Iterator[None]:
    """Keep every other bot off the SQLite file until the block ends; on PostgreSQL several may run.

    The lock is on a file beside it, `FILE.lock`, which stays there: SQLite loses its own locks when the process that
    holds them closes the database file itself. Imports, backups and the like do not ask for it. Raises AlreadyRunning.
    """
    parsed = make_url(normalize_url(url))
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        yield
        return
    file = Path(os.path.realpath(str(parsed.database)))
    try:
        lock = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        # the folder is not there or read-only: opening the database says so better
        yield
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        sentence = f"Another Cadence already runs on the SQLite file {file}: stop that one first, or use PostgreSQL, "
        raise AlreadyRunning(f"{sentence}which several can share (docs/operations/run.md, Database).") from error
    try:
        yield
    finally:
        os.close(lock)


# Check that the database can be written to, with rows that are rolled back.

BYTES_WRITTEN = 65_536
"""A full disk has no room for so much, which is more than the messages of a review need."""
PAGES_IN_MEMORY = 1
"""The cache size that makes SQLite write to its file before the transaction ends."""
ROWS_ON_DISK = 5_000
"""More rows than PostgreSQL keeps in the least memory that work can be given."""


def check_write(session: Session) -> None:
    """Write something and roll it back. Raises the driver's error when there is no room, or no right to write."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        _write_into_wal(connection)
    else:
        _write_row_and_temporary_file(connection)
    session.rollback()


def _write_into_wal(connection: Connection) -> None:
    """Write into SQLite's write-ahead log, whose uncommitted pages nobody reads."""
    usual_pages = connection.execute(text("pragma cache_size")).scalar_one()
    connection.execute(text(f"pragma cache_size={PAGES_IN_MEMORY}"))
    try:
        connection.execute(text("create table write_trial (something blob)"))
        connection.execute(text("insert into write_trial values (zeroblob(:bytes))"), {"bytes": BYTES_WRITTEN})
    finally:
        connection.execute(text(f"pragma cache_size={usual_pages}"))


def _write_row_and_temporary_file(connection: Connection) -> None:
    """Update the row of the schema, if there is one, and make PostgreSQL write a temporary file."""
    if stored(connection) is not None:
        connection.execute(text("update alembic_version set version_num = version_num"))
    # with so little memory the rows go to a file
    connection.execute(text("set local work_mem = '64kB'"))
    connection.execute(text("select count(*) from generate_series(1, cast(:rows as int))"), {"rows": ROWS_ON_DISK})
