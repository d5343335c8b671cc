"""The upgrade by which blockers and asks that were open before there were follow-ups are followed up too."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade, upgrade_to
from storage.nudging.follow_ups import NOT_YET
from storage.tables import FollowUp
from tests.storage.database.test_first_words_migration import add

pytestmark = pytest.mark.database("sqlite", "postgres")

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_what_people_opened_is_followed_up_once_and_what_came_by_an_import_or_is_settled_is_not(
    empty_database_url: str,
) -> None:
    store = Store(empty_database_url)
    upgrade_to(store, revisions()[revisions().index("0072") - 1])
    asks, last = [{"event_id": 4}], {"event_id": 5}
    add(store, "account", id=1, workspace_id="T1", list_status="named", asks=asks, decision=last)
    add(store, "account", id=2, workspace_id="T1", list_status="removed", asks=[{"event_id": 6}])
    for number, source in enumerate(("command", "import", "modal", "button", "thread", "dm", "command"), start=1):
        add(store, "event", id=number, workspace_id="T1", account_id=1, source=source)
    for number, resolved_at in ((1, None), (2, None), (3, AT), (7, None)):
        add(store, "blocker", id=number, workspace_id="T1", account_id=1, resolved_at=resolved_at)
    add(store, "follow_up", workspace_id="T1", event_id=7, account_id=1, kind="blocker", user_id="ann", nudges=3)
    upgrade(store)

    def followed(session: Session) -> list[tuple[int, str, str, bool]]:
        rows = session.exec(select(FollowUp).order_by(col(FollowUp.event_id)))
        return [(row.event_id, row.kind, row.user_id, row.followed_since == row.next_at == NOT_YET) for row in rows]

    assert store.read_now(followed) == [
        (1, "blocker", "", True),
        (4, "ask", "", True),
        (5, "ask", "", True),
        (7, "blocker", "ann", False),
    ]
    store.close()
