from dataclasses import replace

import pytest

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.narrative import Narrative, NarrativeVersion
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rules.narrative import EXAMPLE, NarrativeGap, narrative_gap, refuse_wrong
from tests.builders import ANN, NOW, ZONE, account, ago, profile
from tests.cases import cases, texts

ACME = account(profile=profile("Acme Corp", aliases=("AC",)))
GOOD = Narrative(
    "Their lease ends in March", "Two sites are enough", "Globex did it in 9 weeks", "A day with their COO"
)


def refusal_of(pressure: str, state: AccountState = ACME, us: str = "Initech GmbH") -> str:
    """The sentence that refuses it as a pressure of the account, '' when it is taken."""
    try:
        refuse_wrong(replace(GOOD, pressure=pressure), state, us=us)
    except FieldProblems as refused:
        return refused.fields["pressure"]
    return ""


@texts("pressure")
def test_a_pressure_that_may_be_one_is_taken(pressure: str) -> None:
    assert refusal_of(pressure) == ""


@texts("pressure")
def test_a_text_that_speaks_of_us_alone_is_refused_with_an_example(pressure: str) -> None:
    assert refusal_of(pressure) == (
        f'"{pressure}" speaks of us alone, not of Acme Corp. What we offer belongs under our point of view. '
        f'Write what forces them to act, as in: "{EXAMPLE}"'
    )


@cases("pressure", ["1", "Because.", "2027", "must 2027!", "30% by 2027", "Risk. Cost.", "AC"])
def test_a_word_or_a_number_alone_is_refused(pressure: str) -> None:
    said = (
        f'"{pressure}" is too short to name the business pressure on Acme Corp. Write what forces them to act, as in: '
    )
    assert refusal_of(pressure) == f'{said}"{EXAMPLE}"'


def test_the_workspaces_name_is_ours_unless_the_account_has_it_too() -> None:
    said = "Initech serves retailers in 40 towns"
    assert refusal_of(said, us="Initech Sales Team")
    assert not refusal_of(said, us="Sales")
    assert not refusal_of(said, account(profile=profile("Initech")), us="Initech")


def test_empty_and_too_long_fields_are_refused_beside_them() -> None:
    refuse_wrong(GOOD, ACME)
    refuse_wrong(replace(GOOD, proof=""), ACME)
    with pytest.raises(FieldProblems) as refused:
        refuse_wrong(Narrative("", " ", "p" * 10_000, ""), ACME)
    assert refused.value.fields == {
        "pressure": f'Name the business pressure on Acme Corp, as in: "{EXAMPLE}"',
        "point_of_view": "State our point of view in a sentence.",
        "proof": "The proof has 10,000 characters; write at most 3,000.",
        "ask": "State our ask in a sentence.",
    }
    with pytest.raises(FieldProblems, match="The pressure has 10,000 characters; write at most 3,000"):
        refuse_wrong(replace(GOOD, pressure="They must go. " * 714 + "Now."), ACME)


def written(days: float) -> NarrativeVersion:
    return NarrativeVersion(GOOD, 1, ago(days), ANN)


@cases(
    ("tier", "days", "gap"),
    [
        (1, None, NarrativeGap(None, 0, 100)),
        (2, None, NarrativeGap(None, 0, 100)),
        (3, None, None),
        (None, None, None),
        (1, 100, None),
        (1, 101, NarrativeGap(ago(101), 101, 100)),
        (3, 101, NarrativeGap(ago(101), 101, 100)),
    ],
)
def test_tiers_1_and_2_lack_a_narrative_and_every_tier_may_have_an_old_one(tier, days, gap) -> None:
    state = account(tier=tier, narrative=None if days is None else written(days))
    assert narrative_gap(state, DEFAULTS, now=NOW, zone=ZONE) == gap


def test_how_old_it_may_be_is_a_setting() -> None:
    settings = ProgramSettings((("list.narrative", 30),))
    gap = narrative_gap(account(narrative=written(31)), settings, now=NOW, zone=ZONE)
    assert gap == NarrativeGap(ago(31), 31, 30)
