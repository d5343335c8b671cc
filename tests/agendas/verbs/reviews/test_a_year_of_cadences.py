"""Twelve months of cadences through both changes of the clocks, opened as the tick does, in four zones."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import reviews
from agendas.verbs.cadences import schedule
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.reviews import Cadence
from tests.builders import EVE, WORKSPACE, author
from tests.program import learn_people

ZONES = ("America/New_York", "Europe/London", "Australia/Sydney", "Asia/Kolkata")
"""Of the first three each changes its clocks on other days, the last one never does."""
ANCHOR = date(2026, 3, 2)
WALL = time(9, 30)
WEEKS = 52
BEGUN = datetime(2026, 3, 1, tzinfo=UTC)

pytestmark = pytest.mark.proof


@pytest.fixture
def year(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Store]:
    """A store where each zone has a weekly and a biweekly cadence; no account is on the list, so nothing is posted."""
    shutil.copy(migrated_sqlite, tmp_path / "year.db")
    store = Store(f"sqlite:///{tmp_path / 'year.db'}")
    learn_people(store)
    for zone in ZONES:
        for rhythm in (Rhythm.WEEKLY, Rhythm.BIWEEKLY):
            wish = CadenceWish(Plan(rhythm, ANCHOR, WALL, zone), minutes=45, facilitator=EVE)
            store.write_now(schedule, author(EVE, BEGUN), f"C0{rhythm.value}{zone}"[:32], wish)
    yield store
    store.close()


def pass_time(session: Session, *, weeks: int = WEEKS, again_from: timedelta | None = None) -> None:
    """Every cadence is opened whenever it is due.

    `again_from`: the clock is then put back by so much and the cadence saved anew, so that it is due once more.
    """
    for cadence in stored_reviews.cadences(session, WORKSPACE):
        while cadence.next_on is not None and cadence.next_on < ANCHOR + timedelta(weeks=weeks):
            at = cadence.next_at
            assert at is not None
            reviews.open_due(session, cadence.row_id, now=at)
            if again_from is not None:
                save_again(session, cadence, at - again_from)
                assert cadence.next_at == at
                reviews.open_due(session, cadence.row_id, now=at)


def save_again(session: Session, cadence: Cadence, at: datetime) -> None:
    """The schedule form submitted again without a change."""
    wanted = Plan(Rhythm(cadence.rhythm), cadence.anchor_on, cadence.local_time, cadence.zone)
    wish = CadenceWish(wanted, minutes=cadence.minutes, facilitator=cadence.facilitator)
    schedule(session, author(EVE, at), cadence.channel_id, wish)


def test_weekly_meets_52_times_and_biweekly_26_always_at_the_same_local_time(year: Store) -> None:
    year.write_now(pass_time)
    held = year.read_now(stored_reviews.get_all, WORKSPACE)
    cadences = {each.row_id: each for each in year.read_now(stored_reviews.cadences, WORKSPACE)}
    for number, cadence in cadences.items():
        planned = [row for row in held if row.cadence_id == number]
        weeks = 1 if cadence.rhythm == "weekly" else 2
        assert len(planned) == WEEKS // weeks
        local = [row.planned_at.astimezone(ZoneInfo(cadence.zone)) for row in planned]
        assert {instant.time() for instant in local} == {WALL}
        assert [instant.date() for instant in local] == [row.planned_on for row in planned]
        days = [row.planned_on for row in planned]
        assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=weeks)}
        assert all(row.late_minutes == 0 for row in planned)


def test_a_clock_that_is_put_back_an_hour_after_each_review_opens_none_twice(year: Store) -> None:
    year.write_now(pass_time, weeks=10, again_from=timedelta(hours=1))
    held = year.read_now(stored_reviews.get_all, WORKSPACE)
    assert len(held) == len(ZONES) * (10 + 5) == len({row.slot for row in held})
