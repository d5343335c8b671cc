"""SQL compiled once a test process, and not again on each of its hundreds of databases.

An engine keeps what it compiled under its dialect: dialects that are equal, and engines that keep it in one place,
share it.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite


class _Equal:
    """A dialect that equals every other one of its kind: all databases of a kind here have the same version."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))


class EqualSqlite(_Equal, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class EqualPostgres(_Equal, PGDialect_psycopg):
    supports_statement_cache = True


def share_compiled_statements() -> None:
    """Let every engine made from now on in this process find what another one compiled."""
    for name, kind in (("sqlite", EqualSqlite), ("postgresql.psycopg", EqualPostgres)):
        registry.register(name, __name__, kind.__name__)
    compiled: dict[Any, Any] = {}

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)
