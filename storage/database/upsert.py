"""Insert rows unless they are there already, on both databases."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, SQLModel

from storage.tables.types import table_of


def insert_once(session: Session, table: type[SQLModel], values: dict[str, Any]) -> bool:
    """Insert the row. Return False when a row with the same unique key was there.

    On PostgreSQL it waits for another transaction that is inserting the same key, and goes by what that one did.
    """
    # the values go beside the statement, so that it is made and compiled once and not for every row
    return session.execute(_insert_once(_dialect(session), table), values).first() is not None


def insert_all_once(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose unique keys are not there yet, numbered in their order, by one statement for all."""
    if rows:
        session.execute(_insert(_dialect(session), table), rows)


def replace_rows(
    session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]], *, unique: tuple[str, ...]
) -> None:
    """Insert the rows, or change those that have the same `unique` columns."""
    if rows:
        # what they refer to is there before them: a statement on a table does not see to that by itself
        session.flush()
        session.execute(_replacing(_dialect(session), table, tuple(rows[0]), unique), rows)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


@cache
def _insert_once(dialect: str, table: type[SQLModel]) -> ReturningInsert[Any]:
    # into the table and not as objects, of which there are none: half the time
    rows = table_of(table)
    return _insert(dialect, rows).returning(*rows.primary_key)


@cache
def _replacing(dialect: str, table: type[SQLModel], names: tuple[str, ...], unique: tuple[str, ...]) -> Insert:
    statement = _insert_plainly(dialect, table_of(table))
    changed = {name: statement.excluded[name] for name in names if name not in unique}
    replacing: Insert = statement.on_conflict_do_update(index_elements=unique, set_=changed)
    return replacing


@cache
def _insert(dialect: str, table: type[SQLModel] | Table) -> Insert:
    inserting: Insert = _insert_plainly(dialect, table).on_conflict_do_nothing()
    return inserting


def _insert_plainly(dialect: str, table: type[SQLModel] | Table) -> Any:
    """The database's own insert, which knows what to do about rows that are there already."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
