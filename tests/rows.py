"""Every row of a database, and a database of these rows."""

from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from storage.database.engine import Store


def everything_in(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by table name."""
    with store.reading() as session:
        return {
            table.name: [dict(row._mapping) for row in session.execute(table.select())]
            for table in SQLModel.metadata.sorted_tables
        }


def put_into(store: Store, rows: dict[str, list[dict[str, Any]]]) -> None:
    """These rows in an empty database; numbers given later go on after them."""
    with store.writing() as session:
        for table in SQLModel.metadata.sorted_tables:
            if rows[table.name]:
                session.execute(table.insert(), rows[table.name])
            if not store.is_sqlite and "id" in table.columns and table.columns["id"].autoincrement is not False:
                _count_on(session, table.name)


def _count_on(session: Session, table: str) -> None:
    sequence = session.execute(text(f"select pg_get_serial_sequence('{table}', 'id')")).scalar()
    if sequence:
        session.execute(text(f"select setval('{sequence}', (select coalesce(max(id), 0) + 1 from {table}), false)"))
