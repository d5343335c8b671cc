from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.text.dates import date_at_end, read_date, read_future_date, read_time
from tests.cases import cases

WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@cases(
    ("typed", "expected"),
    [
        ("2026-12-04", date(2026, 12, 4)),
        ("2026-1-5", date(2026, 1, 5)),
        ("today", WEDNESDAY),
        ("Tomorrow", date(2026, 11, 26)),
        ("fri", FRIDAY),
        ("Friday.", FRIDAY),
        ("wed", date(2026, 12, 2)),
        ("this wed", WEDNESDAY),
        ("tue", date(2026, 12, 1)),
        ("thurs", date(2026, 11, 26)),
        ("next tue", date(2026, 12, 1)),
        ("yesterday", date(2026, 11, 24)),
        ("yesterday evening", date(2026, 11, 24)),
        ("the day before yesterday", date(2026, 11, 23)),
        ("3 days ago", date(2026, 11, 22)),
        ("a week ago", date(2026, 11, 18)),
        ("last fri", date(2026, 11, 20)),
        ("last wed", date(2026, 11, 18)),
        ("last tuesday", date(2026, 11, 24)),
        ("next  FRI", date(2026, 12, 4)),
        ("in 2 weeks", date(2026, 12, 9)),
        ("in 3 days", date(2026, 11, 28)),
        ("in 1 month", date(2026, 12, 25)),
        ("in a week", date(2026, 12, 2)),
        ("in 14 months", date(2028, 1, 25)),
        ("eow", FRIDAY),
        ("end of the week", FRIDAY),
        ("eom", date(2026, 11, 30)),
        ("4 dec", date(2026, 12, 4)),
        ("dec 4", date(2026, 12, 4)),
        ("December 4th", date(2026, 12, 4)),
        ("4th of Dec. 2027", date(2027, 12, 4)),
        ("dec 4, 2027", date(2027, 12, 4)),
        ("1 sept", date(2027, 9, 1)),
        ("20 nov", date(2026, 11, 20)),
        ("20 oct", date(2027, 10, 20)),
        ("29 feb", date(2028, 2, 29)),
        ("4.12.", date(2026, 12, 4)),
        ("4.12", date(2026, 12, 4)),
        ("04.12.2026", date(2026, 12, 4)),
        ("4.12.26", date(2026, 12, 4)),
        ("13/2", date(2027, 2, 13)),
        ("2/13", date(2027, 2, 13)),
        ("4/4", date(2027, 4, 4)),
        ("25/12/2026", date(2026, 12, 25)),
        ("2026/12/04", date(2026, 12, 4)),
        ("2026/13/02", date(2026, 2, 13)),
        ("fri 4 dec", date(2026, 12, 4)),
        ("Friday, 4 December 2026", date(2026, 12, 4)),
        ("fri dec 4", date(2026, 12, 4)),
        ("fri 4.12.", date(2026, 12, 4)),
        ("in two weeks", date(2026, 12, 9)),
        ("tue next week", date(2026, 12, 1)),
        ("day after tomorrow", FRIDAY),
        ("eod", WEDNESDAY),
    ],
)
def test_a_date_is_read_as_people_write_it(typed, expected):
    assert read_date(typed, WEDNESDAY) == expected


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
    assert read_date(typed, today) == expected


@given(today=days, on=days)
def test_a_day_without_a_year_is_the_first_one_not_long_past(today, on):
    found = read_date(f"{on.day} {on:%b}", today)
    assert (found.month, found.day) == (on.month, on.day)
    assert -30 <= (found - today).days <= 366 * 8


@cases(
    ("typed", "sentence"),
    [
        ("12/4", '"12/4" can be read in two ways; write Mon 12 Apr 2027 or Fri 4 Dec.'),
        ("4/12/2026", '"4/12/2026" can be read in two ways; write Fri 4 Dec or Sun 12 Apr.'),
        ("04-12-2026", '"04-12-2026" can be read in two ways; write Fri 4 Dec or Sun 12 Apr.'),
        ("tue 4 dec", '"tue 4 dec" can be read in two ways; write Fri 4 Dec or Tue 1 Dec.'),
        ("99/99", '"99/99" is not in the calendar'),
        ("31.2.", '"31.2." is not in the calendar'),
        ("2026-02-30", '"2026-02-30" is not in the calendar'),
        ("31 nov", '"31 nov" is not in the calendar'),
        ("in 99999 months", '"in 99999 months" is not in the calendar'),
        ("2206-12-04", "4 Dec 2206 is more than 20 years away; check the year."),
        ("someday", '"someday" is not a date; write one like 2026-12-04, fri, next tue'),
        ("next week", '"next week" is not a date'),
        ("last week", '"last week" is not a date'),
        ("", '"" is not a date'),
        ("4 foo", '"4 foo" is not a date'),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(typed, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        read_date(typed, WEDNESDAY)
    assert str(refusal.value).startswith(sentence)


def test_a_day_and_month_in_figures_that_have_passed_in_one_reading_are_asked_about():
    with pytest.raises(AmbiguousDate, match="write Mon 12 Apr 2027 or Sat 4 Dec 2027") as refusal:
        read_future_date("4/12", date(2026, 12, 7))
    assert refusal.value.dates == (date(2027, 4, 12), date(2027, 12, 4))
    assert read_future_date("13/2", date(2026, 12, 7)) == date(2027, 2, 13)
    found = date_at_end(["Send", "it", "by", "4/12"], date(2026, 12, 7))
    assert found is not None
    assert (found.on, found.readings) == (None, refusal.value.dates)


def test_a_future_date_may_be_today_but_not_yesterday():
    assert read_future_date("today", WEDNESDAY) == WEDNESDAY
    with pytest.raises(NotUnderstood, match="24 Nov has passed; give today, 25 Nov, or a later date"):
        read_future_date("24 nov", WEDNESDAY)


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
    assert read_time(typed) == expected


@cases("typed", ["9", "24:00", "9:60", "13pm", "0am", "noonish", "", "9:3", "2:75pm"])
def test_what_is_no_time_is_refused_with_examples(typed):
    with pytest.raises(NotUnderstood, match="is not a time of day; write one like 09:30, 14:00, 9am or 2:30 pm"):
        read_time(typed)
