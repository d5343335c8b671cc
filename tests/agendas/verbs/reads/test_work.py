from datetime import date

from agendas.verbs import account_list, updates
from agendas.verbs.reads import Due, actions_of
from tests.builders import ANN, BOB, EVE, NOW, ZONE
from tests.program import Program

WHEN = {"now": NOW, "zone": ZONE}


def texts(found) -> list[str]:
    return [each.action.text for each in found]


def test_actions_are_of_a_person_an_account_or_everybody_soonest_first(program: Program) -> None:
    assert texts(program.read(actions_of, **WHEN)) == ["Send the security answers", "Draft the pilot plan"]
    assert texts(program.read(actions_of, user_id=ANN, **WHEN)) == ["Draft the pilot plan"]
    assert texts(program.read(actions_of, account_id=program.accounts["globex"], **WHEN)) == [
        "Send the security answers"
    ]
    assert program.read(actions_of, user_id=ANN, account_id=program.accounts["globex"], **WHEN) == ()


def test_actions_of_a_removed_account_are_left_out(program: Program) -> None:
    program.did(account_list.remove, EVE, NOW, program.accounts["globex"], because="Lost")
    assert program.read(actions_of, user_id=BOB, **WHEN) == ()


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
