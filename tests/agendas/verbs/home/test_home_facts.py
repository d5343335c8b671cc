import pytest

from agendas.facts.people import Function, Right
from agendas.pages.home import HomeFacts
from agendas.verbs import account_list
from agendas.verbs.home import home_facts
from storage.database import Store
from tests.builders import ANN, BOB, DAN, EVE, NOW, person, profile
from tests.program import Program, stored_program


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def of(program: Program, user_id: str, **values) -> HomeFacts:
    found: HomeFacts = program.read(home_facts, person(user_id, **values), now=NOW)
    return found


def test_blockers_wait_for_their_owner_and_for_the_function_they_need(program: Program) -> None:
    texts = {
        who: [each.blocker.text for each in of(program, who, function=function).blockers]
        for who, function in (
            (BOB, Function.MARKETING),
            (DAN, Function.EXECUTIVE),
            (EVE, Function.FINANCE),
            (ANN, None),
        )
    }
    assert texts == {
        BOB: ["Legal review is stuck"],
        DAN: ["Legal review is stuck"],
        EVE: ["No budget code yet"],
        ANN: ["No budget code yet"],
    }
    program.did(account_list.remove, EVE, NOW, program.accounts["globex"], because="They closed")
    assert of(program, DAN, function=Function.EXECUTIVE).blockers == ()


def test_accounts_are_those_owned_partnered_or_led_by_need_and_paused_ones_last(program: Program) -> None:
    assert [each.facts.account.name for each in of(program, ANN).accounts] == ["Globex", "Initrode", "Acme Corp"]
    assert of(program, DAN).accounts == ()
    program.did(
        account_list.edit, EVE, NOW, program.accounts["larch"], profile("Larch & Sons", owner=BOB, our_executive=DAN)
    )
    program.did(
        account_list.edit, EVE, NOW, program.accounts["umber"], profile("Umber Foods", owner=BOB, our_executive=DAN)
    )
    assert [each.facts.account.name for each in of(program, DAN).accounts] == ["Umber Foods", "Larch & Sons"]


def test_admins_alone_see_health(program: Program) -> None:
    found = of(program, EVE, right=Right.ADMIN)
    assert found.health is not None
    assert found.stuck is not None
    assert sum(found.named.values()) == 4
    assert of(program, ANN).health is None
