"""Inserting a row only when nobody did before, on both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, table: type[SQLModel], values: dict[str, Any]) -> bool:
    """Whether the row went in; False when a row with the same unique key was there.

    On PostgreSQL it waits for another transaction that is inserting the same key, and goes by what that one did.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    identity = table.__table__.primary_key.columns.values()[0]  # type: ignore[attr-defined]
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(identity)
    return session.execute(statement).first() is not None
