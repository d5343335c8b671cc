"""Backups of an SQLite database, made and restored while programs work with it, by SQLite's own backup."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from urllib.parse import quote

from storage.backups import after_restore
from storage.backups.files import (
    ADVICE,
    BackupFailed,
    Progress,
    advice_for,
    atomic_write,
    refuse_other_schema,
    require_kind,
)
from storage.backups.staging import staging_path
from storage.database.connections import make_private
from storage.database.engine import Store
from storage.database.errors import DatabaseProblem, advice_for_operator, problem_of

STEPS = 100
"""The number of steps in which a file is copied; progress is reported between two."""
PATIENCE_SECONDS = 30.0
"""The time that a restore waits for other writers."""
OUR_TABLES = {"alembic_version", "workspace"}
"""Tables by which a database of Cadence is recognised, whatever its version."""

Connection = sqlite3.Connection


def back_up_file(database: Path, file: Path, progress: Progress) -> str:
    """The schema of the backup, once FILE holds everything that was committed when it began.

    Nobody waits meanwhile: it reads one snapshot, beside which others go on writing. Raises BackupFailed.
    """
    with _opened(database) as source, atomic_write(file) as part, closing(sqlite3.connect(part)) as target:
        _hold_snapshot(source)
        _copy(source, target, _in_pages(progress))
        # as one file, without the companions of a database in use
        target.execute("pragma journal_mode=delete")
        return _checked(target, f"The backup of {database}")


def restore_file(
    database: Path, file: Path, progress: Progress, *, patience_seconds: float = PATIENCE_SECONDS
) -> Path | None:
    """The copy kept of what was in the database; None when there was nothing.

    Everything is made ready beside the database and then put into it in one transaction: others read what was there
    until it is done, and what they write meanwhile comes after. What a restore left that was killed is taken away.
    Raises BackupFailed, with the database as it was.
    """
    require_kind("SQLite", file)
    if database.exists() and file.samefile(database):
        raise BackupFailed(f"{file} is the database itself. Name a file that cadence backup wrote.")
    with staging_path(database, file) as ready:
        with _opened(file) as source:
            refuse_other_schema(_checked(source, str(file)), file)
            with atomic_write(ready, is_named=False) as part, closing(sqlite3.connect(part)) as target:
                _copy(source, target, _untold)
        _make_ready(ready)
        return _put_into(database, ready, progress, patience_seconds)


def _make_ready(ready: Path) -> None:
    """Have every restored letter looked for before it is sent."""
    store = Store(f"sqlite:///{ready}")
    try:
        store.write_now(after_restore.settle)
    finally:
        store.close()


def _put_into(database: Path, ready: Path, progress: Progress, patience_seconds: float) -> Path | None:
    """Write the pages of one file over those of the other, after a copy of the latter was kept; that copy."""
    kept = _free_name(database) if database.exists() and database.stat().st_size else None
    told = _in_pages(progress)

    def keep_then_tell(remaining: int, total: int) -> None:
        # the first step has begun the transaction: from here on nobody changes what is copied
        if kept is not None and not kept.exists():
            beside = atomic_write(kept, is_named=False)
            with _opened(database) as before, beside as part, closing(sqlite3.connect(part)) as copy:
                _copy(before, copy, _untold)
        told(remaining, total)

    make_private(database)
    with _opened(ready) as source, _opened(database, "rw", patience_seconds) as target:
        try:
            target.execute("pragma journal_mode=wal")
        except sqlite3.DatabaseError as error:
            if problem_of(error) is not DatabaseProblem.DAMAGED:
                raise
            raise BackupFailed(
                f"{database} cannot be written over ({error}). Stop the bot, move {database} with its -wal and -shm "
                "to another place, and restore again."
            ) from error
        _copy(source, target, keep_then_tell, patience_seconds)
    return kept


def _copy(
    source: Connection,
    target: Connection,
    told: Callable[[int, int], None],
    patience_seconds: float = PATIENCE_SECONDS,
) -> None:
    """Copy one database over another in one transaction of the target. Raises BackupFailed."""
    pages = source.execute("pragma page_count").fetchone()[0]
    began = time.monotonic()

    def step(status: int, remaining: int, total: int) -> None:
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            told(remaining, total)
        elif time.monotonic() - began >= patience_seconds:
            # among programs that write in turn it would have had its own by now
            raise _not_copied("it is locked by another program", ADVICE[DatabaseProblem.LOCKED])

    try:
        source.backup(target, pages=max(1, pages // STEPS), progress=step, sleep=0.05)
    except sqlite3.Error as error:
        raise _not_copied(str(error), advice_for(error)) from error


def _not_copied(reason: str, advice: str) -> BackupFailed:
    return BackupFailed(f"The database could not be copied ({reason}). Nothing was changed. {advice}")


def _hold_snapshot(source: Connection) -> None:
    """Reads what was committed by now until the connection ends, so that no write makes the copy begin again."""
    source.execute("begin")
    source.execute("select count(*) from sqlite_master").fetchone()


def _checked(connection: Connection, name: str) -> str:
    """The schema's revision. Raises BackupFailed when the file is damaged or not ours."""
    try:
        said = connection.execute("pragma integrity_check(1)").fetchone()[0]
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
        is_ours = tables >= OUR_TABLES
        found = connection.execute("select version_num from alembic_version").fetchone() if is_ours else None
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"{name} is damaged ({error}). Nothing was changed.") from error
    if said != "ok":
        raise BackupFailed(f"{name} is damaged ({' '.join(said.split())}). Nothing was changed.")
    if found is None:
        raise BackupFailed(f"{name} holds no data of Cadence. Nothing was changed.")
    return str(found[0])


@contextmanager
def _opened(database: Path, mode: str = "ro", patience_seconds: float = PATIENCE_SECONDS) -> Iterator[Connection]:
    """A connection to a file that is there, closed at the end. Raises BackupFailed when it cannot be worked with."""
    address = f"file:{quote(str(database))}?mode={mode}"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=patience_seconds)
    except sqlite3.Error as error:
        raise BackupFailed(f"{database} cannot be opened ({error}). Check that it is there.") from error
    with closing(connection):
        try:
            yield connection
        except sqlite3.Error as error:
            raise BackupFailed(advice_for_operator(error)) from error


def _in_pages(progress: Progress) -> Callable[[int, int], None]:
    return lambda remaining, total: progress(total - remaining, total)


def _untold(_remaining: int, _total: int) -> None:
    """A copy that is quick enough to say nothing."""


def _free_name(database: Path) -> Path:
    """`FILE.before-restore`, with a number when that is there already."""
    first = database.with_name(database.name + ".before-restore")
    names = chain((first,), (first.with_name(f"{first.name}-{number}") for number in count(2)))
    return next(name for name in names if not name.exists())
