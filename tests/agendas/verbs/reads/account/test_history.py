import pytest

from agendas.errors import Outdated
from agendas.verbs import updates
from agendas.verbs.card import account_history
from storage.database import Store
from tests.builders import BOB, NOW, ZONE
from tests.program import Program, stored_program

WHEN = {"now": NOW, "zone": ZONE}


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def test_a_later_entry_says_which_blocker_or_action_it_is_about(program: Program) -> None:
    globex = program.accounts["globex"]
    action = next(
        line.event
        for line in program.read(account_history, globex, **WHEN).lines
        if line.event.change.kind == "action_added"
    )
    program.did(updates.close_action, BOB, NOW, globex, action.id, done=True, text="Sent")
    lines = program.read(account_history, globex, **WHEN).lines
    assert (lines[0].subject, lines[0].event.change.kind) == ("Send the security answers", "action_changed")


def test_an_account_that_does_not_exist_is_refused(program: Program) -> None:
    with pytest.raises(Outdated):
        program.read(account_history, 999, **WHEN)
