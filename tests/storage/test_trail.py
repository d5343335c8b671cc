from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from storage import trail
from storage.database import Store
from storage.models.accounts import Account
from storage.models.events import Event
from storage.models.workspaces import AuditEntry
from storage.trail import EntriesWanted, TrailPosition
from tests.builders import ANN, BOB, NOW, WORKSPACE
from tests.cases import cases

MINUTE = timedelta(minutes=1)
KINDS = ("nominated", "edited", "moved", "list_changed", "justified", "privacy_set", "corrected")


@pytest.fixture
def noted(store: Store) -> Store:
    """Two accounts; 40 entries and 56 events of both and of none, four at each instant, by two people."""
    with store.writing() as session:
        rows = [Account(workspace_id=WORKSPACE, name=name) for name in ("Acme", "Globex")]
        session.add_all(rows)
        session.flush()
        ids = [row.row_id for row in rows]
        for number in range(40):
            note(session, number, account_id=(None, *ids)[number % 3])
        for number in range(56):
            happened(session, number, account_id=ids[number % 2])
    return store


def note(session: Session, number: int, *, account_id: int | None) -> None:
    trail.add_entry(
        session,
        workspace_id=WORKSPACE,
        actor=(ANN, BOB)[number % 2],
        at=NOW + MINUTE * (number // 4),
        subject="settings" if account_id is None else "review:1",
        before=None,
        after={"account_id": account_id},
        account_id=account_id,
    )


def happened(session: Session, number: int, *, account_id: int) -> None:
    at = NOW + MINUTE * (number // 4)
    session.add(
        Event(
            workspace_id=WORKSPACE,
            account_id=account_id,
            kind=KINDS[number % len(KINDS)],
            change={},
            happened_at=at,
            recorded_at=at,
            actor=(ANN, BOB)[number % 2],
            source="import" if number % 8 == 0 else "command",
        )
    )


def pages(session: Session, wanted: EntriesWanted, size: int = 5) -> Iterator[list[TrailPosition]]:
    """Every page in order, as its reader puts it together from both tables."""
    after: TrailPosition | None = None
    while True:
        rows = [
            *trail.events(session, WORKSPACE, wanted, after=after, limit=size),
            *trail.entries(session, WORKSPACE, wanted, after=after, limit=size),
        ]
        places = sorted(map(place_of, rows), key=lambda one: (one.at, one.is_event, one.id), reverse=True)[:size]
        if not places:
            return
        yield places
        after = places[-1]


def place_of(row: AuditEntry | Event) -> TrailPosition:
    return TrailPosition(row.recorded_at if isinstance(row, Event) else row.at, isinstance(row, Event), row.row_id)


ASKED = {
    "everything": EntriesWanted(),
    "an account": EntriesWanted(account_id=1),
    "a person": EntriesWanted(actor=ANN),
    "both": EntriesWanted(account_id=2, actor=BOB),
    "what is about accounts": EntriesWanted(of_accounts=True),
    "a person's about accounts": EntriesWanted(actor=ANN, of_accounts=True),
    "a period": EntriesWanted(since=NOW + 2 * MINUTE, until=NOW + 5 * MINUTE),
}


@cases("asked", list(ASKED))
def test_every_entry_is_on_one_page_in_its_place(noted: Store, asked: str) -> None:
    with noted.reading() as session:
        found = [place for page in pages(session, ASKED[asked]) for place in page]
        whole = next(pages(session, ASKED[asked], size=1_000))
    assert found == whole
    assert len(set(found)) == len(found) > 5
    assert found == sorted(found, key=lambda one: (one.at, one.is_event, one.id), reverse=True)


def test_an_import_is_an_entry_itself_and_its_events_are_told_of_one_account_alone(noted: Store) -> None:
    def sources(wanted: EntriesWanted) -> set[str]:
        with noted.reading() as session:
            return {row.source for row in trail.events(session, WORKSPACE, wanted, after=None, limit=100)}

    assert sources(EntriesWanted()) == sources(EntriesWanted(actor=ANN)) == {"command"}
    assert sources(EntriesWanted(account_id=1)) == {"command", "import"}


def test_only_what_is_about_accounts_is_found_where_that_is_asked(noted: Store) -> None:
    with noted.reading() as session:
        found = trail.entries(session, WORKSPACE, EntriesWanted(of_accounts=True), after=None, limit=100)
        of_one = trail.entries(session, WORKSPACE, EntriesWanted(account_id=1), after=None, limit=100)
        every = trail.entries(session, WORKSPACE, EntriesWanted(), after=None, limit=100)
        elsewhere = trail.entries(session, "T0OTHER", EntriesWanted(), after=None, limit=100)
    assert {row.account_id for row in found} == {1, 2}
    assert {row.account_id for row in of_one} == {1}
    assert {row.account_id for row in every} == {None, 1, 2}
    assert elsewhere == []


PLANS = {
    "everything": ("ix_event_trail (", "ix_audit_entry_at ("),
    "an account": ("ix_event_account_recorded (", "ix_audit_entry_account ("),
    "a person": ("ix_event_trail_actor (", "ix_audit_entry_actor ("),
    # both ix_audit_entry_accounts and ix_audit_entry_at have the order; which one is taken is the planner's matter
    "what is about accounts": ("ix_event_trail (", "ix_audit_entry_a"),
    "a period": ("ix_event_trail (", "ix_audit_entry_at ("),
}


# PostgreSQL's planner reads a small table whole
@pytest.mark.database("sqlite")
@pytest.mark.parametrize("asked", list(PLANS))
@pytest.mark.parametrize("is_first", [True, False])
def test_a_page_is_read_in_the_order_of_an_index(noted: Store, asked: str, *, is_first: bool) -> None:
    after = None if is_first else TrailPosition(NOW + 3 * MINUTE, is_event=True, id=9)
    sent: list[tuple[str, Any]] = []

    def told(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        sent.append((statement, values))

    with noted.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", told)
        trail.events(session, WORKSPACE, ASKED[asked], after=after, limit=5)
        trail.entries(session, WORKSPACE, ASKED[asked], after=after, limit=5)
        event.remove(session.get_bind(), "before_cursor_execute", told)
        plans = [
            str(session.connection().exec_driver_sql(f"explain query plan {statement}", values).all())
            for statement, values in sent
            if statement.startswith("SELECT")
        ]
    for plan, index in zip(plans, PLANS[asked], strict=True):
        assert index in plan, plan
        assert "TEMP B-TREE" not in plan
