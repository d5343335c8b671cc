"""What tests of several verbs begin with."""

import pytest

from storage.database import Store
from tests.program import Program, learn_people, stored_program


@pytest.fixture
def team(store: Store) -> Store:
    learn_people(store)
    return store


@pytest.fixture
def stored(store: Store) -> Program:
    return stored_program(store)
