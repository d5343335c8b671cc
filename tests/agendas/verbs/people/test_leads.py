"""One lead for each function, in the place of the one before."""

import pytest

from agendas.errors import Refused
from agendas.facts.people import Function, Right
from agendas.verbs import people
from agendas.verbs.letters import left_behind
from agendas.verbs.loading import leads_of
from storage import people as stored_people
from tests.builders import BOB, CLEO, EVE, NOW, WORKSPACE
from tests.program import Program


def leads(program: Program) -> dict[Function, str]:
    return {each.function: each.person.user_id for each in program.read(leads_of, now=NOW) if each.person}


def lead(program: Program, user_id: str, *functions: Function, right: Right = Right.EDITOR) -> None:
    program.did(people.give, EVE, NOW, user_id, function=None, right=right, leads=functions)


def test_an_observer_leads_nothing_and_a_deactivated_lead_is_told_of(program: Program) -> None:
    with pytest.raises(Refused, match="so cannot lead"):
        lead(program, BOB, Function.SALES, right=Right.OBSERVER)
    assert leads(program) == {}
    lead(program, CLEO, Function.FINANCE)
    program.store.write_now(stored_people.deactivate, WORKSPACE, CLEO, NOW)
    (found,) = [each for each in program.read(leads_of, now=NOW) if each.person]
    assert (found.function, found.can_be_asked) == (Function.FINANCE, False)
    assert program.read(left_behind, CLEO).leads == (Function.FINANCE,)
