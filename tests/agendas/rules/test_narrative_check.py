from dataclasses import replace

import pytest

from agendas.errors import FieldProblems
from agendas.program_settings import DEFAULTS, ProgramSettings
from agendas.rules.narrative_age import NarrativeGap, narrative_gap
from agendas.rules.narrative_check import EXAMPLE, refuse_wrong, what_is_against
from agendas.subjects.narrative import Narrative, NarrativeVersion
from tests.builders import ANN, NOW, ZONE, account, ago, profile

ACME = account(profile=profile("Acme Corp", aliases=("AC",)))
GOOD = Narrative(
    "Their lease ends in March", "Two sites are enough", "Globex did it in 9 weeks", "A day with their COO"
)


@pytest.mark.parametrize(
    "pressure",
    [
        EXAMPLE,
        "Acme must halve its energy use before the new tariff",
        "They lose every third driver within a year",
        "Two plants are closing and the orders stay",
        "The CFO wants 12% less spend by Q3",
        "We heard that Acme must sell a division by June",
        "They told us that our contact has to report to their regulator monthly",
        "The EU AI act applies to them from August 2027",
        "The US tariff makes their parts more expensive",
        "Acme's rivals deliver the next day; we can help",
        "New owners want costs down",
        "Ihre Prüfer kommen im März und 14 Werke haben keine Zahlen",
        "Their legacy platform fails every second audit",
        "The old tool cuts off at 400 orders and is out of support in May",
        "A rival's platform cuts prices by 20%",
        "A product recall costs 3 million",
        "Customers leave because deliveries are late",
        "My contact says that 40 depots close in June",
        "I heard from the COO that overtime must fall",
        "Phase I of the merger ends in March",
        "Nothing helps against the shortage of drivers",
        "The subsidy that helps them ends in March",
        "Acme lets 400 people go by March",
        "New law allows customers to leave from 2027",
        "Auditors due 5 May",
        "Acme must report emissions from 2027; our platform helps",
        "Their competitors' platform cuts costs by a third",
        "The CRM software is out of support in May",
        "A new law enables companies to switch in 24 hours",
        "Service cuts in March hit 40 towns",
        "The service delivers late in 12 cities",
        "規制当局は2027年3月までに報告を求めている",
    ],
)
def test_a_pressure_of_the_account_is_let_through(pressure: str) -> None:
    assert what_is_against(pressure, ACME) == ""


@pytest.mark.parametrize(
    "pressure",
    [
        "Acme Corp is a great fit",
        "They are the market leader in retail and very interested",
        "Digital transformation",
        "AC",
        "to be written",
    ],
)
def test_a_text_without_anything_that_presses_is_refused_with_what_is_missing_and_an_example(pressure: str) -> None:
    said = what_is_against(pressure, ACME)
    assert said.startswith(f'"{pressure}" names nothing that presses Acme Corp: no number, no date, no cause')
    assert EXAMPLE in said


@pytest.mark.parametrize(
    "pressure",
    [
        "Our platform cuts costs by 30%",
        "Our platform cuts their costs by 30%",
        "We offer an award-winning suite with 200 integrations",
        "We must win Acme by March because our quarter depends on it",
        "Seamless onboarding in 5 days, industry-leading support",
        "Cadence helps revenue teams grow 30% faster.",
        "Cadence helps Acme grow 30% faster",
        "The leading AI platform, used by 500 customers since 2019.",
        "A leading provider of planning software since 2009",
        "My product reduces risk.",
        "The solution saves 40 hours a week",
        "A platform that enables teams to cut costs",
        "Software for revenue teams, 30% faster",
        "Trusted by 500 brands because it works",
        "I can cut the cost of their audits",
    ],
)
def test_a_text_that_describes_us_is_refused(pressure: str) -> None:
    assert "describes us more than Acme Corp. What we offer belongs under our point of view." in what_is_against(
        pressure, ACME
    )


@pytest.mark.parametrize("pressure", ["1", "Because.", "2027", "must 2027!", "30% by 2027", "Risk. Cost."])
def test_a_word_or_a_number_alone_is_refused(pressure: str) -> None:
    said = what_is_against(pressure, ACME)
    assert said.startswith(f'"{pressure}" is too short to say what presses Acme Corp. Write what forces them to act')


def test_a_number_that_is_part_of_the_accounts_name_presses_nobody() -> None:
    assert what_is_against("Studio 54 is nice", account(profile=profile("Studio 54")))
    assert what_is_against("Studio 54 is fined", account(profile=profile("Studio 54"))) == ""


def test_empty_and_too_long_fields_are_refused_beside_them() -> None:
    refuse_wrong(GOOD, ACME)
    refuse_wrong(replace(GOOD, proof=""), ACME)
    with pytest.raises(FieldProblems) as refused:
        refuse_wrong(Narrative("", " ", "p" * 10_000, ""), ACME)
    assert refused.value.fields == {
        "pressure": f'Say what presses Acme Corp, as in: "{EXAMPLE}"',
        "point_of_view": "Say in a sentence how we see it.",
        "proof": "The proof has 10,000 characters; write at most 3,000.",
        "ask": "Say in a sentence what we ask of them.",
    }
    with pytest.raises(FieldProblems, match="The pressure has 10,000 characters; write at most 3,000"):
        refuse_wrong(replace(GOOD, pressure="They must go. " * 714 + "Now."), ACME)


def written(days: float) -> NarrativeVersion:
    return NarrativeVersion(GOOD, 1, ago(days), ANN)


@pytest.mark.parametrize(
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
