from datetime import date

import pytest

from agendas.verbs.list import change
from agendas.verbs.reads.work import Due, actions_of, open_blockers
from agendas.verbs.updates import updates
from storage.database.engine import Store
from tests.builders import ANN, BOB, CLEO, EVE, NOW, ZONE
from tests.program import Program, stored_program

pytestmark = pytest.mark.database("sqlite", "postgres")

WHEN = {"now": NOW, "zone": ZONE}


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def texts(found) -> list[str]:
    return [each.action.text for each in found]


def test_open_blockers_are_oldest_first_each_with_the_event_that_opened_it(program: Program) -> None:
    found = program.read(open_blockers)
    assert [(each.account_name, each.blocker.text) for each in found] == [
        ("Globex", "Legal review is stuck"),
        ("Acme Corp", "No budget code yet"),
    ]
    assert [each.source.actor for each in found if each.source] == [BOB, ANN]
    assert all(each.source and each.source.id == each.blocker.id for each in found)


def test_blockers_are_of_one_account_or_of_a_persons_accounts(program: Program) -> None:
    assert len(program.read(open_blockers, account_id=program.accounts["acme"])) == 1
    assert len(program.read(open_blockers, user_id=BOB)) == 1
    assert program.read(open_blockers, user_id=CLEO) == ()


def test_a_resolved_blocker_and_those_of_a_removed_account_are_left_out(program: Program) -> None:
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    [blocker] = program.read(open_blockers, account_id=acme)
    program.did(updates.resolve_blocker, ANN, NOW, acme, blocker.blocker.id)
    program.did(change.remove, EVE, NOW, globex, because="Lost")
    assert program.read(open_blockers) == ()
    assert program.read(actions_of, user_id=BOB, **WHEN) == ()


def test_actions_are_of_a_person_an_account_or_everybody_soonest_first(program: Program) -> None:
    assert texts(program.read(actions_of, **WHEN)) == ["Send the security answers", "Draft the pilot plan"]
    assert texts(program.read(actions_of, user_id=ANN, **WHEN)) == ["Draft the pilot plan"]
    assert texts(program.read(actions_of, account_id=program.accounts["globex"], **WHEN)) == [
        "Send the security answers"
    ]
    assert program.read(actions_of, user_id=ANN, account_id=program.accounts["globex"], **WHEN) == ()


def test_due_dates_are_judged_by_the_askers_day(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(updates.add_action, ANN, NOW, acme, text="Today", due_on=date(2026, 11, 24))
    program.did(updates.add_action, ANN, NOW, acme, text="Next month", due_on=date(2026, 12, 24))
    program.did(updates.add_action, ANN, NOW, acme, text="In a week", due_on=date(2026, 12, 1))
    week = {"due": Due.WEEK, "user_id": ANN}
    assert texts(program.read(actions_of, **week, **WHEN)) == ["Today", "Draft the pilot plan", "In a week"]
    assert texts(program.read(actions_of, due=Due.OVERDUE, user_id=ANN, **WHEN)) == []
    in_sydney = {"now": NOW, "zone": "Australia/Sydney"}
    assert texts(program.read(actions_of, due=Due.OVERDUE, user_id=ANN, **in_sydney)) == ["Today"]
