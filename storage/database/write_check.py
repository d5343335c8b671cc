"""Whether the database takes what is written to it, tried with something that is not kept."""

from sqlalchemy import Connection, text
from sqlmodel import Session

from storage.database.revision import stored

BYTES_WRITTEN = 65_536
"""A full disk has no room for so much, which is more than the messages of a review need."""
PAGES_IN_MEMORY = 1
"""What SQLite writes beyond so many pages reaches its file before the transaction ends."""
ROWS_ON_DISK = 5_000
"""More rows than PostgreSQL keeps in the least memory that work can be given."""


def try_writing(session: Session) -> None:
    """Writes something and takes it back. Raises what the driver does when there is no room, or no right to write."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        _into_log(connection)
    else:
        _into_row_and_file(connection)
    session.rollback()


def _into_log(connection: Connection) -> None:
    """Into SQLite's log, where nobody reads what was not committed."""
    kept = connection.execute(text("pragma cache_size")).scalar_one()
    connection.execute(text(f"pragma cache_size={PAGES_IN_MEMORY}"))
    try:
        connection.execute(text("create table write_trial (something blob)"))
        connection.execute(text("insert into write_trial values (zeroblob(:bytes))"), {"bytes": BYTES_WRITTEN})
    finally:
        connection.execute(text(f"pragma cache_size={kept}"))


def _into_row_and_file(connection: Connection) -> None:
    """Into the row of the schema, if there is one, and into a file of PostgreSQL's own that goes at once."""
    if stored(connection) is not None:
        connection.execute(text("update alembic_version set version_num = version_num"))
    connection.execute(text("set local work_mem = '64kB'"))
    connection.execute(text("select count(*) from generate_series(1, cast(:rows as int))"), {"rows": ROWS_ON_DISK})
