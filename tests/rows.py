"""Every row of a database, and a database of these rows."""

import sqlite3
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from storage.database import Store


def everything_in(store: Store) -> dict[str, list[dict[str, Any]]]:
    with store.reading() as session:
        return {
            table.name: [dict(row._mapping) for row in session.execute(table.select().order_by(*table.primary_key))]
            for table in SQLModel.metadata.sorted_tables
        }


def put_into(store: Store, rows: dict[str, list[dict[str, Any]]]) -> None:
    """These rows in an empty database; numbers given later go on after them."""
    with store.writing() as session:
        for table in SQLModel.metadata.sorted_tables:
            if not rows[table.name]:
                continue
            session.execute(table.insert(), rows[table.name])
            if not store.is_sqlite and "id" in table.columns and table.columns["id"].autoincrement is not False:
                _count_on(session, table.name)


class Copy:
    """A copy of a database, to put into empty ones of either kind."""

    def __init__(self, store: Store) -> None:
        self._rows = everything_in(store)
        self._file: sqlite3.Connection | None = None

    def put_into(self, store: Store) -> None:
        """Fill an empty database: an SQLite file from the file before it, which takes a tenth of the time."""
        if store.is_sqlite and self._file is not None:
            connection = store.engine.raw_connection()
            self._file.backup(connection.driver_connection)  # type: ignore[arg-type]
            connection.close()
            return
        put_into(store, self._rows)
        if store.is_sqlite:
            connection = store.engine.raw_connection()
            self._file = sqlite3.connect(":memory:", check_same_thread=False)
            connection.driver_connection.backup(self._file)  # type: ignore[union-attr]
            connection.close()


def _count_on(session: Session, table: str) -> None:
    sequence = session.execute(text(f"select pg_get_serial_sequence('{table}', 'id')")).scalar()
    if sequence:
        session.execute(text(f"select setval('{sequence}', (select coalesce(max(id), 0) + 1 from {table}), false)"))
