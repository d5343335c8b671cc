"""Things of many accounts are found with their accounts, in order, and without those that are hidden."""

from datetime import date

import pytest

from storage.database.engine import Store
from storage.database.hidden_rows import hiding
from storage.found import events, items
from storage.past_reviews import found as reviews
from tests.builders import ANN, BOB, NOW, WORKSPACE, ago
from tests.program import Program, stored_program

EVERYBODY = items.Of(WORKSPACE, statuses=("named", "paused", "candidate"))


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def test_actions_and_blockers_come_with_their_accounts_and_by_their_days(program: Program) -> None:
    with program.store.reading() as session:
        found = items.actions(session, EVERYBODY, progress=("open",), owners=())
        assert [(of.name, row.owner) for row, of in found][:2] == [("Globex", BOB), ("Acme Corp", ANN)]
        late = items.overdue_actions(session, EVERYBODY, owners=(BOB,), today=NOW.date())
        assert [row.due_on for row, _ in late] == [date(2026, 11, 6)]
        due = items.Days(first=date(2026, 11, 25), last=date(2026, 11, 30))
        assert [of.name for _, of in items.actions(session, EVERYBODY, progress=("open",), owners=(), days=due)] == [
            "Acme Corp"
        ]
        slipped = items.actions(session, EVERYBODY, progress=("slipped", "done"), owners=(), days=due)
        assert slipped == []
        old = items.blockers(session, EVERYBODY, is_resolved=False, needs=(), days=items.Days(end=ago(5)))
        assert [(of.name, row.needs) for row, of in old] == [("Globex", "executive")]
        assert items.blockers(session, EVERYBODY, is_resolved=True, needs=("finance",)) == []


def test_the_accounts_asked_for_are_those_with_the_ids_or_the_status(program: Program) -> None:
    acme = program.accounts["acme"]
    with program.store.reading() as session:
        of_acme = items.Of(WORKSPACE, (acme,))
        assert {of.id for _, of in items.actions(session, of_acme, progress=("open",), owners=())} == {acme}
        paused = items.Of(WORKSPACE, statuses=("paused",))
        assert items.blockers(session, paused, is_resolved=False, needs=()) == []
        with hiding(session, [acme]):
            assert items.actions(session, of_acme, progress=("open",), owners=()) == []


def test_other_subjects_are_read_too(program: Program) -> None:
    with program.store.reading() as session:
        assert items.deals(session, EVERYBODY, phases=("early",)) == []
        assert items.plays(session, EVERYBODY, starters=(ANN,)) == []
        assert items.contacts(session, EVERYBODY) == []
        assert items.signals(session, EVERYBODY, kinds=("intent",), days=items.Days(begin=ago(9), end=NOW)) == []


def test_entries_come_newest_first_with_what_may_take_them_out(program: Program) -> None:
    with program.store.reading() as session:
        week = items.Days(begin=ago(6), end=ago(1))
        found = events.happened(session, EVERYBODY, ("moved",), days=week, actors=(), limit=9)
        assert [of.name for _, of in found] == ["Umber Foods", "Initrode", "Acme Corp"]
        by_ann = events.happened(session, EVERYBODY, ("moved",), days=week, actors=(ANN,), limit=1)
        assert [row.actor for row, _ in by_ann] == [ANN]
        ids = [of.id for _, of in found]
        assert events.amending(session, WORKSPACE, ids, after_id=0) == []
        assert {row.kind for row in events.up_to(session, ids, ("moved",), ago(3.5))} == {"moved"}


def test_reviews_that_are_over_come_newest_first(program: Program) -> None:
    with program.store.reading() as session:
        found = reviews.over(session, WORKSPACE, limit=5)
        assert [row.planned_on for row in found] == [date(2026, 11, 16), date(2026, 11, 9)]
        only = {"account_ids": [program.accounts["acme"]], "only_held": True, "limit": 1}
        assert [row.planned_on for row in reviews.over(session, WORKSPACE, **only)] == [date(2026, 11, 16)]
        assert reviews.over(session, WORKSPACE, first=date(2026, 11, 10), last=date(2026, 11, 15), limit=5) == []
