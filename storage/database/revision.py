"""The schema of this program and that of a database: read at every start, without loading Alembic."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from sqlalchemy import Connection, Table, UniqueConstraint, inspect, text
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  the metadata is complete once every table module is known

VERSION = "0_1_0"


@cache
def schema() -> str:
    """Return the revision of this program's tables: its version, and a digest that differs when the tables do.

    By the digest a database that an earlier commit made is told from one of today, although the one migration that
    makes them is edited in place.
    """
    described = "\n".join(line for table in SQLModel.metadata.sorted_tables for line in _described(table))
    return f"{VERSION}_{sha256(described.encode()).hexdigest()[:8]}"


def stored(connection: Connection) -> str | None:
    """The revision that the database is at; None when it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("select version_num from alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def _described(table: Table) -> Iterator[str]:
    # by names that we gave, not by SQL: another version of SQLAlchemy must not make another schema of the same tables
    for column in table.columns:
        kind, length = type(column.type).__name__, getattr(column.type, "length", None)
        points_to = sorted(key.target_fullname for key in column.foreign_keys)
        default = getattr(column.server_default, "arg", "")
        yield f"{column} {kind} {length} {column.nullable} {column.primary_key} {points_to} {default}"
    uniques = (each for each in table.constraints if isinstance(each, UniqueConstraint))
    yield from sorted(f"{table.name} unique {each.columns.keys()}" for each in uniques)
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        yield f"{index.name} {index.columns.keys()} {index.dialect_kwargs.get('postgresql_where', '')}"
