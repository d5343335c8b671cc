"""The upgrade by which months are followed and the trend begins: with the months and reviews that there are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade, upgrade_to
from storage.measures import figures, months
from storage.tables import ProgramFigures, ProgramMonth
from tests.storage.database.test_first_words_migration import add

pytestmark = pytest.mark.database("sqlite", "postgres")

REVISION = "0051"
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)
HERE, THERE = "T1", "T2"


@pytest.fixture
def before(empty_database_url: str) -> Iterator[Store]:
    """A database of the revision before months were followed, of a program with fourteen held reviews."""
    store = Store(empty_database_url)
    upgrade_to(store, revisions()[revisions().index(REVISION) - 1])
    for workspace_id in (HERE, THERE):
        add(store, "workspace", id=workspace_id, time_zone="America/New_York")
    add(store, "account", workspace_id=HERE, name="Sample")
    for days in (3, 0):
        at = AT + timedelta(days=days)
        add(store, "event", workspace_id=HERE, account_id=1, kind="nominated", recorded_at=at)
    add(store, "cadence", workspace_id=HERE, zone="UTC")
    for week in range(14):
        closed_at = AT + timedelta(days=7 * week)
        told = {"planned_on": closed_at.date(), "closed_at": closed_at, "zone": "UTC", "state": "closed"}
        add(store, "review", workspace_id=HERE, cadence_id=1, slot=f"1:{week}", was_held=True, **told)
        add(store, "review", workspace_id=HERE, cadence_id=1, slot=f"now:{week}", was_held=True, **told)
    yield store
    store.close()


def test_months_are_followed_from_that_of_the_first_entry_in_the_zone_of_the_workspace(before: Store) -> None:
    upgrade(before)

    def first_month(session: Session) -> ProgramMonth:
        return session.exec(select(ProgramMonth)).one()

    month = before.read_now(first_month)
    assert (month.workspace_id, month.first, month.last) == (HERE, date(2026, 8, 1), date(2026, 8, 31))
    assert month.ended_at == datetime(2026, 9, 1, 3, 59, 59, 999999, tzinfo=UTC)
    assert before.read_now(months.due, month.due_at, 10) == [month.row_id]
    assert before.read_now(months.due, month.due_at - timedelta(seconds=1), 10) == []


def test_figures_are_wanted_of_the_latest_twelve_planned_reviews_that_were_held(before: Store) -> None:
    upgrade(before)

    def wanted(session: Session) -> list[ProgramFigures]:
        return list(session.exec(select(ProgramFigures).order_by(col(ProgramFigures.ended_at))))

    rows = before.read_now(wanted)
    assert [row.ended_at for row in rows] == [AT + timedelta(days=7 * week) for week in range(2, 14)]
    assert {row.ended_at - row.began_at for row in rows} == {timedelta(days=7)}
    assert before.read_now(figures.due, 20) == [row.row_id for row in rows]
