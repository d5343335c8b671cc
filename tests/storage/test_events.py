from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from storage import events
from storage.database import Store
from storage.models.accounts import Account
from storage.models.events import Event
from tests.builders import NOW, WORKSPACE
from tests.statements import statements

ACME, GLOBEX = 1, 2
MINUTE = timedelta(minutes=1)


@pytest.fixture
def recorded(store: Store) -> Store:
    """Events 1 to 6, a minute apart: of Acme Corp the odd ones, of Globex the even ones; 3 and 4 are corrections."""
    with store.writing() as session:
        _add(session)
    return store


def _add(session: Session) -> None:
    session.add_all(
        [
            Account(id=ACME, workspace_id=WORKSPACE, name="Acme"),
            Account(id=GLOBEX, workspace_id=WORKSPACE, name="Globex"),
        ]
    )
    session.flush()
    for number in range(1, 7):
        at = NOW + number * MINUTE
        session.add(
            Event(
                id=number,
                workspace_id=WORKSPACE,
                account_id=ACME if number % 2 else GLOBEX,
                kind="corrected" if number in (3, 4) else "nothing_moved",
                happened_at=at,
                recorded_at=at,
                actor="U1",
                source="command",
            )
        )
        session.flush()


def test_the_latest_instant_recorded_is_looked_for_after_an_instant_only(recorded: Store) -> None:
    both = [ACME, GLOBEX]
    assert recorded.read_now(events.latest_recorded, both, after=NOW + 4 * MINUTE) == NOW + 6 * MINUTE
    assert recorded.read_now(events.latest_recorded, [ACME], after=NOW) == NOW + 5 * MINUTE
    assert recorded.read_now(events.latest_recorded, [ACME], after=NOW + 5 * MINUTE) is None


def test_events_of_a_kind_may_be_those_after_an_event_only(recorded: Store) -> None:
    def found(after_id: int) -> list[int]:
        return [row.row_id for row in recorded.read_now(events.of_accounts, [ACME], ["corrected"], after_id=after_id)]

    assert (found(0), found(2), found(3)) == ([3], [3], [])


def test_the_history_of_an_account_may_end_before_an_event(recorded: Store) -> None:
    assert [row.row_id for row in recorded.read_now(events.of_account, ACME, before_id=5)] == [1, 3]


def test_what_was_recorded_since_may_be_of_one_account(recorded: Store) -> None:
    kinds = ("nothing_moved",)
    of_all = recorded.read_now(events.recorded_since, WORKSPACE, NOW + MINUTE, kinds)
    of_one = recorded.read_now(events.recorded_since, WORKSPACE, NOW + MINUTE, kinds, account_id=GLOBEX)
    assert [row.row_id for row in of_all] == [2, 5, 6]
    assert [row.row_id for row in of_one] == [2, 6]


def test_a_page_of_history_is_read_in_the_order_of_an_index(migrated_sqlite: Path) -> None:
    store = Store(f"sqlite:///{migrated_sqlite}")
    try:
        with store.reading() as session:
            with statements(session) as sent:
                events.page(session, ACME, before_id=9, limit=3)
            plan = (
                session.connection()
                .exec_driver_sql(f"explain query plan {sent[-1]}", (ACME, "evidence_judged", 9, 3, 0))
                .all()
            )
    finally:
        store.close()
    assert "ix_event_account (account_id=? AND id<?)" in str(plan)
    assert "TEMP B-TREE" not in str(plan)
