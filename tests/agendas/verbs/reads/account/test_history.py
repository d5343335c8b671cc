import pytest

from agendas.errors import Outdated
from agendas.verbs.reads.account.history import account_history
from agendas.verbs.undo import undo
from agendas.verbs.updates import updates
from storage.database.engine import Store
from storage.tables import Event
from tests.builders import ANN, BOB, NOW, WORKSPACE, ZONE
from tests.program import Program, stored_program
from tests.statements import loaded, statements

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


def test_a_page_reads_the_texts_and_corrections_of_its_own_entries_only(program: Program) -> None:
    acme = program.accounts["acme"]
    opened = [program.did(updates.open_blocker, ANN, NOW, acme, text=f"Blocker {number}") for number in range(9)]
    for each in opened:
        program.did(undo.take_back, ANN, NOW, each.event.id)
    kept = program.did(updates.open_blocker, ANN, NOW, acme, text="Legal")
    program.did(updates.resolve_blocker, ANN, NOW, acme, kept.event.id)
    with program.store.reading() as session:
        rows = loaded(Event, lambda: account_history(session, WORKSPACE, acme, limit=2, **WHEN))
        lines = account_history(session, WORKSPACE, acme, limit=2, **WHEN).lines
    assert len(rows) == 3
    assert [line.subject for line in lines] == ["Legal", ""]
    with program.store.reading() as session, statements(session) as sent:
        account_history(session, WORKSPACE, acme, limit=1, before_id=kept.event.id + 1, **WHEN)
    assert not [statement for statement in sent if "FROM blocker" in statement or "FROM next_action" in statement]
