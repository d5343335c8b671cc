"""Rows for reading only: they have the attributes of stored objects, at a fifth of what those cost."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Executable, Table
from sqlmodel import Session, SQLModel

from storage.tables.types import Row

Kind = TypeVar("Kind", bound=Row)


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
