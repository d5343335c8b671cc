"""Things of many accounts are found with their accounts, in order, and without those that are hidden."""

from datetime import date

import pytest

from storage import found as stored_found
from storage import past_reviews
from storage.database import Store, hiding
from tests.builders import ANN, BOB, NOW, WORKSPACE, ago
from tests.program import Program, stored_program

EVERYBODY = stored_found.Of(WORKSPACE, statuses=("named", "paused", "candidate"))


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def test_actions_and_blockers_come_with_their_accounts_and_by_their_days(program: Program) -> None:
    with program.store.reading() as session:
        found = stored_found.actions(session, EVERYBODY, progress=("open",), owners=())
        assert [(of.name, row.owner) for row, of in found][:2] == [("Globex", BOB), ("Acme Corp", ANN)]
        late = stored_found.overdue_actions(session, EVERYBODY, owners=(BOB,), today=NOW.date())
        assert [row.due_on for row, _ in late] == [date(2026, 11, 6)]
        due = stored_found.Days(first=date(2026, 11, 25), last=date(2026, 11, 30))
        assert [
            of.name for _, of in stored_found.actions(session, EVERYBODY, progress=("open",), owners=(), days=due)
        ] == ["Acme Corp"]
        slipped = stored_found.actions(session, EVERYBODY, progress=("slipped", "done"), owners=(), days=due)
        assert slipped == []
        old = stored_found.blockers(session, EVERYBODY, is_resolved=False, needs=(), days=stored_found.Days(end=ago(5)))
        assert [(of.name, row.needs) for row, of in old] == [("Globex", "executive")]
        assert stored_found.blockers(session, EVERYBODY, is_resolved=True, needs=("finance",)) == []


def test_the_accounts_asked_for_are_those_with_the_ids_or_the_status(program: Program) -> None:
    acme = program.accounts["acme"]
    with program.store.reading() as session:
        of_acme = stored_found.Of(WORKSPACE, (acme,))
        assert {of.id for _, of in stored_found.actions(session, of_acme, progress=("open",), owners=())} == {acme}
        paused = stored_found.Of(WORKSPACE, statuses=("paused",))
        assert stored_found.blockers(session, paused, is_resolved=False, needs=()) == []
        with hiding(session, [acme]):
            assert stored_found.actions(session, of_acme, progress=("open",), owners=()) == []


def test_other_subjects_are_read_too(program: Program) -> None:
    with program.store.reading() as session:
        assert stored_found.deals(session, EVERYBODY, phases=("early",)) == []
        assert stored_found.plays(session, EVERYBODY, starters=(ANN,)) == []
        assert stored_found.contacts(session, EVERYBODY) == []
        assert (
            stored_found.signals(session, EVERYBODY, kinds=("intent",), days=stored_found.Days(begin=ago(9), end=NOW))
            == []
        )


def test_entries_come_newest_first_with_what_may_take_them_out(program: Program) -> None:
    with program.store.reading() as session:
        week = stored_found.Days(begin=ago(6), end=ago(1))
        found = stored_found.happened(session, EVERYBODY, ("moved",), days=week, actors=(), limit=9)
        assert [of.name for _, of in found] == ["Umber Foods", "Initrode", "Acme Corp"]
        by_ann = stored_found.happened(session, EVERYBODY, ("moved",), days=week, actors=(ANN,), limit=1)
        assert [row.actor for row, _ in by_ann] == [ANN]
        ids = [of.id for _, of in found]
        assert stored_found.amending(session, WORKSPACE, ids, after_id=0) == []
        assert {row.kind for row in stored_found.up_to(session, ids, ("moved",), ago(3.5))} == {"moved"}


def test_reviews_that_are_over_come_newest_first(program: Program) -> None:
    with program.store.reading() as session:
        found = past_reviews.over(session, WORKSPACE, limit=5)
        assert [row.planned_on for row in found] == [date(2026, 11, 16), date(2026, 11, 9)]
        only = {"account_ids": [program.accounts["acme"]], "only_held": True, "limit": 1}
        assert [row.planned_on for row in past_reviews.over(session, WORKSPACE, **only)] == [date(2026, 11, 16)]
        assert past_reviews.over(session, WORKSPACE, first=date(2026, 11, 10), last=date(2026, 11, 15), limit=5) == []
