"""Brings a database to the schema this program works with."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.sql.sqltypes import AutoString

from storage.engine import Store

UPGRADE_LOCK = 4_711_202_601
"""The number of PostgreSQL's advisory lock: of several processes that start together one upgrades, the others wait."""

OWN_TYPES = {
    "UTCDateTime": "sa.DateTime(timezone=True)",
    "ByteOrderText": "sa.String().with_variant(sa.String(collation='C'), 'postgresql')",
}
"""Our column types by name, as a migration writes them."""


class MigrationFailed(Exception):
    """The schema could not be brought up to date; the data are as they were. The message says what to do."""


def upgrade(store: Store) -> Path | None:
    """The copy kept of an SQLite file whose schema was upgraded; None when nothing had to be kept.

    All steps run in one transaction. Raises MigrationFailed, with the database as it was.
    """
    if is_current(store):
        return None
    copy = _keep_copy(store)
    kept = f" A copy from before is at {copy}." if copy else ""
    try:
        with _exclusive(store) as connection:
            command.upgrade(_config(connection), "head")
    except (CommandError, SQLAlchemyError, sqlite3.Error, _BrokenReference) as error:
        raise MigrationFailed(
            f"The database could not be upgraded and is as it was: {error}. "
            f"Keep running the version before, and report this message.{kept}"
        ) from error
    return copy


def is_current(store: Store) -> bool:
    """Whether the database has exactly the schema of this program.

    Raises MigrationFailed when a later version of the program wrote it.
    """
    found = revision_of(store)
    if found is not None and found not in revisions():
        raise MigrationFailed(
            f"The database was written by a later version of Cadence (schema {found}). "
            "Run that version, or restore a backup from before it."
        )
    return found == revisions()[-1]


def revision_of(store: Store) -> str | None:
    """The revision the database is at; None when it is empty."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def revisions() -> list[str]:
    """All revisions this program knows, oldest first."""
    script = ScriptDirectory.from_config(_config(None))
    return [step.revision for step in script.walk_revisions()][::-1]


def upgrade_to(store: Store, revision: str) -> None:
    """Brings the database to one revision of the past, for tests of the steps after it."""
    with _exclusive(store) as connection:
        command.upgrade(_config(connection), revision)


def rendered_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """How a migration names our column types, so that an old migration never needs today's code."""
    if kind != "type":
        return False
    if type(item).__name__ in OWN_TYPES:
        return OWN_TYPES[type(item).__name__]
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def _config(connection: Connection | None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


class _BrokenReference(Exception):
    """A step left rows that point at nothing."""


@contextmanager
def _exclusive(store: Store) -> Iterator[Connection]:
    """A connection in one transaction that no other upgrade shares."""
    with store.engine.connect() as connection:
        if store.is_sqlite:
            with _unchecked_references(connection), connection.begin():
                yield connection
                broken = connection.execute(text("pragma foreign_key_check")).first()
                if broken is not None:
                    raise _BrokenReference(f"table {broken[0]} has a row without its {broken[2]}")
        else:
            with connection.begin():
                connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
                yield connection


@contextmanager
def _unchecked_references(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds a table to alter it; with foreign keys on, dropping the old one would delete rows elsewhere."""
    connection.connection.cursor().execute("pragma foreign_keys=off")
    try:
        yield
    finally:
        connection.connection.cursor().execute("pragma foreign_keys=on")


def _keep_copy(store: Store) -> Path | None:
    """The copy of an SQLite file that already has tables, next to it; None for a new or non-SQLite database."""
    database = make_url(store.url).database
    if not store.is_sqlite or not database or not _has_tables(store):
        return None
    copy = Path(f"{database}.before-{revisions()[-1]}")
    partial = copy.with_name(copy.name + ".partial")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(partial)) as target:
        source.backup(target)
    partial.replace(copy)
    return copy


def _has_tables(store: Store) -> bool:
    """Whether anything was ever made in the database."""
    with store.engine.connect() as connection:
        return bool(inspect(connection).get_table_names())
