"""Days without a review as people write or paste them."""

from datetime import date, time

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.account import Rhythm
from agendas.facts.reviews import DayOff, Plan
from handlers.review_forms import days_in_words, read_days_off
from tests.cases import cases

TODAY = date(2026, 11, 27)
CHRISTMAS, BOXING = date(2026, 12, 25), date(2026, 12, 26)


@cases(
    ("written", "days"),
    [
        ("", []),
        ("2026-12-25", [(CHRISTMAS, "")]),
        ("2026-12-25, 2026-12-26", [(CHRISTMAS, ""), (BOXING, "")]),
        ("2026-12-25 2026-12-26", [(CHRISTMAS, ""), (BOXING, "")]),
        ("2026-12-25 Office closed\n\n2026-12-26\n", [(CHRISTMAS, "Office closed"), (BOXING, "")]),
        ("2026-12-25 Closed, all of us; 26 dec Boxing Day", [(CHRISTMAS, "Closed, all of us"), (BOXING, "Boxing Day")]),
    ],
)
def test_days_are_read_from_lists_and_lines(written: str, days: list[tuple[date, str]]) -> None:
    assert [(each.on, each.name) for each in read_days_off(written, TODAY)] == days


@cases(
    ("written", "sentence"),
    [
        ("Christmas", '"Christmas" is not a date. Write dates like 2026-12-25.'),
        ("fri", '"fri" is not a date. Write dates like 2026-12-25.'),
        ("2026-12-25, 31 Feb", '"31 Feb" is not a date. Write dates like 2026-12-25.'),
        ("2026-11-26", "26 Nov has passed. Leave it out."),
        ("2026-12-25 a\n25 dec b", "25 Dec is there twice. Keep one of them."),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood, match=r".") as refused:
        read_days_off(written, TODAY)
    assert str(refused.value) == sentence


def test_what_the_form_shows_is_read_as_it_was_without_days_that_passed() -> None:
    days = frozenset({date(2026, 1, 1), CHRISTMAS, BOXING})
    plan = Plan(Rhythm.WEEKLY, TODAY, time(9), "UTC", days, (DayOff(CHRISTMAS, "Closed, all of us"),))
    assert days_in_words(plan, TODAY) == "2026-12-25 Closed, all of us\n2026-12-26"
    read = read_days_off(days_in_words(plan, TODAY), TODAY)
    assert [(each.on, each.name) for each in read] == [(CHRISTMAS, "Closed, all of us"), (BOXING, "")]
