"""The deals of one account: what is open by phase, what was won and lost, and what it is worth by currency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from agendas.facts.account import AccountState
from agendas.facts.deals import Opportunity
from agendas.pages.updates import RecordedFacts, update_lines
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Heading, Item, Note, Page, Rows, Text
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
    account, deals = facts.account, facts.deals
    items: list[Item] = [Heading(words.raw("deals.heading", name=account.name))]
    items.append(Text(words.say("deals.summary", deals=deals)))
    for phase, of_phase in groupby(deals.open[:OPEN_SHOWN], key=lambda each: each.deal.profile.phase):
        lines = [words.say("deals.open_line", line=each, zone=facts.zone, today=facts.today) for each in of_phase]
        items.append(Rows((words.say("deals.phase", phase=phase), *lines)))
    if len(deals.open) > OPEN_SHOWN:
        items.append(Note(words.say("deals.more_open", count=len(deals.open) - OPEN_SHOWN)))
    items += _closed("won", deals.won, facts, words)
    items += _closed("lost", deals.lost, facts, words)
    title = words.raw("deals.title", name=account.name, deals=deals)
    return Page(title, tuple(items), key=f"deals-{account.account_id}")


def _closed(kind: str, deals: tuple[Opportunity, ...], facts: DealsFacts, words: Words) -> Iterator[Item]:
    if deals:
        shown = deals[:CLOSED_SHOWN]
        lines = [
            words.say(
                "deals.closed_line",
                deal=deal,
                zone=facts.zone,
                today=facts.today,
                close_date=other_close_date(deal, facts.zone),
            )
            for deal in shown
        ]
        yield Rows((words.say("deals.closed_label", kind=kind, count=len(deals), shown=len(shown)), *lines))
