"""Check that the database can be written to, with rows that are rolled back."""

from sqlalchemy import Connection, text
from sqlmodel import Session

from storage.database.revision import stored

BYTES_WRITTEN = 65_536
"""A full disk has no room for so much, which is more than the messages of a review need."""
PAGES_IN_MEMORY = 1
"""The cache size that makes SQLite write to its file before the transaction ends."""
ROWS_ON_DISK = 5_000
"""More rows than PostgreSQL keeps in the least memory that work can be given."""


def check_write(session: Session) -> None:
    """Write something and roll it back. Raises the driver's error when there is no room, or no right to write."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        _into_log(connection)
    else:
        _into_row_and_file(connection)
    session.rollback()


def _into_log(connection: Connection) -> None:
    """Write into SQLite's log, where nobody reads uncommitted pages."""
    kept = connection.execute(text("pragma cache_size")).scalar_one()
    connection.execute(text(f"pragma cache_size={PAGES_IN_MEMORY}"))
    try:
        connection.execute(text("create table write_trial (something blob)"))
        connection.execute(text("insert into write_trial values (zeroblob(:bytes))"), {"bytes": BYTES_WRITTEN})
    finally:
        connection.execute(text(f"pragma cache_size={kept}"))


def _into_row_and_file(connection: Connection) -> None:
    """Write the row of the schema, if there is one, and a temporary file of PostgreSQL."""
    if stored(connection) is not None:
        connection.execute(text("update alembic_version set version_num = version_num"))
    connection.execute(text("set local work_mem = '64kB'"))
    connection.execute(text("select count(*) from generate_series(1, cast(:rows as int))"), {"rows": ROWS_ON_DISK})
