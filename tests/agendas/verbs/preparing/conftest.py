"""The sample program with no review open."""

import pytest

from agendas.verbs import closing
from storage.database import Store
from tests.builders import ANN, BOB, EVE, NOW
from tests.program import Program, stored_program


@pytest.fixture
def program(store: Store) -> Program:
    program = stored_program(store)
    program.did(closing.close_by_person, EVE, NOW, program.reviews[-1], attended=(ANN, BOB))
    return program
