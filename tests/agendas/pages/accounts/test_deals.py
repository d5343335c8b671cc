from dataclasses import replace
from datetime import date

from agendas.facts.account import Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.program import DEFAULTS
from agendas.pages.deals import DealsFacts, deals_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.deals import deals_of
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import HOSTILE, LONG
from tests.builders import NOW, ZONE, account, ago

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
    answer = deals_of(state, DEFAULTS, now=NOW, zone=ZONE)
    return deals_page(DealsFacts(state, answer, ZONE, TODAY), WORDS)


def named(text: str, copies: int) -> tuple[Opportunity, ...]:
    """The sample deals with this text for everything that stands in the CRM."""
    return tuple(
        replace(
            each,
            profile=replace(each.profile, key=f"{each.key}-{n}", name=text, stage_name=text, next_step=text),
        )
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
    for each in pages.values():
        check_messages(messages(each))
    check_golden("pages/deals", "\n".join(drawn(kind, each) for kind, each in pages.items()))


def test_open_deals_come_furthest_and_largest_first_and_closed_ones_newest_first() -> None:
    older = deal(7, "Older seats", Phase.WON, days=500)
    answer = deals_of(account(opportunities=(*DEALS, older)), DEFAULTS, now=NOW, zone=ZONE)
    assert [each.deal.profile.name for each in answer.open] == ["Pilot", "Found by an import", "Rollout", "Support"]
    assert [each.profile.name for each in answer.won] == ["First seats", "Older seats"]


def test_amounts_of_different_currencies_are_not_added_and_unknown_ones_are_counted() -> None:
    answer = deals_of(account(opportunities=DEALS), DEFAULTS, now=NOW, zone=ZONE)
    assert (answer.open_sum.amounts, answer.open_sum.unknown) == ((("EUR", 12_010_000), ("USD", 500_050)), 1)
