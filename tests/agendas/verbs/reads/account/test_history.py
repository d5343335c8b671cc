import pytest

from agendas.errors import Outdated
from agendas.facts.events import BlockerOpened, Corrected
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


def test_history_is_newest_first_and_goes_on_page_by_page_to_the_nomination(program: Program) -> None:
    acme = program.accounts["acme"]
    everything = program.read(account_history, acme, limit=100, **WHEN)
    ids = [line.event.id for line in everything.lines]
    assert ids == sorted(ids, reverse=True)
    assert everything.more_value == ""
    assert everything.is_first
    pages, before_id = [], None
    while True:
        page = program.read(account_history, acme, before_id=before_id, limit=2, **WHEN)
        pages += page.lines
        if not page.more_value:
            break
        assert page.more_value.split(" ")[0] == str(acme)
        before_id = int(page.more_value.split(" ")[1])
    assert tuple(pages) == everything.lines
    assert everything.lines[-1].event.change.kind == "nominated"


def test_an_entry_taken_back_stays_with_who_took_it_back(program: Program) -> None:
    acme = program.accounts["acme"]
    recorded = program.did(updates.open_blocker, ANN, NOW, acme, text="Mistaken")
    program.did(undo.take_back, ANN, NOW, recorded.event.id)
    lines = program.read(account_history, acme, **WHEN).lines
    assert isinstance(lines[0].event.change, Corrected)
    assert isinstance(lines[1].event.change, BlockerOpened)
    assert [line.correction and line.correction.actor for line in lines[:3]] == [None, ANN, None]


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
