"""The mark in a PostgreSQL database in which a restore has begun and not ended: nothing works with it meanwhile."""

from sqlalchemy import Connection, inspect, text
from sqlmodel import Session

MARK = "cadence_restore_not_finished"
"""A table without columns. It is made before anything is restored, and dropped with the last step."""


def is_half_restored(connection: Connection) -> bool:
    """Whether a restore began here and has not ended. On SQLite that cannot be: it is made ready beside the file."""
    return connection.dialect.name != "sqlite" and inspect(connection).has_table(MARK)


def begin(session: Session) -> None:
    """Marks the database, which holds nothing but what a restore that was broken off has left; that is dropped."""
    empty(session)
    session.execute(text(f"CREATE TABLE {MARK} ()"))


def end(session: Session) -> None:
    """Drops the mark."""
    session.execute(text(f"DROP TABLE {MARK}"))


def empty(session: Session) -> None:
    """Drops every table of the database, the mark too."""
    connection = session.connection()
    quoted = [connection.dialect.identifier_preparer.quote(name) for name in inspect(connection).get_table_names()]
    if quoted:
        session.execute(text(f"DROP TABLE {', '.join(quoted)} CASCADE"))
