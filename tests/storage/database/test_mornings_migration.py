"""The upgrade by which everybody who has something open is looked at for a morning's digest."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade, upgrade_to
from storage.nudging.mornings import UNPLANNED
from storage.tables import Person
from tests.storage.database.test_first_words_migration import add

pytestmark = pytest.mark.database("sqlite", "postgres")

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_who_owns_an_open_action_or_blocker_of_their_workspace_is_looked_at_and_nobody_else(
    empty_database_url: str,
) -> None:
    store = Store(empty_database_url)
    upgrade_to(store, revisions()[revisions().index("0066") - 1])
    for workspace_id, user_id in (("T1", "ann"), ("T1", "bob"), ("T1", "cleo"), ("T1", "dan"), ("T2", "ann")):
        add(store, "person", workspace_id=workspace_id, user_id=user_id)
    add(store, "account", workspace_id="T1")
    for number, (owner, status) in enumerate((("ann", "open"), ("cleo", "done")), start=1):
        add(store, "next_action", id=number, workspace_id="T1", account_id=1, owner=owner, status=status)
    for number, (owner, resolved_at) in enumerate((("bob", None), ("dan", AT)), start=1):
        add(store, "blocker", id=number, workspace_id="T1", account_id=1, owner=owner, resolved_at=resolved_at)
    upgrade(store)

    def planned(session: Session) -> list[tuple[str, str, datetime | None]]:
        query = select(Person.workspace_id, Person.user_id, Person.morning_at)
        return list(session.exec(query.where(col(Person.morning_at).is_not(None)).order_by(col(Person.id))))

    assert store.read_now(planned) == [("T1", "ann", UNPLANNED), ("T1", "bob", UNPLANNED)]
    store.close()
