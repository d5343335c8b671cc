import pytest

from storage.database import Store
from tests.program import Program, stored_program


@pytest.fixture
def stored(store: Store) -> Program:
    """The sample program, of whose months nothing is kept yet."""
    return stored_program(store)
