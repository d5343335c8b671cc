"""The deals of one account: what is open by phase, what was won and lost, and what it is worth by currency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from agendas.facts.account import AccountState
from agendas.pages.updates import RecordedFacts, update_lines
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Item, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals import DealsAnswer, other_close_date

# The answer to Confirm all: the steps recorded from deals of the CRM, and the proposals that were left out.

SHOWN = 20
"""Steps with their Undo, and proposals left out, on one page."""


def confirmed_stages_page(found: Sequence[RecordedFacts], left_out: Sequence[str], words: Words) -> Page:
    """Return how many were confirmed, each with Undo and what it leaves open, and why others were left out.

    The reasons are raw sentences.
    """
    sentence = words.say("deals.confirmed", count=len(found))
    items: list[Item] = [Text(sentence), *update_lines(found[:SHOWN], words)]
    if len(found) > SHOWN:
        items.append(Text(words.say("deals.more_confirmed", count=len(found) - SHOWN)))
    if left_out:
        more = max(0, len(left_out) - SHOWN)
        items.append(Rows(words.lines("deals.left_out", reasons=left_out[:SHOWN], more=more)))
    key = f"confirmed-{found[0].event.id}" if found else "confirmed"
    return Page(read(sentence), tuple(items), key=key)


OPEN_SHOWN = 15
CLOSED_SHOWN = 5
"""Open deals, and won and lost deals each, on one page. The CRM has all of them."""


@dataclass(frozen=True, slots=True)
class DealsFacts:
    account: AccountState
    deals: DealsAnswer
    zone: str
    today: date


def deals_page(facts: DealsFacts, words: Words) -> Page:
    """Sums first, then each open deal with its age against its limit, then the latest won and lost ones."""
    deals = facts.deals
    phases = groupby(deals.open[:OPEN_SHOWN], key=lambda each: each.deal.profile.phase)
    won, lost = (
        [(deal, other_close_date(deal, facts.zone)) for deal in closed[:CLOSED_SHOWN]]
        for closed in (deals.won, deals.lost)
    )
    return words.page(
        "deals",
        facts,
        key=f"deals-{facts.account.account_id}",
        phases=[(phase, list(lines)) for phase, lines in phases],
        open_shown=OPEN_SHOWN,
        won=won,
        lost=lost,
    )
