from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.reviews import Away
from agendas.rules.notices import (
    TIME_TO_ACT,
    WorkingHours,
    is_working,
    is_working_day,
    last_working_instant_before,
    next_working_instant,
    next_working_morning,
)
from tests.cases import cases

BERLIN = WorkingHours("Europe/Berlin")
AWAY = Away("U_NORA", date(2026, 11, 26), date(2026, 11, 27))
CLOSED = Away("", date(2026, 11, 26), date(2026, 11, 26), name="company day")


def instant(written: str) -> datetime:
    """The instant of a wall time with its offset, `2026-11-24T21:00+01:00`."""
    return datetime.fromisoformat(written).astimezone(UTC)


@cases(
    ("hours", "at", "works_at"),
    [
        (BERLIN, "2026-11-25T08:59+01:00", "2026-11-25T09:00+01:00"),
        (BERLIN, "2026-11-25T09:00+01:00", "2026-11-25T09:00+01:00"),
        (BERLIN, "2026-11-25T16:59+01:00", "2026-11-25T16:59+01:00"),
        (BERLIN, "2026-11-25T17:00+01:00", "2026-11-26T09:00+01:00"),
        # the weekend, and days away before it
        (BERLIN, "2026-11-27T18:00+01:00", "2026-11-30T09:00+01:00"),
        (BERLIN, "2026-11-29T12:00+01:00", "2026-11-30T09:00+01:00"),
        (WorkingHours("Europe/Berlin", (AWAY,)), "2026-11-26T10:00+01:00", "2026-11-30T09:00+01:00"),
        (WorkingHours("Europe/Berlin", (CLOSED,)), "2026-11-26T10:00+01:00", "2026-11-27T09:00+01:00"),
        # Friday 25 December is a public holiday in Germany
        (WorkingHours("Europe/Berlin", holidays_of="DE"), "2026-12-24T17:00+01:00", "2026-12-28T09:00+01:00"),
        # the same instant is a morning in New York and the night in Tokyo
        (WorkingHours("America/New_York"), "2026-11-25T15:30+01:00", "2026-11-25T09:30-05:00"),
        (WorkingHours("Asia/Tokyo"), "2026-11-25T15:30+01:00", "2026-11-26T09:00+09:00"),
        (WorkingHours("Asia/Kolkata"), "2026-11-27T20:00+05:30", "2026-11-30T09:00+05:30"),
        # the clocks go forward on 29 March 2026 in Berlin and on Friday 27 March in Jerusalem, back on 25 October
        (BERLIN, "2026-03-27T17:00+01:00", "2026-03-30T09:00+02:00"),
        (BERLIN, "2026-10-23T17:00+02:00", "2026-10-26T09:00+01:00"),
        (WorkingHours("Asia/Jerusalem"), "2026-03-26T17:00+02:00", "2026-03-27T09:00+03:00"),
    ],
)
def test_work_goes_on_at_nine_on_the_next_working_day_of_the_persons_own_zone(
    hours: WorkingHours, at: str, works_at: str
) -> None:
    assert next_working_instant(hours, instant(at)) == instant(works_at)
    assert is_working(hours, instant(works_at))
    assert is_working(hours, instant(at)) == (instant(at) == instant(works_at))


@cases(
    ("hours", "cutoff", "last_at"),
    [
        (BERLIN, "2026-11-25T12:00+01:00", "2026-11-25T11:00+01:00"),
        (BERLIN, "2026-11-25T10:00+01:00", "2026-11-25T09:00+01:00"),
        # too little time is left this morning
        (BERLIN, "2026-11-25T09:59+01:00", "2026-11-24T16:00+01:00"),
        (BERLIN, "2026-11-25T07:00+01:00", "2026-11-24T16:00+01:00"),
        (BERLIN, "2026-11-25T22:00+01:00", "2026-11-25T16:00+01:00"),
        (BERLIN, "2026-11-30T07:00+01:00", "2026-11-27T16:00+01:00"),
        (WorkingHours("Europe/Berlin", (AWAY,)), "2026-11-30T07:00+01:00", "2026-11-25T16:00+01:00"),
        (WorkingHours("Europe/Berlin", holidays_of="DE"), "2026-12-28T07:00+01:00", "2026-12-24T16:00+01:00"),
        (WorkingHours("Asia/Tokyo"), "2026-11-25T07:00+01:00", "2026-11-25T14:00+09:00"),
        (WorkingHours("America/New_York"), "2026-11-25T07:00+01:00", "2026-11-24T16:00-05:00"),
        (BERLIN, "2026-03-30T07:00+02:00", "2026-03-27T16:00+01:00"),
        (BERLIN, "2026-10-26T07:00+01:00", "2026-10-23T16:00+02:00"),
    ],
)
def test_the_last_moment_leaves_an_hour_of_work_before_the_cutoff(
    hours: WorkingHours, cutoff: str, last_at: str
) -> None:
    assert last_working_instant_before(hours, instant(cutoff)) == instant(last_at)


@cases(
    ("hours", "after", "morning_at"),
    [
        (BERLIN, "2026-11-25T08:29+01:00", "2026-11-25T08:30+01:00"),
        (BERLIN, "2026-11-25T08:30+01:00", "2026-11-26T08:30+01:00"),
        (BERLIN, "2026-11-27T12:00+01:00", "2026-11-30T08:30+01:00"),
        (WorkingHours("Europe/Berlin", (AWAY,)), "2026-11-25T12:00+01:00", "2026-11-30T08:30+01:00"),
        (WorkingHours("Pacific/Auckland"), "2026-11-25T12:00+01:00", "2026-11-26T08:30+13:00"),
        (BERLIN, "2026-10-23T12:00+02:00", "2026-10-26T08:30+01:00"),
    ],
)
def test_the_next_working_morning_is_strictly_later(hours: WorkingHours, after: str, morning_at: str) -> None:
    assert next_working_morning(hours, instant(after), time(8, 30)) == instant(morning_at)


def test_who_is_away_for_years_has_no_working_day() -> None:
    gone = WorkingHours("Europe/Berlin", (Away("U_NORA", date(2020, 1, 1), date(2040, 1, 1)),))
    at = instant("2026-11-25T12:00+01:00")
    assert next_working_instant(gone, at) is None
    assert last_working_instant_before(gone, at) is None
    assert next_working_morning(gone, at, time(8, 30)) is None
    assert not is_working(gone, at)


@given(
    st.integers(0, 6 * 365 * 24 * 60),
    st.sampled_from(("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Jerusalem")),
)
def test_what_is_found_is_always_in_working_hours_and_nothing_nearer_is(minutes: int, zone: str) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    hours = WorkingHours(zone, (AWAY,), "DE")
    next_at, last_at = next_working_instant(hours, at), last_working_instant_before(hours, at)
    assert next_at is not None
    assert last_at is not None
    assert last_at + TIME_TO_ACT <= at <= next_at
    for each in (next_at, last_at):
        local = each.astimezone(ZoneInfo(zone))
        assert is_working(hours, each)
        assert is_working_day(hours, local.date())
        assert time(9) <= local.time() < time(17)
    assert not is_working(hours, next_at - timedelta(seconds=1)) or next_at == at
