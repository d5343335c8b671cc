import pytest

from agendas.verbs import account_list
from storage.database import Store
from tests.builders import BOB, NOW, profile
from tests.program import Program, learn_people


@pytest.fixture
def program(store: Store) -> Program:
    """One account of Bob's, and nothing said of it yet."""
    learn_people(store)
    program = Program(store)
    nominated = program.did(
        account_list.nominate, BOB, NOW, profile("Acme Corp", owner=BOB), because="Fits the segment"
    )
    program.accounts["acme"] = nominated.event.account_id
    return program
