from datetime import UTC, datetime

from agendas.text.dates import days_between, local_date


def test_days_are_counted_by_the_local_calendar() -> None:
    earlier, later = datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert days_between(earlier, later, "UTC") == 1
    assert days_between(earlier, later, "America/New_York") == 0


def test_a_day_of_23_hours_is_a_day() -> None:
    # New York skips an hour on 8 March 2026.
    earlier, later = datetime(2026, 3, 8, 5, 30, tzinfo=UTC), datetime(2026, 3, 9, 4, 30, tzinfo=UTC)
    assert days_between(earlier, later, "America/New_York") == 1


def test_no_days_lie_between_instants_the_wrong_way_round() -> None:
    assert days_between(datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), "UTC") == 0


def test_the_local_date_is_that_of_the_zone() -> None:
    assert local_date(datetime(2026, 3, 1, 23, tzinfo=UTC), "Australia/Sydney").isoformat() == "2026-03-02"
