"""The SQLite databases of the tests: migrated once, emptied after a test and handed to the next."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from storage.database import Store
from storage.migrate import upgrade


def never_wait_for_the_disk() -> None:
    """Let SQLite leave its writes to the operating system in this process: no database here outlives the run."""

    @event.listens_for(Pool, "checkout")
    def prepare(connection: Any, _record: object, _proxy: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("pragma synchronous=off")


class Sqlite:
    """Migrated databases of this test process, each with its open store.

    An engine compiles every statement once: a store that is kept spares each test that work.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._free: list[Store] = []
        self._open: dict[str, sqlite3.Connection] = {}
        """A connection to each database, kept: to open one reads its whole schema, longer than many a test takes."""
        self.migrated = folder / "migrated.db"
        store = Store(f"sqlite:///{self.migrated}")
        upgrade(store)
        store.close()

    @contextmanager
    def lent(self) -> Iterator[Store]:
        """A store on a migrated database without rows, taken back and emptied at the end."""
        store = self._free.pop() if self._free else self._new_store()
        self._empty(store)
        attributes = dict(vars(store))
        yield store
        vars(store).update(attributes)
        self._free.append(store)

    def _new_store(self) -> Store:
        return Store(f"sqlite:///{self._folder / f'test_{next(self._numbers)}.db'}")

    def close(self) -> None:
        for store in self._free:
            store.close()
        for each in self._open.values():
            each.close()

    def _empty(self, store: Store) -> None:
        self._to(self.migrated).backup(self._to(store.url.removeprefix("sqlite:///")))

    def _to(self, path: str | Path) -> sqlite3.Connection:
        if str(path) not in self._open:
            self._open[str(path)] = sqlite3.connect(path)
            self._open[str(path)].execute("pragma synchronous=off")
        return self._open[str(path)]
