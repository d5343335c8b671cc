"""When a person's work is looked at and shown: working mornings in their own zone, whatever the clocks do."""

from datetime import date, datetime, time, timedelta
from itertools import product

from agendas.facts.reviews import Away
from agendas.rules.notices import WorkingHours
from agendas.rules.nudging import AHEAD, look
from tests.cases import cases

NEW_YORK = WorkingHours("America/New_York")
HALF_PAST_EIGHT = time(8, 30)
EARLY = datetime.fromisoformat("2026-01-01T08:20-05:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@cases(
    ("now", "on", "next_at"),
    [
        ("2026-11-24T08:20-05:00", date(2026, 11, 24), "2026-11-25T08:20-05:00"),
        ("2026-11-24T12:30-05:00", date(2026, 11, 24), "2026-11-25T08:20-05:00"),
        ("2026-11-24T12:31-05:00", None, "2026-11-25T08:20-05:00"),
        ("2026-11-24T08:19-05:00", None, "2026-11-24T08:20-05:00"),
        ("2026-11-28T08:20-05:00", None, "2026-11-29T08:20-05:00"),
        # the clocks go back on 1 November and forward on 14 March: the wall time stays
        ("2026-10-30T08:20-04:00", date(2026, 10, 30), "2026-10-31T08:20-04:00"),
        ("2026-10-31T08:20-04:00", None, "2026-11-01T08:20-05:00"),
        ("2027-03-13T08:20-05:00", None, "2027-03-14T08:20-04:00"),
    ],
)
def test_a_morning_is_shown_on_a_working_day_from_ten_minutes_before_it_for_four_hours(
    now: str, on: date | None, next_at: str
) -> None:
    found = look(NEW_YORK, HALF_PAST_EIGHT, at(now), planned_at=EARLY)
    assert (found.on, found.next_at) == (on, at(next_at))


def test_a_day_away_and_a_look_that_only_plans_are_left_out() -> None:
    now, day = at("2026-11-24T08:20-05:00"), date(2026, 11, 24)
    away = WorkingHours("America/New_York", (Away("", day, day, name="Founders' day"),))
    assert look(away, HALF_PAST_EIGHT, now, planned_at=now).on is None
    assert look(NEW_YORK, HALF_PAST_EIGHT, now, planned_at=now, plans_only=True).on is None


def test_what_is_planned_in_the_course_of_a_day_has_its_digest_on_the_next_however_late_it_is_looked_at() -> None:
    planned_at = at("2026-11-24T08:25-05:00")
    assert look(NEW_YORK, HALF_PAST_EIGHT, planned_at, planned_at=planned_at).on is None
    late = at("2026-11-25T09:00-05:00")
    assert look(NEW_YORK, HALF_PAST_EIGHT, late, planned_at=planned_at).on == date(2026, 11, 25)


@cases(
    ("digest_at", "zone"),
    product(
        [time(0), time(0, 5), time(2, 30), time(23, 59)],
        ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"],
    ),
)
def test_looks_lead_from_day_to_day_through_a_year_and_show_each_working_day_once(zone: str, digest_at: time) -> None:
    hours, now = WorkingHours(zone), at("2026-01-01T12:00+00:00")
    shown, end = list[date](), now + timedelta(days=366)
    while now < end:
        found = look(hours, digest_at, now, planned_at=now)
        assert found.next_at > now
        shown += [found.on] if found.on else []
        now = found.next_at
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(367)]
    working = [day for day in days if day.weekday() < 5]
    assert shown == [day for day in working if shown[0] <= day <= shown[-1]]
    assert len(shown) >= 260
    assert timedelta(0) < AHEAD
