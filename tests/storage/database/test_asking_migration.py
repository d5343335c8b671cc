"""The upgrade by which cadences that will soon ask people are found by an index: all that are planned are looked at."""

from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import Session

from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade, upgrade_to
from storage.preparing import asked_people
from tests.storage.database.test_first_words_migration import add

pytestmark = pytest.mark.database("sqlite", "postgres")

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLAN = {"rhythm": "weekly", "anchor_on": date(2026, 11, 23), "local_time": time(10), "zone": "UTC", "created_at": AT}


def test_a_review_that_an_older_version_planned_is_looked_at_and_one_without_a_date_is_not(
    empty_database_url: str,
) -> None:
    store = Store(empty_database_url)
    upgrade_to(store, revisions()[revisions().index("0071") - 1])
    add(store, "cadence", workspace_id="T1", channel_id="C1", next_at=AT, next_on=AT.date(), **PLAN)
    add(store, "cadence", workspace_id="T1", channel_id="C2", **PLAN)
    upgrade(store)

    def looked_at(session: Session) -> list[str]:
        return [row.channel_id for row in asked_people.unprepared(session, AT)]

    assert store.read_now(looked_at) == ["C1"]
    store.close()
