"""Databases handed on from test to test, for tests that need one only as a place to remember things."""

from collections.abc import Iterator

import pytest

from storage.database import Store
from tests.databases.postgres import Postgres
from tests.databases.sqlite import Sqlite
from tests.program import Program, stored_program


@pytest.fixture
def store(database: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    databases: Sqlite | Postgres = request.getfixturevalue(database)
    with databases.lent() as store:
        yield store


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)
