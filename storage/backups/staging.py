"""The place beside an SQLite file where a restore makes everything ready: for one at a time, empty when it begins."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.backups.files import BackupFailed, advice_for

LEFTOVER = r"\.(restoring(\.part)?|before-restore(-\d+)?\.part)(-wal|-shm|-journal)?"
"""Suffixes of the files that a restore, and SQLite, keep beside the database while it lasts."""


@contextmanager
def staging_path(database: Path, file: Path) -> Iterator[Path]:
    """The path `DATABASE.restoring`, where nothing is; what a restore leaves there is gone at the end.

    What one left that was killed is taken away first. No other restore into the database begins before the block ends:
    the system's lock on `DATABASE.restoring.lock` ends with the process, however that ends. Raises BackupFailed when
    there is another, the place cannot be written, or the backup FILE is itself such a leftover.
    """
    ready = database.with_name(database.name + ".restoring")
    lock_file = Path(f"{os.path.realpath(database)}.restoring.lock")
    try:
        lock = _locked(lock_file, database)
    except OSError as error:
        raise _cannot_write(ready, error) from error
    try:
        _begin_anew(database, ready, file)
        try:
            yield ready
        finally:
            # where nothing can be written nothing can be removed, and the first error says more
            with suppress(OSError):
                _remove(_leftovers(database))
    finally:
        with suppress(OSError):
            lock_file.unlink(missing_ok=True)
        os.close(lock)


def _locked(lock_file: Path, database: Path) -> int:
    """The file's descriptor, open and locked. Raises BackupFailed when another has the lock."""
    while True:
        lock = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # whoever was done at this very moment has removed the name, and the next one would lock another file
            if lock_file.stat().st_ino == os.fstat(lock).st_ino:
                return lock
        except BlockingIOError as error:
            os.close(lock)
            raise BackupFailed(
                f"A restore into {database} is under way. Nothing was changed. Wait until that one is done."
            ) from error
        except FileNotFoundError:
            pass
        os.close(lock)


def _begin_anew(database: Path, ready: Path, file: Path) -> None:
    """Remove the leftovers of a killed restore, but never the backup that was named."""
    try:
        left = _leftovers(database)
        if any(path.samefile(file) for path in left):
            raise BackupFailed(
                f"{file} is what a restore left that was broken off. Name a file that cadence backup wrote."
            )
        _remove(left)
    except OSError as error:
        raise _cannot_write(ready, error) from error


def _leftovers(database: Path) -> list[Path]:
    pattern = re.compile(re.escape(database.name) + LEFTOVER)
    return [path for path in database.parent.iterdir() if pattern.fullmatch(path.name)]


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _cannot_write(ready: Path, error: OSError) -> BackupFailed:
    return BackupFailed(f"{ready} cannot be written: {error.strerror}. Nothing was changed. {advice_for(error)}")
