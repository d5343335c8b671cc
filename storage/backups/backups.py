"""Backup and restore of the whole database, whichever of the two it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from storage.backups.files import Progress
from storage.backups.postgres import dump, restore_dump
from storage.backups.sqlite import back_up_file, restore_file
from storage.database.connections import normalize_url
from storage.database.engine import Store


def back_up(url: str, file: Path, progress: Progress) -> str:
    """The schema of the backup at FILE: everything committed when it began, read once to its end to be sure.

    Others go on working meanwhile. Only SQLite tells its progress, in pages. Raises BackupFailed, with no FILE, and
    SQLAlchemyError when the database does not answer.
    """
    database = _sqlite_file(url)
    if database is not None:
        return back_up_file(database, file, progress)
    with _store(url) as store:
        return dump(store, file)


def restore(url: str, file: Path, progress: Progress) -> Path | None:
    """The copy kept of what was in an SQLite file before; None where there was nothing.

    Raises BackupFailed, with the data as they were, and SQLAlchemyError when the database does not
    answer.
    """
    database = _sqlite_file(url)
    if database is not None:
        return restore_file(database, file, progress)
    with _store(url) as store:
        restore_dump(store, file)
    return None


def _sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database, None for a PostgreSQL one."""
    parsed = make_url(normalize_url(url))
    if parsed.get_backend_name() != "sqlite":
        return None
    return Path(str(parsed.database))


@contextmanager
def _store(url: str) -> Iterator[Store]:
    store = Store(url)
    try:
        yield store
    finally:
        store.close()
