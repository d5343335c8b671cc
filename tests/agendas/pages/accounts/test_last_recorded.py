"""The part of a card with what was recorded last."""

from dataclasses import replace

from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.evidence import Evidence
from agendas.pages.accounts import HistoryLine, account_card
from agendas.rendering.page import Rows
from agendas.rendering.words import Words
from tests.agendas.pages.accounts.test_accounts import CHANGES, event
from tests.agendas.pages.reviews.sections.examples import NORMAL
from tests.builders import ago
from tests.plain import plain

WORDS = Words()


def test_what_was_recorded_twice_in_the_same_words_is_one_line_of_a_card() -> None:
    twice = tuple(HistoryLine(event(CHANGES[6], number)) for number in (1, 1, 2))
    last = next(
        item for item in reversed(account_card(NORMAL, WORDS, last_events=twice).items) if isinstance(item, Rows)
    )
    assert len(last.lines) == 2


def test_a_deal_says_its_stage_once_and_a_day_long_ago_has_no_weekday() -> None:
    deal = OpportunityChanged(OpportunityProfile("crm:1", "31 depots", "Proposal", Phase.MIDDLE))
    shown = Evidence("31 depots: Proposal in Salesforce", ago(40), kind="crm")
    entry = HistoryLine(replace(event(deal), happened_at=ago(40), evidence=(shown,)))
    card = plain(account_card(NORMAL, WORDS, last_events=(entry,)))
    (line,) = [each for each in card.splitlines() if "31 depots" in each]
    assert line.startswith("• 15 Oct ")
    assert line.count("31 depots") == 1
