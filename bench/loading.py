"""Makes the benchmarks' databases: their rows the quickest way each database has, and the files kept for a day."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade

CACHE = Path(__file__).parent / ".cache"


def cached(words: str, sources: Sequence[Path], fill: Callable[[str], None]) -> Path:
    """An SQLite file that `fill` made as of today, to be copied; another one is made when a source changes."""
    source = hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()[:8]
    today = datetime.now(UTC).date()
    path = CACHE / f"{today}-{revisions()[-1]}-{source}-{words}.db"
    if path.exists():
        return path
    CACHE.mkdir(exist_ok=True)
    for old in CACHE.glob(f"*-{words}.db*"):
        old.unlink()
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    fill(f"sqlite:///{partial}")
    return partial.replace(path)


def empty(url: str) -> Store:
    """A store of an empty database with all tables."""
    store = Store(url)
    upgrade(store)
    return store


def load(store: Store, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """Writes the rows; the table's indexes are made afterwards."""
    indexes = list(SQLModel.metadata.tables[table].indexes)
    with store.engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
    if store.is_sqlite:
        _insert(store.url.removeprefix("sqlite:///"), table, columns, rows)
    else:
        _copy(store.engine, table, columns, rows)
    with store.engine.begin() as connection:
        for index in indexes:
            index.create(connection)


def finish(store: Store, tables: Sequence[str]) -> None:
    """Lets the database count on from the ids given in these tables, and know its tables as it would after a day."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if store.is_sqlite:
            connection.execute(text("analyze"))
            return
        for table in tables:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            connection.execute(text(f"select setval({sequence}, (select max(id) from {table}))"))
        connection.execute(text("vacuum analyze"))


def stored_instant(at: datetime) -> str:
    """The instant as both databases take it: in UTC, without its zone."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


def _insert(path: str, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("pragma synchronous=off")
        connection.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", rows)


def _copy(engine: Engine, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    with closing(engine.raw_connection()) as raw:
        connection: Any = raw.driver_connection
        connection.execute("set time zone 'UTC'")
        with connection.cursor().copy(f"copy {table} ({', '.join(columns)}) from stdin") as copying:
            for row in rows:
                copying.write_row(row)
        connection.commit()
