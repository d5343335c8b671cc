"""The schema revision of a database, and those this program knows: read at every start, without loading Alembic."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

SCRIPTS = Path(__file__).parent.parent / "migrations"


def stored(connection: Connection) -> str | None:
    """The revision that the database is at; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("select version_num from alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def known(scripts: Path = SCRIPTS) -> list[str]:
    """All revisions that the folder knows, oldest first: each file's name begins with its own."""
    return sorted(path.name.partition("_")[0] for path in (scripts / "versions").glob("[0-9]*_*.py"))
