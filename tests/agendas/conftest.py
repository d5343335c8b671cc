"""Databases of tests that need one only as a place to remember things: handed on from test to test."""

from collections.abc import Iterator

import pytest

from storage.database.engine import Store


@pytest.fixture
def store(database: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store on a migrated database without rows."""
    if database == "sqlite":
        with request.getfixturevalue("sqlite").lent() as store:
            yield store
        return
    store = Store(request.getfixturevalue("database_url"))
    yield store
    store.close()
