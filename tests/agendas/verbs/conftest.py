"""What tests of several verbs begin with."""

import pytest

from storage.database import Store
from tests.program import Program, people_alone, stored_program


@pytest.fixture
def team(store: Store) -> Store:
    people_alone(store)
    return store


@pytest.fixture
def stored(store: Store) -> Program:
    return stored_program(store)
