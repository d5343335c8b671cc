"""What tests of several verbs begin with."""

import pytest

from storage.database import Store
from tests.program import Program, learn_people, stored_program


@pytest.fixture
def team(store: Store) -> Store:
    """A store with the people of the sample program and nothing else."""
    learn_people(store)
    return store


@pytest.fixture
def stored(store: Store) -> Program:
    """The sample program, of whose months nothing is kept yet."""
    return stored_program(store)
