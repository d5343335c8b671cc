"""Days away that cannot be kept, each with its sentence beside the field."""

from collections.abc import Mapping
from datetime import date

from agendas.rules.preparing import problems
from tests.cases import cases

TODAY = date(2026, 11, 27)


@cases(
    ("first", "last", "expected"),
    [
        (TODAY, TODAY, {}),
        (date(2026, 11, 20), TODAY, {}),
        (date(2026, 12, 1), date(2027, 11, 30), {}),
        (date(2026, 12, 2), date(2026, 12, 1), {"until_on": "1 Dec is before 2 Dec. Give a last day after the first."}),
        (
            date(2026, 11, 20),
            date(2026, 11, 26),
            {"until_on": "26 Nov has passed. Give today, 27 Nov, or a later day."},
        ),
        (date(2026, 12, 1), date(2027, 12, 1), {"until_on": "That is longer than a year. Give at most a year."}),
        (
            date(2028, 1, 1),
            date(2028, 1, 2),
            {"from_on": "1 Jan 2028 is more than a year from today. Check the year."},
        ),
    ],
)
def test_days_over_reversed_too_long_or_too_far_are_refused(
    first: date, last: date, expected: Mapping[str, str]
) -> None:
    assert problems(first, last, TODAY) == expected
