"""The marker of a PostgreSQL database in which a restore has begun and not ended: nothing may use it meanwhile."""

from sqlalchemy import Connection, inspect, text
from sqlmodel import Session

MARKER = "cadence_restore_not_finished"
"""A table without columns. It is made before anything is restored, and dropped with the last step."""


def is_restore_unfinished(connection: Connection) -> bool:
    """Return whether a restore began here and has not ended. Never on SQLite, where it is staged beside the file."""
    return connection.dialect.name != "sqlite" and inspect(connection).has_table(MARKER)


def set_marker(session: Session) -> None:
    """Drop the leftovers of a restore that was broken off, and set the marker."""
    drop_all_tables(session)
    session.execute(text(f"CREATE TABLE {MARKER} ()"))


def remove_marker(session: Session) -> None:
    """Drop the marker."""
    session.execute(text(f"DROP TABLE {MARKER}"))


def drop_all_tables(session: Session) -> None:
    """Drop every table of the database, the marker too."""
    connection = session.connection()
    quoted = [connection.dialect.identifier_preparer.quote(name) for name in inspect(connection).get_table_names()]
    if quoted:
        session.execute(text(f"DROP TABLE {', '.join(quoted)} CASCADE"))
