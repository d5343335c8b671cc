"""How each of the two databases is connected to."""

import json
import sqlite3
import time
from typing import Any

from pydantic_core import from_json
from sqlalchemy import URL, Engine, create_engine, event, make_url

SQLITE_BUSY_MS = 10_000
BUSY_PAUSE_SECONDS = 0.01


def read_json(text: str) -> Any:
    """What the JSON says, in half of the time of Python's own reader; that one reads what this one refuses."""
    try:
        return from_json(text)
    except ValueError:
        # half of a pair of surrogates, which is no character
        return json.loads(text)


def normal_url(url: str) -> str:
    """The URL with our drivers: `postgres://` and `postgresql://` become psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def postgres_engine(url: str, *, size: int, **options: Any) -> Engine:
    """A PostgreSQL engine with so many connections at most; `options` as SQLAlchemy has them."""
    # loaded for PostgreSQL alone, with its driver
    from storage.database.postgres import LightCursor

    return _engine(url, size, {"cursor_factory": LightCursor}, **options)


def sqlite_engine(url: str, *, begin: str, size: int) -> Engine:
    """An SQLite engine that opens its transactions with `begin`, in WAL mode, with foreign keys on."""
    # loaded for SQLite alone
    from storage.database.sqlite import DRIVER, make_known

    make_known()
    engine = _engine(make_url(url).set(drivername=DRIVER), size, {"check_same_thread": False}, begin=begin)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # no transaction but those that the dialect begins
        connection.isolation_level = None
        connection.execute(f"pragma busy_timeout={SQLITE_BUSY_MS}")
        _keep_a_log(connection)
        for pragma in ("synchronous=full", "foreign_keys=on"):
            connection.execute(f"pragma {pragma}")

    return engine


def _engine(url: str | URL, size: int, connect_args: dict[str, Any], **options: Any) -> Engine:
    return create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
        json_deserializer=read_json,
        connect_args=connect_args,
        **options,
    )


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """WAL mode. Of programs that bring a new file to it at the same moment SQLite refuses all but one at once."""
    give_up_at = time.monotonic() + SQLITE_BUSY_MS / 1_000
    while True:
        try:
            connection.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(BUSY_PAUSE_SECONDS)
