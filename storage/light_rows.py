"""Rows for reading only: they have the attributes of stored objects, at a fifth of what those cost."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Executable, Table
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from storage.tables.types import Row

Kind = TypeVar("Kind", bound=Row)
Asked = tuple[Executable, Mapping[str, Any]]
"""A statement that selects rows, made once and kept, and its parameters."""

READING = "statements read together"
"""What an error says that comes with the rows of one of them."""


def table_of(kind: type[SQLModel]) -> Table:
    """The table of these objects."""
    return cast("Table", kind.__table__)  # type: ignore[attr-defined]  # SQLModel gives it to every table class


def columns_of(kind: type[Row]) -> tuple[ColumnElement[Any], ...]:
    """What an object of this kind holds, to be selected."""
    columns = table_of(kind).c
    return (*columns, columns.id.label("row_id"))


def read(session: Session, kind: type[Kind], statement: Executable, values: Mapping[str, Any]) -> list[Kind]:  # noqa: ARG001
    """The rows of a statement that selects `columns_of(kind)`; `values` are its parameters.

    Make the statement once and keep it: making one costs more than its execution. The rows belong to no session:
    nothing done to them is stored.
    """
    session.flush()
    return cast("list[Kind]", session.connection().execute(statement, values).all())


def read_together(session: Session, asked: Sequence[Asked]) -> list[list[Any]]:
    """The rows of each of these statements, none of which needs what another finds.

    PostgreSQL is sent all of them before the first is answered, so that they take one way there and back.
    """
    session.flush()
    connection = session.connection()
    driver = connection.connection.driver_connection
    together = getattr(driver, "pipeline", nullcontext)
    try:
        with together():
            begun = [connection.execute(statement, values) for statement, values in asked]
            return [list(result) for result in begun]
    except DBAPIError as error:
        # what comes with the rows is told without their statement, as what goes wrong in a commit is
        error.statement = error.statement or READING
        if not error.connection_invalidated and connection.dialect.is_disconnect(cast("Any", error.orig), driver, None):
            # the server's last words came before the connection was seen to be gone
            error.connection_invalidated = True
            connection.invalidate(error)
        raise
