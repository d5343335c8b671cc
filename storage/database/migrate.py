"""Bring a database to the schema this program works with."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel.sql.sqltypes import AutoString

from storage.database.connections import SQLITE_BUSY_MS, make_private
from storage.database.engine import Store
from storage.database.errors import DatabaseProblem, advice_for_operator, driver_message, problem_of_copy
from storage.database.restore_marker import is_restore_unfinished
from storage.database.revision import SCRIPTS, known, stored
from storage.tables.types import EnumText

if TYPE_CHECKING:
    from alembic.config import Config

UPGRADE_WAIT_MS = 60_000
"""The time that one program waits for another that upgrades the same SQLite file."""

UPGRADE_LOCK = 4_711_202_601
"""The number of PostgreSQL's advisory lock: of several processes that start together one upgrades, the others wait."""

OWN_TYPES = {
    "UTCDateTime": "sa.DateTime(timezone=True)",
    "ByteOrderText": "sa.String().with_variant(sa.String(collation='C'), 'postgresql')",
}
"""Our column types by name, as a migration writes them."""


class MigrationFailed(Exception):
    """The schema could not be brought up to date; the data are as they were. The message says what to do."""


def upgrade(
    store: Store,
    *,
    keeps_copy: bool = True,
    is_restoring: bool = False,
    scripts: Path = SCRIPTS,
    wait_ms: int = UPGRADE_WAIT_MS,
) -> Path | None:
    """The copy kept of an SQLite file whose schema was upgraded; None when nothing had to be kept.

    All steps of the folder `scripts` run in one transaction. Of several programs that start together one upgrades and
    the others wait for it. A database that is being restored is for the program `is_restoring` it alone. Raises
    MigrationFailed, with the database as it was.
    """
    if not is_restoring:
        _refuse_half_restored_in(store)
    if _is_newest(store, scripts):
        return None
    newest, copy = revisions(scripts)[-1], None
    try:
        with _exclusive(store, wait_ms) as connection:
            if not is_restoring:
                # a restore may have begun while the other upgrade was waited for
                _refuse_half_restored(connection)
            if stored(connection) == newest:
                return None
            copy = _keep_copy(store, connection, newest) if keeps_copy else None
            _carry_out(connection, "head", scripts)
    except (_StepFailed, SQLAlchemyError, sqlite3.Error, OSError) as error:
        kept = f" A copy from before is at {copy}." if copy else ""
        raise MigrationFailed(f"The database could not be upgraded and is as it was: {_reason(error)}{kept}") from error
    return copy


def is_current(store: Store, scripts: Path = SCRIPTS) -> bool:
    """Return whether the database has exactly the schema of this program.

    Raises MigrationFailed when a later version of the program wrote it, or a restore was broken off in it.
    """
    _refuse_half_restored_in(store)
    return _is_newest(store, scripts)


def _refuse_half_restored_in(store: Store) -> None:
    with store.reading() as session:
        _refuse_half_restored(session.connection())


def _refuse_half_restored(connection: Connection) -> None:
    if is_restore_unfinished(connection):
        raise MigrationFailed(
            "A restore into this database is under way, or was broken off before its end. Run cadence restore with the "
            "same file again: it begins anew."
        )


def _is_newest(store: Store, scripts: Path) -> bool:
    found, ours = revision_of(store), revisions(scripts)
    if found is not None and found not in ours:
        raise MigrationFailed(
            f"The database was written by a later version of Cadence (schema {found}). "
            "Run that version, or restore a backup from before it."
        )
    return found == ours[-1]


def revision_of(store: Store) -> str | None:
    """The revision the database is at; None when it is empty."""
    with store.reading() as session:
        return stored(session.connection())


def revisions(scripts: Path = SCRIPTS) -> list[str]:
    """All revisions that the folder knows, oldest first."""
    return known(scripts)


def upgrade_to(store: Store, revision: str) -> None:
    """Bring the database to an earlier revision, for tests of the steps after it."""
    with _exclusive(store) as connection:
        _carry_out(connection, revision, SCRIPTS)


def rendered_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Render our column types for a migration, so that an old migration never needs today's code."""
    if kind != "type":
        return False
    if type(item).__name__ in OWN_TYPES:
        return OWN_TYPES[type(item).__name__]
    if isinstance(item, AutoString | EnumText):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def _reason(error: Exception) -> str:
    """Return the reason of a failed upgrade, and advice."""
    if problem_of_copy(error) not in (None, DatabaseProblem.DAMAGED):
        return advice_for_operator(error)
    said = driver_message(getattr(error, "orig", None) or error)
    return f"{said}. Keep running the version before, and report this message."


def _failed_in_program(error: Exception, scripts: Path) -> "_StepFailed":
    """Describe an error by its kind and place, not by its text, which may contain stored values."""
    frames = extract_tb(error.__traceback__)
    place = next((each for each in reversed(frames) if Path(each.filename).is_relative_to(scripts)), frames[-1])
    return _StepFailed(f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}")


def _carry_out(connection: Connection, revision: str, scripts: Path) -> None:
    """Bring the schema to the revision. Raises _StepFailed."""
    # loaded when there is something to do, which is once in the life of a version: it costs more than a start may
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(_config(connection, scripts), revision)
    except CommandError as error:
        raise _StepFailed(str(error)) from error
    except (DBAPIError, sqlite3.Error, OSError):
        raise
    except Exception as error:  # a step is a program of its own, which may fail in any way
        raise _failed_in_program(error, scripts) from error


def _config(connection: Connection, scripts: Path) -> "Config":
    """Alembic's settings, without a file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


class _StepFailed(Exception):
    """A step could not be taken, or left rows that point at nothing."""


@contextmanager
def _exclusive(store: Store, wait_ms: int = UPGRADE_WAIT_MS) -> Iterator[Connection]:
    """A connection in one transaction that no other upgrade shares."""
    with store.engine.connect() as connection:
        if store.is_sqlite:
            with _prepared_to_alter(connection, wait_ms), connection.begin():
                yield connection
                broken = connection.execute(text("pragma foreign_key_check")).first()
                if broken is not None:
                    raise _StepFailed(f"table {broken[0]} has a row without its {broken[2]}")
        else:
            with connection.begin():
                connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
                yield connection


@contextmanager
def _prepared_to_alter(connection: Connection, wait_ms: int) -> Iterator[None]:
    """An SQLite connection that waits for another upgrade and leaves references unchecked.

    SQLite rebuilds a table to alter it; with foreign keys on, dropping the old one would delete rows elsewhere.
    """
    cursor = connection.connection.cursor()
    cursor.execute(f"pragma busy_timeout={wait_ms}")
    cursor.execute("pragma foreign_keys=off")
    try:
        yield
    finally:
        cursor.execute("pragma foreign_keys=on")
        cursor.execute(f"pragma busy_timeout={SQLITE_BUSY_MS}")


def _keep_copy(store: Store, connection: Connection, newest: str) -> Path | None:
    """The copy of an SQLite file that already has tables, next to it; None for a new or non-SQLite database.

    The connection holds the file against writers, so the copy is what the upgrade begins with.
    """
    database = make_url(store.url).database
    if not store.is_sqlite or not database or not inspect(connection).get_table_names():
        return None
    copy = Path(f"{database}.before-{newest}")
    partial = copy.with_name(copy.name + ".partial")
    try:
        make_private(partial)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(partial)) as target:
            source.backup(target)
        partial.replace(copy)
    finally:
        # where nothing can be written nothing can be removed, and the first error says more
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return copy
