"""The words after /abm away."""

from datetime import date

import pytest

from agendas.errors import NotUnderstood
from agendas.rules.preparing import AwayWord, AwayWords, read_away
from tests.cases import cases

TODAY = date(2026, 11, 27)  # a Friday


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


@cases(
    ("typed", "expected"),
    [
        ("", AwayWords(AwayWord.SHOW)),
        ("back", AwayWords(AwayWord.BACK)),
        ("I'm back.", AwayWords(AwayWord.BACK)),
        ("mon", AwayWords(AwayWord.AWAY, on(11, 30), on(11, 30))),
        ("tomorrow", AwayWords(AwayWord.AWAY, on(11, 28), on(11, 28))),
        ("4 dec to 11 dec", AwayWords(AwayWord.AWAY, on(12, 4), on(12, 11))),
        ("from 21 dec until 3 jan", AwayWords(AwayWord.AWAY, on(12, 21), on(1, 3, 2027))),
        ("2026-12-04 - 2026-12-11", AwayWords(AwayWord.AWAY, on(12, 4), on(12, 11))),
        ("next wed to tue", AwayWords(AwayWord.AWAY, on(12, 2), on(12, 8))),
        ("until wed", AwayWords(AwayWord.AWAY, TODAY, on(12, 2))),
        ("11 dec to 4 dec", AwayWords(AwayWord.AWAY, on(12, 11), on(12, 4))),
        ("2026-01-04 to 2026-01-05", AwayWords(AwayWord.AWAY, on(1, 4), on(1, 5))),
        ("mon to wed <@U0BOB0001>", AwayWords(AwayWord.AWAY, on(11, 30), on(12, 2), "U0BOB0001")),
        ("mon, stand-in <@U0BOB0001|bob>", AwayWords(AwayWord.AWAY, on(11, 30), on(11, 30), "U0BOB0001")),
        ("mon @bobb", AwayWords(AwayWord.AWAY, on(11, 30), on(11, 30), unknown="bobb")),
        ("everyone 24 dec to 1 jan", AwayWords(AwayWord.EVERYONE, on(12, 24), on(1, 1, 2027))),
        (
            "Everybody 24 dec to 1 jan Winter break",
            AwayWords(AwayWord.EVERYONE, on(12, 24), on(1, 1, 2027), name="Winter break"),
        ),
        ("everyone fri Offsite", AwayWords(AwayWord.EVERYONE, on(12, 4), on(12, 4), name="Offsite")),
        ("holidays germany", AwayWords(AwayWord.HOLIDAYS, name="germany")),
        ("public holidays of Germany Bayern", AwayWords(AwayWord.HOLIDAYS, name="Germany Bayern")),
    ],
)
def test_words_are_read_into_days_and_people(typed: str, expected: AwayWords) -> None:
    assert read_away(typed, TODAY) == expected


@cases(
    ("typed", "sentence"),
    [
        ("fridayy", '"fridayy" is not a date'),
        ("mon to", '"mon to" is not a date'),
        ("mon to never", '"never" is not a date'),
        ("<@U0BOB0001>", "Give the days: /abm away DATE to DATE [@who]."),
        ("mon <@U0BOB0001> <@U0ANN0001>", "Name one stand-in"),
        ("everyone", "Give the days: /abm away everyone DATE to DATE [NAME]."),
        ("everyone Winter break", "does not begin with a date"),
        ("holidays", "Name the country"),
        ("4/12", "can be read in two ways"),
        ("31 feb", "is not in the calendar"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_away(typed, TODAY)
    assert sentence in str(refused.value)
