"""Objects as the database has them now."""

from typing import TypeVar

from sqlalchemy import Executable

Query = TypeVar("Query", bound=Executable)


def fresh(query: Query) -> Query:
    """Make the query load its objects anew, also those that the session has loaded before.

    Needed with a lock, which may have waited for another transaction to change the row, and after a statement that
    changed rows without their objects. Unsaved changes are flushed first, as before any query.
    """
    return query.execution_options(populate_existing=True)
