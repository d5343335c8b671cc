"""Deals on an agenda: reasons to intervene, the movement of the furthest one, and the total."""

from dataclasses import replace

from agendas.facts.account import Movement, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.reviews import Expansion, MovementAnswer
from agendas.pages import sections
from agendas.rendering.page import Text
from agendas.rendering.words import Words
from tests.agendas.pages.reviews.sections.examples import ACCOUNT, NORMAL, NOW
from tests.cases import cases

WORDS = Words()
SAME = (Stage.OPPORTUNITY, Stage.OPPORTUNITY)


@cases(
    ("reason", "sentence"),
    [
        (("only_deal_lost", 0, 0), "its only open deal was lost"),
        (("deal_back", 2, 0), "its furthest deal moved back 2 phases"),
        (("closes_soon", 3, 30), "a deal closes in 3 days and no economic buyer is engaged"),
        (("closes_soon", 0, 30), "a deal closes today and no economic buyer is engaged"),
        (("close_date_past", 1, 0), "the close date of an open deal was 1 day ago"),
        (("close_date_pushed", 3, 2), "a close date was pushed 3 times"),
    ],
)
def test_every_reason_is_a_sentence_with_its_number(reason: tuple[str, int, int], sentence: str) -> None:
    assert WORDS.say("agenda.reasons", reasons=(reason,)) == sentence


@cases(
    ("movement", "phases", "sentence"),
    [
        (Movement.ADVANCED, (None, Phase.EARLY), "A deal opened, with evidence."),
        (Movement.ADVANCED, (Phase.LATE, Phase.WON), "Closed won, with evidence."),
        (Movement.ADVANCED, (Phase.EARLY, Phase.LATE), "Deal early → late, with evidence."),
        (Movement.REGRESSED, (Phase.LATE, None), "Closed lost."),
        (Movement.REGRESSED, (Phase.LATE, Phase.EARLY), "Deal late → early: moved back."),
    ],
)
def test_a_movement_by_deals_names_their_phases(
    movement: Movement, phases: tuple[Phase | None, Phase | None], sentence: str
) -> None:
    answer = MovementAnswer(movement, *SAME, "", from_phase=phases[0], to_phase=phases[1], by_deals=True)
    assert WORDS.say("agenda.movement_said", answer=answer) == sentence


@cases(
    ("expansion", "sentence"),
    [
        (Expansion("booked", "EUR", 5_000_000, 1), "Booked EUR 50,000 more with 1 deal."),
        (Expansion("booked", "", None, 2), "Booked 2 deals of unknown amount."),
        (Expansion("pipeline", "USD", 1_000_050, 2), "Pipeline grew by USD 10,000.50 with 2 deals."),
        (Expansion("pipeline", "", None, 1), "Pipeline: 1 deal of unknown amount opened."),
    ],
)
def test_an_expansion_says_its_kind_and_by_how_much(expansion: Expansion, sentence: str) -> None:
    flags = frozenset({"expanded", "opportunity_lost"})
    answer = MovementAnswer(Movement.UNCHANGED, *SAME, "expanded", flags, expansions=(expansion,))
    assert WORDS.say("agenda.flags", answer=answer) == f"A deal was lost. {sentence}"


def deal(phase: Phase, amount_cents: int | None, currency: str = "USD", *, adds_value: bool = True) -> Opportunity:
    key, kind = f"salesforce:{phase}{amount_cents}{currency}", OpportunityType.EXISTING_BUSINESS
    profile = OpportunityProfile(
        key, "Pilot", "Sample stage", phase, kind, amount_cents, currency, adds_value=adds_value
    )
    return Opportunity(profile, NOW, NOW)


def lines(*deals: Opportunity, stage: Stage = Stage.OPPORTUNITY) -> list[str]:
    """Return the lines of the agenda's header that follow the account's days in its stage."""
    account = replace(ACCOUNT, opportunities=deals, stage=stage)
    [said] = sections.header_section(replace(NORMAL, facts=replace(NORMAL.facts, account=account)), Words())
    assert isinstance(said, Text)
    return said.mrkdwn.splitlines()[3:]


EARLY, LATE, WON = deal(Phase.EARLY, 3_000_000, "EUR"), deal(Phase.LATE, 9_000_000), deal(Phase.WON, 4_000_000)
FURTHEST = "Furthest deal: Pilot · Sample stage · USD 90,000"


@cases(
    ("deals", "said"),
    [
        ((), []),
        ((LATE,), [FURTHEST]),
        ((LATE, EARLY, WON), [FURTHEST, "2 open deals: EUR 30,000 and USD 90,000. Won so far: 1 deal, USD 40,000."]),
        ((LATE, deal(Phase.EARLY, None)), [FURTHEST, "2 open deals: USD 90,000, and 1 deal of unknown amount."]),
        ((LATE, WON), [FURTHEST, "1 open deal: USD 90,000. Won so far: 1 deal, USD 40,000."]),
        ((WON, deal(Phase.LOST, 100)), ["No open deal. Won so far: 1 deal, USD 40,000."]),
    ],
)
def test_an_agenda_says_what_deals_are_worth_where_the_furthest_is_not_all_of_them(
    deals: tuple[Opportunity, ...], said: list[str]
) -> None:
    assert lines(*deals) == said


def test_details_say_the_stage_and_the_deals_own_one_against_its_limit() -> None:
    deal_in_stage = replace(NORMAL.placement.stall, phase=Phase.LATE, days_in_stage=20, stage_limit_days=30)
    item = replace(NORMAL, placement=replace(NORMAL.placement, stall=deal_in_stage))
    account = replace(ACCOUNT, opportunities=(LATE,), stage=Stage.OPPORTUNITY)
    [said] = sections.header_section(replace(item, facts=replace(item.facts, account=account)), Words())
    assert isinstance(said, Text)
    assert "Opportunity · Sample stage 20/30 d · buyer silent " in said.mrkdwn
