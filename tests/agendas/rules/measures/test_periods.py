"""Months of the program in its zone, and the words that name them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agendas.errors import NotUnderstood
from agendas.rules.measures import begin_of, month_before, month_of, month_said, read_month, read_period, up_to, written
from tests.cases import cases

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_a_month_ends_at_its_last_instant_and_the_next_one_begins_there() -> None:
    october = month_of(date(2026, 10, 31), ZONE, now=NOW)
    running = month_of(date(2026, 11, 1), ZONE, now=NOW)
    assert (october.first, october.last, october.is_running) == (date(2026, 10, 1), date(2026, 10, 31), False)
    assert october.ends_at == running.begins_at == datetime(2026, 10, 31, 22, 59, 59, 999999, tzinfo=UTC)
    assert (running.first, running.last, running.ends_at) == (date(2026, 11, 1), date(2026, 11, 24), NOW)
    assert running.is_running
    assert month_before(running) == october


@cases("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago", "Asia/Beirut", "UTC"])
def test_the_months_of_ten_years_follow_each_other_without_a_gap_in_any_zone(zone: str) -> None:
    period = month_of(date(2026, 11, 1), zone, now=datetime(2027, 1, 1, tzinfo=UTC))
    for _ in range(120):
        before = month_before(period)
        assert before.ends_at == period.begins_at
        assert before.last + timedelta(days=1) == period.first
        assert begin_of(period.first, zone) - before.ends_at == timedelta(microseconds=1)
        period = before


def test_up_to_a_day_is_its_month_until_the_end_of_that_day_and_until_now_for_today() -> None:
    period = up_to(date(2026, 11, 12), ZONE, now=NOW)
    assert (period.first, period.last, period.is_running) == (date(2026, 11, 1), date(2026, 11, 12), False)
    assert period.ends_at == datetime(2026, 11, 12, 22, 59, 59, 999999, tzinfo=UTC)
    assert month_said(period) == "November 2026 up to 12 Nov"
    assert up_to(date(2026, 11, 24), ZONE, now=NOW) == month_of(date(2026, 11, 24), ZONE, now=NOW)
    assert up_to(date(2026, 10, 31), ZONE, now=NOW) == month_of(date(2026, 10, 1), ZONE, now=NOW)


@cases(
    ("said", "first"),
    [
        ("", date(2026, 11, 1)),
        ("this month", date(2026, 11, 1)),
        ("2026-10", date(2026, 10, 1)),
        ("2026/7", date(2026, 7, 1)),
        ("10/2026", date(2026, 10, 1)),
        ("October", date(2026, 10, 1)),
        ("oct", date(2026, 10, 1)),
        (" Oct. 2025 ", date(2025, 10, 1)),
        ("november", date(2026, 11, 1)),
        ("December", date(2025, 12, 1)),
        ("Last month", date(2026, 10, 1)),
        ("previous month", date(2026, 10, 1)),
    ],
)
def test_the_words_for_a_month(said: str, first: date) -> None:
    period = read_month(said, ZONE, now=NOW)
    assert (period.first, period.is_running) == (first, first == date(2026, 11, 1))


@cases(
    ("said", "sentence"),
    [
        ("2026-12", "December 2026 is still to come; give this month, November 2026, or an earlier one."),
        ("Jan 2027", "January 2027 is still to come; give this month, November 2026, or an earlier one."),
        ("2026-13", '"2026-13" is not a month; write one like 2026-10, October or last month.'),
        ("smarch", '"smarch" is not a month; write one like 2026-10, October or last month.'),
        ("0000-01", '"0000-01" is not a month; write one like 2026-10, October or last month.'),
        ("12", '"12" is not a month; write one like 2026-10, October or last month.'),
    ],
)
def test_another_word_and_a_month_to_come_are_refused_in_one_sentence(said: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_month(said, ZONE, now=NOW)
    assert str(refused.value) == sentence


@cases(
    ("said", "last", "written_as"),
    [
        ("2026-10-15", date(2026, 10, 15), "2026-10-15"),
        ("15 oct 2026", date(2026, 10, 15), "2026-10-15"),
        ("2026-10-31", date(2026, 10, 31), "2026-10"),
        ("yesterday", date(2026, 11, 23), "2026-11-23"),
        ("fri", date(2026, 11, 20), "2026-11-20"),
        ("3 dec", date(2025, 12, 3), "2025-12-03"),
        ("today", date(2026, 11, 24), "2026-11"),
        ("october", date(2026, 10, 31), "2026-10"),
        ("", date(2026, 11, 24), "2026-11"),
    ],
)
def test_a_page_can_be_had_as_of_the_end_of_a_day_and_buttons_carry_it(said: str, last: date, written_as: str) -> None:
    period = read_period(said, ZONE, now=NOW)
    assert (period.last, written(period)) == (last, written_as)
    assert read_period(written(period), ZONE, now=NOW) == period


@cases(
    ("said", "sentence"),
    [
        ("2026-11-25", "25 Nov is in the future; give today, 24 Nov, or an earlier date."),
        (
            "soonish",
            '"soonish" is not a month; write one like 2026-10, October or last month, or a day like 2026-10-15.',
        ),
    ],
)
def test_a_day_to_come_and_other_words_are_refused_in_one_sentence(said: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_period(said, ZONE, now=NOW)
    assert str(refused.value) == sentence
