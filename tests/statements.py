"""Statements that a verb sends and rows that it loads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel import Session, SQLModel


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Collect the statements that the body sends through the session, in order."""
    sent: list[str] = []

    def noted(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", noted)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", noted)


def loaded(table: type[SQLModel], read: Callable[[], object]) -> list[Any]:
    rows: list[Any] = []

    def noted(row: Any, _context: Any) -> None:
        rows.append(row)

    event.listen(table, "load", noted)
    try:
        read()
    finally:
        event.remove(table, "load", noted)
    return rows
