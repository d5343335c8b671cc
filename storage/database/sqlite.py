"""SQLite as SQLAlchemy speaks to it, with transactions that begin as they are told to."""

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

DRIVER = "sqlite+begun"
"""What a URL names that is to be opened with this dialect, once it is known."""


class BegunDialect(SQLiteDialect_pysqlite):
    """Opens a transaction with `begin`, where the driver's own BEGIN comes too late for a consistent read.

    Listening for the engine's `begin` does the same, but an engine that anybody listens to calls all its hooks for each
    statement: a tenth of the time of reading a card.
    """

    supports_statement_cache = True

    def __init__(self, begin: str = "BEGIN", **options: Any) -> None:
        super().__init__(**options)
        self._begin = begin

    def do_begin(self, dbapi_connection: Any) -> None:
        """Opens the transaction."""
        dbapi_connection.execute(self._begin)


def make_known() -> None:
    """From now on SQLAlchemy finds the dialect by its driver's name."""
    registry.register(DRIVER.replace("+", "."), __name__, BegunDialect.__name__)
