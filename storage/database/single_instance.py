"""One bot at a time on an SQLite file, by a lock of the operating system that ends with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from storage.database.connections import normalize_url


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
