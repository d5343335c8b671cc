import pytest

from storage.database import Store
from tests.program import learn_people


@pytest.fixture
def team(store: Store) -> Store:
    """A store with the people of the sample program and nothing else."""
    learn_people(store)
    return store
