"""Dates and times as people type them, on any day of the calendar, over ends of years and changes of the clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import NotUnderstood
from agendas.rendering.words import day
from agendas.text.dates import FARTHEST_YEARS, local_date, read_date, read_future_date, read_time

T = TypeVar("T")

WORDS = (
    *("today", "tomorrow", "yesterday", "fri", "friday", "next", "this", "last", "tue", "in", "a", "2", "weeks", "day"),
    *("eow", "eom", "end", "of", "the", "week", "month", "4", "4th", "31", "30", "29", "feb", "dec", "sept.", "2027"),
    *("2026-12-04", "12/4", "4.12.2026", "0000-00-00", "9999-12-31", "by", "99999", "٤", "²", ",", "-", "İ"),
)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
typed = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=4).map("".join),
)


def read_or_refused(read: Callable[..., T], *typed: Any) -> T | None:
    """Return the value read, None when it was refused with one sentence."""
    try:
        return read(*typed)
    except NotUnderstood as refused:
        sentence = str(refused)
    assert sentence
    assert "\n" not in sentence
    return None


of_the_past = ("yesterday", "last", "-", "/", ".")


@given(text=typed, today=days)
def test_any_text_is_a_date_within_reach_or_is_refused_with_one_sentence(text: str, today: date) -> None:
    on = read_or_refused(read_date, text, today)
    if on is None:
        return
    assert abs(on.year - today.year) <= FARTHEST_YEARS
    if on < today:
        has_day_and_month = any(word[0].isdigit() for word in text.split())
        assert has_day_and_month or any(word in text.casefold() for word in of_the_past)


@given(text=typed, today=days)
def test_a_date_for_the_future_is_never_in_the_past(text: str, today: date) -> None:
    on = read_or_refused(read_future_date, text, today)
    assert on is None or on >= today


@given(today=days, ahead=st.integers(-6_000, 6_000))
def test_a_date_as_we_write_it_is_read_back_as_that_date(today: date, ahead: int) -> None:
    on = today + timedelta(days=ahead)
    without_weekday = day(on).split(" ", 1)[1]
    assert read_date(on.isoformat(), today) == on
    assert read_date(f"{without_weekday} {on.year}", today) == on
    if -30 <= ahead <= 300:
        assert read_date(without_weekday, today) == on


@given(today=days)
def test_named_days_lie_where_their_names_say_on_every_day_of_the_calendar(today: date) -> None:
    monday = today - timedelta(days=today.weekday())
    assert read_date("tomorrow", today) - today == timedelta(days=1)
    assert today <= read_date("eow", today) < today + timedelta(days=7)
    assert read_date("eow", today).weekday() == 4
    end_of_month = read_date("eom", today)
    assert (end_of_month.year, end_of_month.month) == (today.year, today.month)
    assert (end_of_month + timedelta(days=1)).day == 1
    for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        assert 1 <= (read_date(name, today) - today).days <= 7
        assert read_date(name, today).weekday() == number
        assert read_date(f"next {name}", today) == monday + timedelta(days=7 + number)
        assert 1 <= (today - read_date(f"last {name}", today)).days <= 7
        assert 0 <= (read_date(f"this {name}", today) - today).days <= 6


@given(today=days, count=st.integers(1, 200))
def test_so_many_months_ahead_is_the_same_day_or_that_month_s_last(today: date, count: int) -> None:
    on = read_date(f"in {count} months", today)
    assert (on.year * 12 + on.month) - (today.year * 12 + today.month) == count
    assert on.day == today.day or (on.day < today.day and (on + timedelta(days=1)).day == 1)


@given(text=st.one_of(st.text(max_size=12), st.lists(st.sampled_from("0123456789:apm. "), max_size=8).map("".join)))
def test_any_text_is_a_time_of_day_or_is_refused_with_one_sentence(text: str) -> None:
    found = read_or_refused(read_time, text)
    assert found is None or isinstance(found, time)


@given(at=st.times())
def test_a_time_of_day_as_we_write_it_is_read_back(at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    assert read_time(f"{at:%H:%M}") == at
    assert read_time(f"{at:%I:%M %p}") == at


START = datetime(2011, 12, 25, tzinfo=UTC)
"""Apia had no 30 December 2011."""
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Asia/Kolkata",
)


@pytest.mark.parametrize("zone", ZONES)
@given(at=st.integers(0, 20 * 365 * 24).map(lambda hours: START + timedelta(hours=hours)))
def test_tomorrow_is_the_day_after_the_asker_s_own_day_in_every_zone(zone: str, at: datetime) -> None:
    today = local_date(at, zone)
    assert today == at.astimezone(ZoneInfo(zone)).date()
    assert read_date("tomorrow", today) == today + timedelta(days=1)
    assert read_future_date("today", today) == today
