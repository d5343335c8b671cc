from dataclasses import replace
from datetime import date

from agendas.facts.account import Movement, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.program import DEFAULTS
from agendas.facts.reviews import Expansion, MovementAnswer
from agendas.pages import sections
from agendas.pages.deals import DealsFacts, deals_page
from agendas.rendering.page import Page, Text
from agendas.rendering.words import Words
from agendas.rules.deals import deals_of
from tests.agendas.golden import check_pages
from tests.agendas.pages.examples import ACCOUNT, HOSTILE, LONG, NORMAL, NOW
from tests.builders import NOW as EARLIER
from tests.builders import ZONE, account, ago
from tests.cases import cases

WORDS = Words()
TODAY = date(2026, 11, 24)
MORE = OpportunityType.EXISTING_BUSINESS


def deal(number: int, name: str, phase: Phase, *, days: float = 12, pushes: int = 0, **values: object) -> Opportunity:
    """A deal in a stage called as the phase for so many days; closed then when it is won or lost."""
    defaults = {"key": f"hubspot:{number}", "name": name, "stage_name": f"Sample {phase}", "phase": phase}
    profile = OpportunityProfile(**(defaults | values))  # type: ignore[arg-type]
    closed_at = None if phase.is_open else ago(days)
    return Opportunity(profile, ago(100), ago(days), pushes, closed_at)


DEALS = (
    deal(1, "Pilot", Phase.LATE, amount_cents=12_000_000, currency="EUR", closes_on=date(2026, 12, 31), pushes=2),
    deal(2, "Rollout", Phase.EARLY, days=33, amount_cents=500_050, currency="USD", closes_on=date(2026, 11, 20)),
    deal(3, "Support", Phase.EARLY, type=MORE, next_step="Send the order form", pushes=1),
    replace(deal(4, "Found by an import", Phase.MIDDLE, amount_cents=100_00, currency="EUR"), stage_since_known=False),
    deal(5, "First seats", Phase.WON, days=400, amount_cents=4_000_000, currency="EUR"),
    deal(6, "Archive", Phase.LOST, days=20),
)


def page(*deals: Opportunity, **values: object) -> Page:
    state = account(**({"stage": Stage.OPPORTUNITY, "opportunities": deals} | values))
    answer = deals_of(state, DEFAULTS, now=EARLIER, zone=ZONE)
    return deals_page(DealsFacts(state, answer, ZONE, TODAY), WORDS)


def named(text: str, copies: int) -> tuple[Opportunity, ...]:
    """The sample deals with this text for everything that stands in the CRM."""
    return tuple(
        replace(each, profile=replace(each.profile, key=f"{each.key}-{n}", name=text, stage_name=text, next_step=text))
        for n in range(copies)
        for each in DEALS
    )


def test_the_page_says_what_its_golden_file_says() -> None:
    pages = {
        "normal": page(*DEALS),
        "empty": page(),
        "only closed ones": page(*DEALS[4:], stage=Stage.CUSTOMER),
        "without a tier": page(DEALS[0], tier=None),
        "hostile": page(*named(HOSTILE, 1)),
        "too long": page(*named(LONG, 9)),
    }
    check_pages("pages/deals", pages)


def test_open_deals_come_furthest_and_largest_first_and_closed_ones_newest_first() -> None:
    older = deal(7, "Older seats", Phase.WON, days=500)
    answer = deals_of(account(opportunities=(*DEALS, older)), DEFAULTS, now=EARLIER, zone=ZONE)
    assert [each.deal.profile.name for each in answer.open] == ["Pilot", "Found by an import", "Rollout", "Support"]
    assert [each.profile.name for each in answer.won] == ["First seats", "Older seats"]


def test_amounts_of_different_currencies_are_not_added_and_unknown_ones_are_counted() -> None:
    answer = deals_of(account(opportunities=DEALS), DEFAULTS, now=EARLIER, zone=ZONE)
    assert (answer.open_sum.amounts, answer.open_sum.unknown) == ((("EUR", 12_010_000), ("USD", 500_050)), 1)


# Deals on an agenda: reasons to intervene, the movement of the furthest one, and the total.

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
def test_a_movement_by_deals_names_their_phases(movement, phases, sentence):
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


def deal_worth(
    phase: Phase, amount_cents: int | None, currency: str = "USD", *, adds_value: bool = True
) -> Opportunity:
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


EARLY, LATE, WON = (
    deal_worth(Phase.EARLY, 3_000_000, "EUR"),
    deal_worth(Phase.LATE, 9_000_000),
    deal_worth(Phase.WON, 4_000_000),
)
FURTHEST = "Furthest deal: Pilot · Sample stage · USD 90,000"


@cases(
    ("deals", "said"),
    [
        ((), []),
        ((LATE,), [FURTHEST]),
        ((LATE, EARLY, WON), [FURTHEST, "2 open deals: EUR 30,000 and USD 90,000. Won so far: 1 deal, USD 40,000."]),
        ((LATE, deal_worth(Phase.EARLY, None)), [FURTHEST, "2 open deals: USD 90,000, and 1 deal of unknown amount."]),
        ((LATE, WON), [FURTHEST, "1 open deal: USD 90,000. Won so far: 1 deal, USD 40,000."]),
        ((WON, deal_worth(Phase.LOST, 100)), ["No open deal. Won so far: 1 deal, USD 40,000."]),
    ],
)
def test_an_agenda_says_what_deals_are_worth_where_the_furthest_is_not_all_of_them(deals, said):
    assert lines(*deals) == said


def test_details_say_the_stage_and_the_deals_own_one_against_its_limit() -> None:
    deal_in_stage = replace(NORMAL.placement.stall, phase=Phase.LATE, days_in_stage=20, stage_limit_days=30)
    item = replace(NORMAL, placement=replace(NORMAL.placement, stall=deal_in_stage))
    account = replace(ACCOUNT, opportunities=(LATE,), stage=Stage.OPPORTUNITY)
    [said] = sections.header_section(replace(item, facts=replace(item.facts, account=account)), Words())
    assert isinstance(said, Text)
    assert "Opportunity · Sample stage 20/30 d · buyer silent " in said.mrkdwn
