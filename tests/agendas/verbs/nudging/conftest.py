from datetime import UTC, datetime

import pytest

from agendas.facts.people import Function, Right
from agendas.verbs import account_list, people
from storage.database import Store
from tests.agendas.verbs.nudging.simulation import Simulation
from tests.builders import CLEO, DAN, EVE, author, profile
from tests.program import Program, learn_people

MONDAY = datetime(2026, 10, 5, 14, tzinfo=UTC)
"""10:00 in New York, before the clocks change in London and there."""


@pytest.fixture
def simulation(store: Store) -> Simulation:
    """An account of Ann's in tier 1 whose executive is Dan, who may record; Cleo leads the executives."""
    learn_people(store)
    program = Program(store)
    with store.writing() as session:
        people.give(session, author(EVE, MONDAY), DAN, function=Function.EXECUTIVE, right=Right.EDITOR)
        leads = (Function.EXECUTIVE,)
        people.give(session, author(EVE, MONDAY), CLEO, function=None, right=Right.EDITOR, leads=leads)
    named = program.did(account_list.nominate, EVE, MONDAY, profile("Acme Corp", our_executive=DAN), because="It fits")
    program.accounts["acme"] = number = named.event.account_id
    program.did(account_list.put_on_list, EVE, MONDAY, number, tier=1, because="Agreed")
    return Simulation(program, MONDAY)
