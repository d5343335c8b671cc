"""Inserting rows only when nobody did before, on both databases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, table: type[SQLModel], values: dict[str, Any]) -> bool:
    """Whether the row went in; False when a row with the same unique key was there.

    On PostgreSQL it waits for another transaction that is inserting the same key, and goes by what that one did.
    """
    identity = table.__table__.primary_key.columns.values()[0]  # type: ignore[attr-defined]
    # the values go beside the statement, so that it is compiled once and not for every row
    return session.execute(_insert(session, table).returning(identity), values).first() is not None


def insert_all_once(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Inserts the rows whose unique keys are not there yet, numbered in their order, by one statement for all."""
    if rows:
        session.execute(_insert(session, table), rows)


def _insert(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing()
