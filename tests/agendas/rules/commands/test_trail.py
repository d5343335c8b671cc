from datetime import date

import pytest

from agendas.errors import NotUnderstood
from agendas.rules.commands import TrailWords, read_trail
from tests.cases import cases

TODAY = date(2026, 11, 24)
"""A Tuesday."""


@cases(
    ("typed", "first", "last", "rest"),
    [
        ("", None, None, ""),
        ("today", TODAY, TODAY, ""),
        ("24 nov", TODAY, TODAY, ""),
        ("2026-11-02", date(2026, 11, 2), date(2026, 11, 2), ""),
        ("3 dec", date(2025, 12, 3), date(2025, 12, 3), ""),
        ("fri", date(2026, 11, 20), date(2026, 11, 20), ""),
        ("tue", date(2026, 11, 17), date(2026, 11, 17), ""),
        ("since 1 Nov", date(2026, 11, 1), None, ""),
        ("last week", date(2026, 11, 16), date(2026, 11, 22), ""),
        ("This Week", date(2026, 11, 23), TODAY, ""),
        ("last month", date(2026, 10, 1), date(2026, 10, 31), ""),
        ("this month", date(2026, 11, 1), TODAY, ""),
        ("last 10 days", date(2026, 11, 14), TODAY, ""),
        ("1 nov to 3 nov", date(2026, 11, 1), date(2026, 11, 3), ""),
        ("from 3 nov to 1 nov", date(2026, 11, 1), date(2026, 11, 3), ""),
        ("Corvane last week", date(2026, 11, 16), date(2026, 11, 22), "Corvane"),
        ("last week Corvane Logistics", date(2026, 11, 16), date(2026, 11, 22), "Corvane Logistics"),
        ("Corvane", None, None, "Corvane"),
        ("March Foods since 1 nov", date(2026, 11, 1), None, "March Foods"),
        ("since 30 sep Corvane", date(2026, 9, 30), None, "Corvane"),
        ('"last week"', None, None, '"last week"'),
    ],
)
def test_a_period_is_read_before_or_after_the_name_of_an_account(
    typed: str, first: date | None, last: date | None, rest: str
) -> None:
    assert read_trail(typed, TODAY) == TrailWords(first, last, "", rest)


def test_a_person_may_stand_anywhere() -> None:
    expected = TrailWords(date(2026, 11, 16), date(2026, 11, 22), "U0BOB1", "Corvane")
    for typed in (
        "<@U0BOB1> Corvane last week",
        "Corvane <@U0BOB1|bob> last week",
        "last week Corvane <@U0BOB1>",
    ):
        assert read_trail(typed, TODAY) == expected


@cases(
    ("typed", "said"),
    [
        ("1 jan 2027", "is in the future"),
        ("since tomorrow", "is in the future"),
        ("next tue", "is in the future"),
        ("31 feb", "is not in the calendar"),
        ("12/4", "can be read in two ways"),
        ("<@U0BOB1> <@U0ANN1>", "Name one person at a time"),
        ("@bob", "Type @ and choose the person from Slack"),
    ],
)
def test_what_cannot_be_so_is_refused_with_what_to_write(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood, match=said):
        read_trail(typed, TODAY)
