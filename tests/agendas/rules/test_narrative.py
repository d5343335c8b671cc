from dataclasses import replace

import pytest

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.narrative import Narrative, NarrativeVersion
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rules.narrative import EXAMPLE, NarrativeGap, narrative_gap, refuse_wrong
from tests.builders import ANN, NOW, ZONE, account, ago, profile
from tests.cases import cases

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


@cases(
    "pressure",
    [
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
        "Claims handling takes weeks where others take days.",
        "Acme Corp is opening plants faster than it can staff them.",
        "Their parent is selling the division and wants clean books first.",
        "New owners expect them to double revenue without hiring.",
        "Their customers want same-day delivery and nobody else in the region offers it.",
        "Der Vorstand muss die Kosten senken bis Jahresende",
        "Les clients veulent des livraisons dans la journée",
        "The new CFO cuts IT spend by 40%",
        "Heard from our partner that their CFO quits in May",
        "As our reseller says, they lose two sites",
        "They switch to Initech's rival by March",
        "Acme Corp is a great fit",
        "They are the market leader in retail and very interested",
        "They have 4000 employees in Berlin",
        "Acme Corp hires 300 people a month and trains each by hand",
        "Acme wants a demo of the platform",
        "to be written",
        "Acme will love Cadence because it is great",
        "Cadence 365 is the best tool on the market",
        "Seamless onboarding in 5 days, industry-leading support",
        "The leading AI platform, used by 500 customers since 2019.",
        "Cadence cuts audit time by 40%",
        "Globex cuts delivery time by 40%",
        "Cadence helps Acme grow 30% faster",
        "Cadence helps revenue teams grow 30% faster.",
        "A leading provider of planning software since 2009",
        "The solution saves 40 hours a week",
        "A platform that enables teams to cut costs",
        "Software for revenue teams, 30% faster",
        "Trusted by 500 brands because it works",
        "New software that automates underwriting lets rivals quote in a minute",
        "Drivers quit every month. We have a great scheduler and our customers love it.",
        "Analysts say nights are unstaffed, which we could fix with our scheduler",
        "Our platform cuts their costs by 30%",
        "We must win Acme by March because our quarter depends on it",
        "I can cut the cost of their audits",
        "Initech saves Acme money",
    ],
)
def test_a_pressure_that_may_be_one_is_taken(pressure: str) -> None:
    assert refusal_of(pressure) == ""


@cases(
    "pressure",
    [
        "Our platform cuts costs by 30%",
        "We offer an award-winning suite with 200 integrations",
        "We are the market leader, and I'm proud of it",
        "My product reduces risk.",
        "Initech is fast, Initech is loved",
    ],
)
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
