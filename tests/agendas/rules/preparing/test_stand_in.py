"""The range that counts on a day, and the person asked instead of one who is away."""

from collections.abc import Mapping
from datetime import date

from agendas.facts.reviews import Away
from agendas.rules.preparing import longest, stands_in
from tests.cases import cases

SHORT = Away("U0ANN", date(2026, 12, 1), date(2026, 12, 2), "U0BOB")
LONG = Away("U0ANN", date(2026, 11, 25), date(2026, 12, 4), "U0CLEO")
LATER = Away("U0ANN", date(2026, 11, 26), date(2026, 12, 5))
EVERYBODY = Away("", date(2026, 11, 25), date(2026, 12, 4), name="Winter break")


def test_of_ranges_that_cover_a_day_the_longest_counts_then_the_later_then_the_persons_own() -> None:
    assert longest(()) is None
    assert longest((SHORT, LONG)) == LONG
    assert longest((LATER, LONG)) == LATER
    assert longest((EVERYBODY, LONG)) == LONG
    assert longest((EVERYBODY, SHORT)) == EVERYBODY


@cases(
    ("away", "expected"),
    [
        ({}, ""),
        ({"U0ANN": LATER}, ""),
        ({"U0ANN": LONG}, "U0CLEO"),
        ({"U0ANN": LONG, "U0CLEO": EVERYBODY}, ""),
        ({"U0ANN": Away("U0ANN", LONG.from_on, LONG.until_on, "U0ANN")}, ""),
        ({"U0BOB": LONG}, ""),
    ],
)
def test_a_stand_in_is_asked_who_was_named_and_is_there(away: Mapping[str, Away], expected: str) -> None:
    assert stands_in("U0ANN", away) == expected
