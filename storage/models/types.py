"""Column types and the base that every table shares."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict
from sqlalchemy import DateTime, Dialect, String, Table
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

NOT_VALIDATED: Any = ConfigDict(defer_build=True)
"""Rows are not validated: validators would only slow the start."""

JsonValue = Any
"""The value of a JSON column; its shape is known to its writer."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC instant on both databases. SQLite gives naive values back: here they leave aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The value to store, in UTC. Raises ValueError on a naive one: its zone would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: give an aware one")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, _kind: object) -> Callable[[Any], datetime | None]:
        """Make stored values aware, in one step, since a page reads hundreds."""
        return _of_text if dialect.name == "sqlite" else _of_instant


def _of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _of_instant(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class ByteOrderText(TypeDecorator[str]):
    """Text compared by code points on both databases, whatever their locale, for ranges of prefixes."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """The type on this database; SQLite compares so anyway."""
        return dialect.type_descriptor(String(collation="C") if dialect.name == "postgresql" else String())


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum stored as its text; with `length`, as text of at most so many characters."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum], length: int | None = None) -> None:
        super().__init__(length)
        self.kind = kind

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text to store. Raises ValueError when it is no member's."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """Return the member of this text. Raises ValueError when there is none."""
        return None if value is None else self.kind(value)


def enum_text(kind: type[StrEnum], *, default: StrEnum | None = None, length: int | None = None) -> Any:
    """A column holding a member of a StrEnum; required without a default."""
    stored_as: Any = EnumText(kind, length)
    return Field(default=... if default is None else default, sa_type=stored_as)


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """A column holding an aware UTC instant."""
    return Field(default=None if nullable else ..., sa_type=UTCDateTime, nullable=nullable, index=index)


class Row(SQLModel):
    """A numbered row of one workspace.

    Every other unique key of a table holds the workspace, so that tables can be distributed by it. The number does not:
    rows point at each other by it alone, and SQLite counts on no key of two columns. One sequence gives it for all
    workspaces, so that a key of both would be unique too.
    """

    model_config = NOT_VALIDATED

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(index=True, max_length=32)

    @property
    def row_id(self) -> int:
        """The row's number, once it is stored. Raises ValueError before."""
        if self.id is None:
            raise ValueError(f"{type(self).__name__} has no id before it is flushed")
        return self.id


def table_of(kind: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(kind.__tablename__)]
