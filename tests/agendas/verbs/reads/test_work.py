from datetime import date

from agendas.verbs import account_list, updates
from agendas.verbs.reads import actions_of
from tests.builders import ANN, BOB, EVE, NOW
from tests.program import Program


def texts(found) -> list[str]:
    return [each.action.text for each in found]


def test_actions_are_those_of_a_person_soonest_first(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(updates.add_action, ANN, NOW, acme, text="Today", due_on=date(2026, 11, 24))
    program.did(updates.add_action, ANN, NOW, acme, text="In a week", due_on=date(2026, 12, 1))
    assert texts(program.read(actions_of, ANN)) == ["Today", "Draft the pilot plan", "In a week"]


def test_actions_of_a_removed_account_are_left_out(program: Program) -> None:
    program.did(account_list.remove, EVE, NOW, program.accounts["globex"], because="Lost")
    assert program.read(actions_of, BOB) == ()
