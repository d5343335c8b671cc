"""People are asked to prepare a review on a working day, in time for a reminder in their own hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.account import Rhythm
from agendas.facts.reviews import Away, Plan
from agendas.rules.notices import WorkingHours, reminder_at
from agendas.rules.preparing import asks_at, together_until
from tests.cases import cases

BERLIN = "Europe/Berlin"
LEAD = timedelta(hours=24)
PLAN = Plan(Rhythm.WEEKLY, date(2026, 11, 30), time(9), BERLIN)
FRIDAY_OFF = Plan(Rhythm.WEEKLY, date(2026, 11, 30), time(9), BERLIN, days_off=frozenset({date(2026, 11, 27)}))
CHRISTMAS = Plan(Rhythm.WEEKLY, date(2026, 12, 28), time(9), BERLIN, holidays_of="DE")
NOBODY_WORKS = replace(CHRISTMAS, holidays_of="", nobody_works_in="GB-ENG")
ALL_AWAY = Plan(
    Rhythm.WEEKLY,
    date(2026, 11, 30),
    time(9),
    BERLIN,
    everyone_away=(Away("", date(2026, 10, 1), date(2026, 11, 29)),),
)


def berlin(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


@cases(
    ("plan", "meets_at", "hours", "expected"),
    [
        (PLAN, berlin(30), 24, berlin(27)),
        (PLAN, berlin(30), 48, berlin(27)),
        (PLAN, berlin(30), 72, berlin(27)),
        (PLAN, berlin(26), 24, berlin(25)),
        (PLAN, berlin(1, month=12), 48, berlin(27)),
        (FRIDAY_OFF, berlin(30), 24, berlin(26)),
        (CHRISTMAS, berlin(28, month=12), 24, berlin(24, month=12)),
        (NOBODY_WORKS, berlin(29, month=12), 24, berlin(24, month=12)),
        (ALL_AWAY, berlin(30), 24, berlin(29)),
        (PLAN, berlin(26, month=10), 24, berlin(23, month=10)),
    ],
    ids=[
        "a Monday review is asked about on Friday at the same wall time",
        "however long before",
        "a lead that ends on a Friday",
        "in the week by the hour",
        "a Tuesday review two days before",
        "a day off of the plan",
        "public holidays",
        "public holidays on which nobody works, though reviews are held",
        "none in two weeks: by the hour",
        "over the end of summer time",
    ],
)
def test_people_are_asked_on_the_last_working_day_before_the_lead(
    plan: Plan, meets_at: datetime, hours: int, expected: datetime
) -> None:
    assert asks_at(plan, meets_at, timedelta(hours=hours)) == expected


@cases("zone", [BERLIN, "America/Los_Angeles", "America/New_York", "Asia/Tokyo", "Asia/Kolkata"])
def test_everybody_has_a_working_hour_for_the_reminder_of_a_monday_review(zone: str) -> None:
    at = reminder_at(WorkingHours(zone), asked_at=asks_at(PLAN, berlin(30), LEAD), cutoff=berlin(30, 7))
    assert at is not None
    assert at.astimezone(ZoneInfo(zone)).weekday() in (0, 4)


def test_reviews_of_two_days_and_of_the_next_working_day_are_prepared_together() -> None:
    assert together_until(PLAN, berlin(27)) == berlin(1, 0, month=12), "all of Monday"
    assert together_until(PLAN, berlin(26, 15)) == berlin(28, 15)
    assert together_until(PLAN, berlin(25)) == berlin(27)
