"""Waiting for another transaction to wait."""

from concurrent.futures import Future
from typing import Any

from sqlalchemy import text

from storage.database import Store


def until_it_waits(store: Store, work: Future[Any]) -> None:
    """Returns once the work waits for a lock; SQLite's one writer waits from the beginning."""
    query = text(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    )
    while not store.is_sqlite and not work.done():
        if store.read_now(lambda session: session.execute(query).scalar_one()):
            return
