from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.rendering.words import day
from agendas.text import dates
from tests.cases import cases, texts

WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
days_near = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@cases(
    ("typed", "expected"),
    [
        *(("2026-12-04", date(2026, 12, 4)), ("2026-1-5", date(2026, 1, 5)), ("today", WEDNESDAY)),
        *(("Tomorrow", date(2026, 11, 26)), ("fri", FRIDAY), ("Friday.", FRIDAY), ("wed", date(2026, 12, 2))),
        *(("this wed", WEDNESDAY), ("tue", date(2026, 12, 1)), ("thurs", date(2026, 11, 26))),
        *(("next tue", date(2026, 12, 1)), ("yesterday", date(2026, 11, 24))),
        *(("yesterday evening", date(2026, 11, 24)), ("the day before yesterday", date(2026, 11, 23))),
        *(("3 days ago", date(2026, 11, 22)), ("a week ago", date(2026, 11, 18)), ("last fri", date(2026, 11, 20))),
        *(("last wed", date(2026, 11, 18)), ("last tuesday", date(2026, 11, 24)), ("next  FRI", date(2026, 12, 4))),
        *(("in 2 weeks", date(2026, 12, 9)), ("in 3 days", date(2026, 11, 28)), ("in 1 month", date(2026, 12, 25))),
        *(("in a week", date(2026, 12, 2)), ("in 14 months", date(2028, 1, 25)), ("eow", FRIDAY)),
        *(("end of the week", FRIDAY), ("eom", date(2026, 11, 30)), ("4 dec", date(2026, 12, 4))),
        *(("dec 4", date(2026, 12, 4)), ("December 4th", date(2026, 12, 4)), ("4th of Dec. 2027", date(2027, 12, 4))),
        *(("dec 4, 2027", date(2027, 12, 4)), ("1 sept", date(2027, 9, 1)), ("20 nov", date(2026, 11, 20))),
        *(("20 oct", date(2027, 10, 20)), ("29 feb", date(2028, 2, 29)), ("4.12.", date(2026, 12, 4))),
        *(("4.12", date(2026, 12, 4)), ("04.12.2026", date(2026, 12, 4)), ("4.12.26", date(2026, 12, 4))),
        *(("13/2", date(2027, 2, 13)), ("2/13", date(2027, 2, 13)), ("4/4", date(2027, 4, 4))),
        *(("25/12/2026", date(2026, 12, 25)), ("2026/12/04", date(2026, 12, 4)), ("2026/13/02", date(2026, 2, 13))),
        *(("fri 4 dec", date(2026, 12, 4)), ("Friday, 4 December 2026", date(2026, 12, 4))),
        *(("fri dec 4", date(2026, 12, 4)), ("fri 4.12.", date(2026, 12, 4)), ("in two weeks", date(2026, 12, 9))),
        *(("tue next week", date(2026, 12, 1)), ("day after tomorrow", FRIDAY), ("eod", WEDNESDAY)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed, expected):
    assert dates.read_date(typed, WEDNESDAY) == expected


@cases(
    ("typed", "today", "expected"),
    [
        ("fri", FRIDAY, FRIDAY + timedelta(days=7)),
        ("this fri", FRIDAY, FRIDAY),
        ("next fri", FRIDAY, FRIDAY + timedelta(days=7)),
        ("eow", FRIDAY, FRIDAY),
        ("eow", FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=7)),
        ("next tue", date(2026, 11, 23), date(2026, 12, 1)),
        ("next mon", date(2026, 11, 29), date(2026, 11, 30)),
        ("in 1 month", date(2027, 1, 31), date(2027, 2, 28)),
        ("in 1 month", date(2028, 1, 31), date(2028, 2, 29)),
        ("eom", date(2028, 2, 1), date(2028, 2, 29)),
        ("28 dec", date(2027, 1, 2), date(2026, 12, 28)),
    ],
)
def test_the_same_words_mean_another_date_on_another_day(typed, today, expected):
    assert dates.read_date(typed, today) == expected


@given(today=days_near, on=days_near)
def test_a_day_without_a_year_is_the_first_one_not_long_past(today, on):
    found = dates.read_date(f"{on.day} {on:%b}", today)
    assert (found.month, found.day) == (on.month, on.day)
    assert -30 <= (found - today).days <= 366 * 8


@texts("typed", "sentence")
def test_what_is_no_date_is_refused_with_what_to_write(typed, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        dates.read_date(typed, WEDNESDAY)
    assert str(refusal.value).startswith(sentence)


def test_a_day_and_month_in_figures_that_have_passed_in_one_reading_are_asked_about():
    with pytest.raises(AmbiguousDate, match="write Mon 12 Apr 2027 or Sat 4 Dec 2027") as refusal:
        dates.read_future_date("4/12", date(2026, 12, 7))
    assert refusal.value.dates == (date(2027, 4, 12), date(2027, 12, 4))
    assert dates.read_future_date("13/2", date(2026, 12, 7)) == date(2027, 2, 13)
    found = dates.date_at_end(["Send", "it", "by", "4/12"], date(2026, 12, 7))
    assert found is not None
    assert (found.on, found.readings) == (None, refusal.value.dates)


def test_a_future_date_may_be_today_but_not_yesterday():
    assert dates.read_future_date("today", WEDNESDAY) == WEDNESDAY
    with pytest.raises(NotUnderstood, match="24 Nov has passed; give today, 25 Nov, or a later date"):
        dates.read_future_date("24 nov", WEDNESDAY)


@cases(
    ("typed", "expected"),
    [
        ("09:30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("23:59", time(23, 59)),
        ("9am", time(9)),
        ("12am", time(0)),
        ("12 PM", time(12)),
        ("2:30 p.m.", time(14, 30)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, expected):
    assert dates.read_time(typed) == expected


@cases("typed", ["9", "24:00", "9:60", "13pm", "0am", "noonish", "", "9:3", "2:75pm"])
def test_what_is_no_time_is_refused_with_examples(typed):
    with pytest.raises(NotUnderstood, match="is not a time of day; write one like 09:30, 14:00, 9am or 2:30 pm"):
        dates.read_time(typed)


# Zones.
def test_a_zone_is_one_of_those_to_choose_from() -> None:
    assert {name for name in ("UTC", "Europe/Berlin", "Asia/Kathmandu") if dates.is_zone(name)} <= dates.zone_names()
    assert dates.is_zone("America/Argentina/Buenos_Aires")


@cases(
    "name",
    ["", "Mars/Olympus", "+02:00", "UTC+2", "-5", "../etc/passwd", "/etc/passwd", "Europe", "Berlin\0", "x" * 400],
)
def test_anything_else_is_no_zone(name: str) -> None:
    assert not dates.is_zone(name)
    assert name not in dates.zone_names()


# Days.
def test_days_are_counted_by_the_local_calendar() -> None:
    earlier, later = datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert dates.days_between(earlier, later, "UTC") == 1
    assert dates.days_between(earlier, later, "America/New_York") == 0


def test_a_day_of_23_hours_is_a_day() -> None:
    # New York skips an hour on 8 March 2026.
    earlier, later = datetime(2026, 3, 8, 5, 30, tzinfo=UTC), datetime(2026, 3, 9, 4, 30, tzinfo=UTC)
    assert dates.days_between(earlier, later, "America/New_York") == 1


def test_no_days_lie_between_instants_the_wrong_way_round() -> None:
    assert dates.days_between(datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), "UTC") == 0


def test_the_local_date_is_that_of_the_zone() -> None:
    assert dates.local_date(datetime(2026, 3, 1, 23, tzinfo=UTC), "Australia/Sydney").isoformat() == "2026-03-02"


# Dates and times as people type them, on any day of the calendar, over ends of years and changes of the clock.

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
    on = read_or_refused(dates.read_date, text, today)
    if on is None:
        return
    assert abs(on.year - today.year) <= dates.FARTHEST_YEARS
    if on < today:
        has_day_and_month = any(word[0].isdigit() for word in text.split())
        assert has_day_and_month or any(word in text.casefold() for word in of_the_past)


@given(text=typed, today=days)
def test_a_date_for_the_future_is_never_in_the_past(text: str, today: date) -> None:
    on = read_or_refused(dates.read_future_date, text, today)
    assert on is None or on >= today


@given(today=days, ahead=st.integers(-6_000, 6_000))
def test_a_date_as_we_write_it_is_read_back_as_that_date(today: date, ahead: int) -> None:
    on = today + timedelta(days=ahead)
    without_weekday = day(on).split(" ", 1)[1]
    assert dates.read_date(on.isoformat(), today) == on
    assert dates.read_date(f"{without_weekday} {on.year}", today) == on
    if -30 <= ahead <= 300:
        assert dates.read_date(without_weekday, today) == on


@given(today=days)
def test_named_days_lie_where_their_names_say_on_every_day_of_the_calendar(today: date) -> None:
    monday = today - timedelta(days=today.weekday())
    assert dates.read_date("tomorrow", today) - today == timedelta(days=1)
    assert today <= dates.read_date("eow", today) < today + timedelta(days=7)
    assert dates.read_date("eow", today).weekday() == 4
    end_of_month = dates.read_date("eom", today)
    assert (end_of_month.year, end_of_month.month) == (today.year, today.month)
    assert (end_of_month + timedelta(days=1)).day == 1
    for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        assert 1 <= (dates.read_date(name, today) - today).days <= 7
        assert dates.read_date(name, today).weekday() == number
        assert dates.read_date(f"next {name}", today) == monday + timedelta(days=7 + number)
        assert 1 <= (today - dates.read_date(f"last {name}", today)).days <= 7
        assert 0 <= (dates.read_date(f"this {name}", today) - today).days <= 6


@given(today=days, count=st.integers(1, 200))
def test_so_many_months_ahead_is_the_same_day_or_that_month_s_last(today: date, count: int) -> None:
    on = dates.read_date(f"in {count} months", today)
    assert (on.year * 12 + on.month) - (today.year * 12 + today.month) == count
    assert on.day == today.day or (on.day < today.day and (on + timedelta(days=1)).day == 1)


@given(text=st.one_of(st.text(max_size=12), st.lists(st.sampled_from("0123456789:apm. "), max_size=8).map("".join)))
def test_any_text_is_a_time_of_day_or_is_refused_with_one_sentence(text: str) -> None:
    found = read_or_refused(dates.read_time, text)
    assert found is None or isinstance(found, time)


@given(at=st.times())
def test_a_time_of_day_as_we_write_it_is_read_back(at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    assert dates.read_time(f"{at:%H:%M}") == at
    assert dates.read_time(f"{at:%I:%M %p}") == at


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
    today = dates.local_date(at, zone)
    assert today == at.astimezone(ZoneInfo(zone)).date()
    assert dates.read_date("tomorrow", today) == today + timedelta(days=1)
    assert dates.read_future_date("today", today) == today


# The date at the end of what is typed: read, asked about, or not there.

FOURTH = date(2026, 12, 4)


@cases(
    ("text", "on", "count"),
    [
        ("Send the DPA by fri", FRIDAY, 2),
        ("Send the DPA BY 4 dec 2026.", FOURTH, 4),
        ("Send the DPA by in 2 weeks", date(2026, 12, 9), 4),
        ("Send the DPA by end of the week", FRIDAY, 5),
        ("Send the DPA by 4.12.", FOURTH, 2),
        ("Send the DPA by 2026/12/04", FOURTH, 2),
        ("Get it signed by legal by tomorrow", date(2026, 11, 26), 2),
        ("Send the DPA by friday at the latest", FRIDAY, 5),
        ("Send the deck friday", FRIDAY, 1),
        ("Send the deck on friday", FRIDAY, 2),
        ("Call 4 Dec", FOURTH, 2),
        ("Call fri 4 dec", FOURTH, 3),
        ("Call 4.12.", FOURTH, 1),
        ("Call 04.12.2026", FOURTH, 1),
        ("Call in 2 weeks", date(2026, 12, 9), 3),
        ("Call today", WEDNESDAY, 1),
        ("Call Sat", date(2026, 11, 28), 1),
        ("Call 4 dec 26", FOURTH, 3),
        ("Call (friday)", FRIDAY, 1),
        ("Send it by the end of the month", date(2026, 11, 30), 6),
        ("Send it within two weeks", date(2026, 12, 9), 3),
        ("Send it in a fortnight", date(2026, 12, 9), 3),
    ],
)
def test_a_date_that_ends_the_text_is_read_with_its_words(text: str, on: date, count: int) -> None:
    found = dates.date_at_end(text.split(), WEDNESDAY)
    assert found is not None
    assert (found.on, found.count, found.stays) == (on, count, False)


@cases("text", ["Call friday at 10am", "Call by fri 5pm", "Call on friday morning"])
def test_a_date_with_a_time_of_day_is_read_and_stays_in_the_text(text: str) -> None:
    found = dates.date_at_end(text.split(), WEDNESDAY)
    assert found is not None
    assert (found.on, found.stays) == (FRIDAY, True)


@cases(
    ("text", "readings", "said"),
    [
        ("Send it by 4/12", (FOURTH, date(2027, 4, 12)), "can be read in two ways"),
        ("Send it 4/12", (FOURTH, date(2027, 4, 12)), "can be read in two ways"),
        ("Offer support 24/7", (date(2027, 7, 24),), 'Is "24/7" the day'),
        ("Move to release 2.5", (date(2027, 5, 2),), 'Is "2.5" the day'),
        ("Ask where he sat", (date(2026, 11, 28),), 'Is "sat" the day'),
        ("Send it next week", (FOURTH, date(2026, 11, 30)), "several days"),
        ("Send it by next week", (FOURTH, date(2026, 11, 30)), "several days"),
        ("Send it by end of june", (date(2027, 6, 30),), "several days"),
        ("Send it by the 4th", (FOURTH,), "several days"),
        ("Sign by end of quarter", (date(2026, 12, 31),), "several days"),
        ("Sign by Q1", (date(2027, 3, 31),), "several days"),
        ("Sign by week 49", (FOURTH,), "several days"),
        ("Send it by noon", (WEDNESDAY,), "Is it due today?"),
        ("Kick off in december", (date(2026, 12, 31), date(2026, 12, 1)), "several days"),
        ("Wait until friday", (FRIDAY,), 'the date in "until friday"'),
        ("Prepare for friday", (FRIDAY,), 'the date in "for friday"'),
        ("Send it by friday to the CFO", (FRIDAY,), "A date stands in"),
        ("Send it by firday", (FRIDAY,), "Did you mean friday?"),
        ("Send it firday", (FRIDAY,), "Did you mean friday?"),
        ("Send it tomorow", (date(2026, 11, 26),), "Did you mean tomorrow?"),
        ("Call tue 4 dec", (FOURTH, date(2026, 12, 1)), "two ways"),
        ("Get it signed by legal", (), 'After by comes a date, and "legal" is not one.'),
        ("Get it signed by Sundar", (date(2026, 11, 29),), "Did you mean sunday?"),
        ("Reduce the price by 10%", (), 'After by comes a date, and "10%" is not one.'),
        ("Send it by", (), "Say by when"),
        ("Send it by yesterday", (), "24 Nov has passed"),
        ("Send the minutes of 20 nov", (), "20 Nov has passed"),
        ("Send it yesterday", (), "24 Nov has passed"),
        ("Send it by 2026-02-31", (), "is not in the calendar"),
        ("Send it 31 nov", (), "is not in the calendar"),
        ("Send it by 2099-01-01", (), "more than 20 years away"),
    ],
)
def test_a_date_that_cannot_be_told_is_asked_about(text: str, readings: tuple[date, ...], said: str) -> None:
    found = dates.date_at_end(text.split(), WEDNESDAY)
    assert found is not None
    assert found.on is None
    assert found.readings == readings
    assert said in found.problem


@texts("text")
def test_a_text_that_ends_otherwise_has_no_date(text: str) -> None:
    assert dates.date_at_end(text.split(), WEDNESDAY) is None


def test_quoted_words_are_never_read() -> None:
    assert dates.date_at_end(["Send", '"the deck by friday"'], WEDNESDAY) is None
    assert dates.date_at_end(["Send", "by", '"friday"'], WEDNESDAY) is None


@given(words=st.lists(st.sampled_from(WORDS), max_size=8), today=days)
def test_the_date_takes_only_words_that_are_there_and_is_read_or_asked(words: list[str], today: date) -> None:
    found = dates.date_at_end(words, today)
    if found is None:
        assert not words or words[-1].casefold() != "by"
        return
    assert 1 <= found.count <= len(words)
    assert (found.on is None) == bool(found.problem)
    assert all(on >= today for on in (*found.readings, *((found.on,) if found.on else ())))
    assert "\n" not in found.problem


@given(
    today=days,
    ahead=st.integers(0, 300),
    form=st.sampled_from(["{0:%d} {0:%b} {0:%Y}", "{0:%Y-%m-%d}", "{0:%d.%m.%Y}"]),
)
def test_a_date_without_by_is_the_same_date_as_with_it(today: date, ahead: int, form: str) -> None:
    on = today + timedelta(days=ahead)
    written = form.format(on)
    for text in (f"Send the deck {written}", f"Send the deck by {written}", f"Send the deck on {written}"):
        found = dates.date_at_end(text.split(), today)
        assert found is not None
        assert found.on == on == dates.whole_date(written, today).on


@given(today=days, name=st.sampled_from(dates.WEEKDAY_NAMES))
def test_a_weekday_at_the_end_is_within_the_coming_seven_days(today: date, name: str) -> None:
    found = dates.date_at_end(["Call", name], today)
    assert found is not None
    assert found.on is not None
    assert 1 <= (found.on - today).days <= 7
