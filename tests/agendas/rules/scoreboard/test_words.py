"""Words after /abm scoreboard: those of the list, and a play, a missing narrative, a month."""

from datetime import date

import pytest

from agendas.errors import NotUnderstood, Unclear
from agendas.facts.account import ListStatus
from agendas.facts.found import AccountFilter, AccountStanding, ScoreboardFilter
from agendas.rules.scoreboard import Known, ScoreboardWords, read_scoreboard, written_scoreboard
from tests.cases import cases

ANN = "U0ANN0001"
PLAYS = {"executive_meeting": "Executive meeting", "second_thread": "Second thread", "own_1": "Plant tour"}
KNOWN = Known(
    ANN,
    ("Retail & Food", "October", "Public", *(f"{'s' * 9}{number}" for number in range(99))),
    {ANN: "Ann Sample"},
    PLAYS,
)
TODAY = date(2026, 11, 27)
STALLED = AccountStanding.STALLED


def read(text: str) -> ScoreboardWords:
    return read_scoreboard(text, KNOWN, today=TODAY)


def asked(month: str = "", *plays: str, narrative: bool = False, **values: object) -> ScoreboardWords:
    return ScoreboardWords(month, ScoreboardFilter(AccountFilter(**values), plays, narrative))


@cases(
    ("text", "wanted"),
    [
        ("", asked()),
        ("tier 1, stalled", asked(tiers=(1,), states=(STALLED,))),
        ("2026-10", asked("2026-10")),
        ("tier 1 in october", asked("october", tiers=(1,))),
        ("last month stalled", asked("last month", states=(STALLED,))),
        ("oct 2026 mine", asked("oct 2026", people=(ANN,))),
        ("2027-03", asked("2027-03")),
        ("2026-10-15 stalled", asked("2026-10-15", states=(STALLED,))),
        ("yesterday stalled", asked("yesterday", states=(STALLED,))),
        ("tier 1 on 15 oct", asked("15 oct", tiers=(1,))),
        ("stalled the day before yesterday", asked("the day before yesterday", states=(STALLED,))),
        ("2 weeks ago mine", asked("2 weeks ago", people=(ANN,))),
        ("play executive meeting", asked("", "executive_meeting")),
        ("play Executive", asked("", "executive_meeting")),
        ("play “second thread” tier 2", asked("", "second_thread", tiers=(2,))),
        ("play second_thread, play plant tour stalled", asked("", "second_thread", "own_1", states=(STALLED,))),
        ("narrative missing t1", asked(narrative=True, tiers=(1,))),
        ("tier 1 without a narrative", asked(narrative=True, tiers=(1,))),
        ('segment "october"', asked(segments=("October",))),
        ("segment october stalled", asked(segments=("October",), states=(STALLED,))),
        ('"retail &amp; food" narrative missing', asked(narrative=True, segments=("Retail & Food",))),
        ("paused", asked(statuses=(ListStatus.PAUSED,))),
    ],
)
def test_words_are_read_into_what_they_name_and_back(text: str, wanted: ScoreboardWords) -> None:
    assert read(text) == wanted
    assert read(written_scoreboard(wanted.month, wanted.wanted)) == wanted


@cases(
    ("text", "sentence", "offers"),
    [
        ("stalld", '"stalld" is no filter of the scoreboard. Did you mean stalled?', ["stalled", ""]),
        (
            "2026-10 play second thread stalld",
            "Did you mean stalled?",
            ["2026-10 play second_thread stalled", ""],
        ),
        ("narative missing", "Did you mean narrative missing?", ["narrative missing", ""]),
        ("play exekutive meeting", "is no play of the library. Did you mean Executive meeting?", None),
        ("play zebra", '"zebra" is no play of the library. See them with /abm plays.', [""]),
        ("stalled play", "A play has to be named", [""]),
        ("🚀 tier 1", "Write a tier, a state", ["tier 1", ""]),
    ],
)
def test_a_word_that_means_nothing_is_named_with_the_nearest(
    text: str, sentence: str, offers: list[str] | None
) -> None:
    with pytest.raises(Unclear) as refused:
        read(text)
    assert sentence in str(refused.value)
    if offers is not None:
        commands = [each.command for each in refused.value.offers]
        assert commands == [f"/abm scoreboard {words}".strip() for words in offers]
        assert refused.value.offers[-1].label == "The whole scoreboard"


@cases(
    ("text", "sentence"),
    [
        ("2026-10 2026-11", 'The scoreboard is of one month: "2026-10" or "2026-11".'),
        ("candidates", "Named and paused accounts are on the scoreboard; for others see /abm list candidates."),
        (f"{'play second thread, ' * 2} play {'x' * 9}", '"xxxxxxxxx" is no play'),
        (", ".join(f"segment {'s' * 9}{number}" for number in range(99)), "more words than a filter can have"),
        ("removed", "for others see /abm list removed."),
    ],
)
def test_what_the_scoreboard_does_not_hold_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(text)
    assert sentence in str(refused.value)
