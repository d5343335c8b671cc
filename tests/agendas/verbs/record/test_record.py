"""An event and the account after it are one: whatever the order, the stored state is the fold of the history."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import AccountState
from agendas.facts.events import Edited, Moved, NothingMoved
from agendas.facts.people import Author
from agendas.rules.fold import fold
from agendas.verbs import account_list, record
from agendas.verbs.loading import event_facts
from agendas.verbs.reads import find_exact
from agendas.verbs.record import Recorded, current_state
from storage import accounts, events
from storage.database import Store
from tests.builders import ANN, EVE, NOW, WORKSPACE, ago, author, evidence, profile
from tests.program import Program, learn_people, stored_program


def test_every_account_of_the_program_stands_as_its_history_says(store: Store) -> None:
    program = stored_program(store)
    with store.reading() as session:
        for number in program.accounts.values():
            assert stored(session, number) == folded(session, number)


def test_an_edit_changes_what_the_account_answers_to(store: Store) -> None:
    learn_people(store)
    program = Program(store)
    number = program.did(account_list.nominate, ANN, ago(30), profile(aliases=("AC",))).event.account_id
    program.did(record.record, ANN, ago(1), number, Edited(profile("Acme Group", aliases=("AG",))))
    for word, found in (("ag", number), ("acme group", number), ("ac", None), ("acme corp", None)):
        assert program.read(find_exact, word) == found


def test_what_is_recorded_while_a_review_is_open_belongs_to_it(store: Store) -> None:
    program = stored_program(store)
    acme, pinewood = program.accounts["acme"], program.accounts["pinewood"]
    inside: Recorded = program.did(record.record, ANN, NOW, acme, NothingMoved())
    outside: Recorded = program.did(record.record, ANN, NOW, pinewood, NothingMoved())
    assert (inside.event.review_id, outside.event.review_id) == (program.reviews[-1], None)


def test_nothing_is_recorded_of_an_account_of_another_workspace_or_of_none(store: Store) -> None:
    program = stored_program(store)
    stranger = author(ANN)
    for number, who in ((9_999, stranger), (program.accounts["acme"], _elsewhere())):
        with pytest.raises(Outdated):
            store.write_now(record.record, who, number, NothingMoved())


def test_the_events_evidence_and_both_times_are_kept(store: Store) -> None:
    program = stored_program(store)
    shown = evidence(dated_at=ago(4))
    done: Recorded = program.did(
        record.record, ANN, NOW, program.accounts["acme"], Moved("x"), evidence=(shown,), happened_at=ago(3)
    )
    with store.reading() as session:
        row = events.get(session, WORKSPACE, done.event.id)
        assert row is not None
        kept = event_facts(row)
    assert (kept.happened_at, kept.recorded_at, kept.evidence) == (ago(3), NOW, (shown,))


def stored(session: Session, account_id: int) -> AccountState:
    """The account as its rows say, with everything that was ever opened."""
    row = accounts.get(session, WORKSPACE, account_id)
    assert row is not None
    return current_state(session, row, since=ago(10_000))


def folded(session: Session, account_id: int) -> AccountState | None:
    """The account as its history says."""
    return fold(event_facts(row) for row in events.of_account(session, account_id))


def _elsewhere() -> Author:
    return replace(author(EVE), workspace_id="T0OTHER01")
