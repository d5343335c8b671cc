"""Engines for the two databases."""

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

SQLITE_BUSY_MS = 10_000
BUSY_PAUSE_SECONDS = 0.01


def normalize_url(url: str) -> str:
    """Return the URL with our drivers: `postgres://` and `postgresql://` become psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def postgres_engine(url: str, *, size: int, **options: Any) -> Engine:
    """Return a PostgreSQL engine with at most `size` connections; `options` go to `create_engine`."""
    return _engine(url, size, **options)


def sqlite_engine(url: str, *, begin: str, size: int) -> Engine:
    """Return an SQLite engine that opens transactions with the statement `begin`, in WAL mode, with foreign keys on."""
    engine = _engine(url, size, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "do_connect")
    def make_file(_dialect: Any, _record: Any, arguments: list[Any], _named: Any) -> None:
        make_private(Path(arguments[0]))

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # the driver's own BEGIN comes too late for a consistent read: SQLAlchemy's recipe turns it off and sends ours
        connection.isolation_level = None
        connection.execute(f"pragma busy_timeout={SQLITE_BUSY_MS}")
        _set_wal_mode(connection)
        for pragma in ("synchronous=full", "foreign_keys=on"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def make_private(file: Path) -> None:
    """Make the file, for its owner alone, unless it is there.

    SQLite would make a database readable by whoever the umask lets; its -wal, -shm and -journal get the mode of the
    database. Where it cannot be made, opening it says so better.
    """
    if str(file) != ":memory:":
        with suppress(OSError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _engine(url: str, size: int, **options: Any) -> Engine:
    return create_engine(url, pool_size=size, max_overflow=0, hide_parameters=True, **options)


def _set_wal_mode(connection: sqlite3.Connection) -> None:
    """Switch to WAL mode. Of programs that switch a new file at the same moment, SQLite refuses all but one at once."""
    give_up_at = time.monotonic() + SQLITE_BUSY_MS / 1_000
    while True:
        try:
            connection.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(BUSY_PAUSE_SECONDS)
