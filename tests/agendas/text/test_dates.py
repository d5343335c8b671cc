from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import NotUnderstood
from agendas.text.dates import find_date, read_date, read_future_date, read_time

WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
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
    ],
)
def test_a_date_is_read_as_people_write_it(typed, expected):
    assert read_date(typed, WEDNESDAY) == expected


@pytest.mark.parametrize(
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


@given(today=days, weekday=st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_within_the_coming_seven_days_and_its_next_one_in_the_next_week(today, weekday):
    coming, following = read_date(weekday, today), read_date(f"next {weekday}", today)
    assert 1 <= (coming - today).days <= 7
    assert f"{coming:%a}".casefold() == f"{following:%a}".casefold() == weekday
    this_monday = today - timedelta(days=today.weekday())
    assert 7 <= (following - this_monday).days <= 13


@given(today=days, on=days)
def test_a_written_out_date_is_read_back(today, on):
    assert read_date(on.isoformat(), today) == on
    assert read_date(f"{on.day} {on:%b} {on.year}", today) == on
    assert read_date(f"{on:%B} {on.day}, {on.year}", today) == on


@given(today=days, on=days)
def test_a_day_without_a_year_is_the_first_one_not_long_past(today, on):
    found = read_date(f"{on.day} {on:%b}", today)
    assert (found.month, found.day) == (on.month, on.day)
    assert -30 <= (found - today).days <= 366 * 8


@given(text=st.text(max_size=40))
def test_any_text_is_a_date_or_refused_in_one_sentence(text):
    try:
        sentence = f"{read_date(text, WEDNESDAY):%Y-%m-%d}."
    except NotUnderstood as refusal:
        sentence = str(refusal)
    assert "\n" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12/4", '"12/4" can be read in two ways; write 4 dec or 12 apr.'),
        ("4.12.", '"4.12" can be read in two ways; write 12 apr or 4 dec.'),
        ("25/12", '"25/12" is not a date; write 25 dec.'),
        ("4/4", '"4/4" is not a date; write 4 apr.'),
        ("99/99", '"99/99" is not a date; write it like 2026-12-04.'),
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


def test_a_future_date_may_be_today_but_not_yesterday():
    assert read_future_date("today", WEDNESDAY) == WEDNESDAY
    with pytest.raises(NotUnderstood, match="24 Nov has passed; give today, 25 Nov, or a later date"):
        read_future_date("24 nov", WEDNESDAY)


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("typed", ["9", "24:00", "9:60", "13pm", "0am", "noonish", "", "9:3", "2:75pm"])
def test_what_is_no_time_is_refused_with_examples(typed):
    with pytest.raises(NotUnderstood, match="is not a time of day; write one like 09:30, 14:00, 9am or 2:30 pm"):
        read_time(typed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Send the DPA by fri", (FRIDAY, 2)),
        ("Send the DPA BY 4 dec 2026.", (date(2026, 12, 4), 4)),
        ("Send the DPA by in 2 weeks", (date(2026, 12, 9), 4)),
        ("Send the DPA by end of the week", (FRIDAY, 5)),
        ("Get it signed by legal by tomorrow", (date(2026, 11, 26), 2)),
        ("Sign-off by legal", None),
        ("Sign-off by Sundar", None),
        ("Signed by 3 people", None),
        ("by", None),
        ("Send it fri", None),
        ("", None),
    ],
)
def test_a_trailing_by_date_is_found_with_its_words(text, expected):
    assert find_date(text.split(), WEDNESDAY) == expected


@pytest.mark.parametrize("ending", ["12/4", "2026-02-30", "firday", "tomorow", "31 nov", "2026-11-01", "30 february"])
def test_a_trailing_date_that_cannot_be_meant_is_refused_and_not_taken_for_text(ending):
    with pytest.raises(NotUnderstood):
        find_date(f"Send the DPA by {ending}".split(), WEDNESDAY)
