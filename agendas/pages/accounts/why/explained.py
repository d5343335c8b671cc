"""Why an account is in its bucket, and how its scores come about: every rule, reason, limit and entry behind them."""

from collections.abc import Iterator

from agendas.facts.account import ListStatus
from agendas.facts.events import BlockerOpened, Decided, Moved, NothingMoved
from agendas.facts.evidence import EvidenceAdded, WaitingSet
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.review import Placement
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals.moved_deal import moved_deal
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.fit.score import fit_of
from agendas.rules.group.coverage import buying_group
from agendas.rules.history.corrections import standing
from agendas.rules.reviews.explained import Explanation, explain
from agendas.text.days import local_date

ENTRIES_SHOWN = 8
"""Entries told; the history has the rest."""

TELLING = (Moved, NothingMoved, EvidenceAdded, BlockerOpened, Decided, WaitingSet)
"""Changes by which an account is placed, and which tell what happened in their own words."""


def explained_page(facts: AgendaFacts, placement: Placement, words: Words, *, month: str = "") -> Page:
    """The explanation alone, over a month where one is given, else since the last held review."""
    account = facts.account
    heading = words.raw("explained.heading", name=account.name, placement=placement)
    buttons = tuple(
        labelled(words, action, str(account.account_id))
        for action in ("account.open", "account.details", "account.history")
    )
    items = (Heading(heading), *explanation(facts, placement, words, month=month), Buttons(buttons))
    return Page(heading, items, key=f"explained-{account.account_id}")


def explanation(facts: AgendaFacts, placement: Placement, words: Words, *, month: str = "") -> tuple[Item, ...]:
    """Each bucket in turn with what decides it, the entries behind it, then the scores with their formulas."""
    if facts.account.list_status is not ListStatus.NAMED:
        return (Text(words.say("explained.off_list", account=facts.account)), *_scores(facts, words))
    today = local_date(facts.now, facts.zone)
    found = explain(facts, placement)
    since = words.say("explained.since", month=month, reviewed_on=facts.reviewed_on, today=today)
    return (Rows((since, *_tests(facts, found, words))), *_entries(facts, words), *_scores(facts, words))


def _tests(facts: AgendaFacts, found: Explanation, words: Words) -> Iterator[str]:
    account, stall, moved = facts.account, found.placement.stall, found.placement.movement
    today, deal = local_date(facts.now, facts.zone), furthest_deal(account)
    needs, stalled, expanded, advanced, new = found.tests
    yield from words.lines("explained.intervention", test=needs, account=account, today=today)
    yield from words.lines("explained.stalled", test=stalled, account=account, deal=deal, stall=stall, today=today)
    yield words.say("explained.expanded", test=expanded, expansions=moved.expansions)
    deal_moved = moved_deal(account, moved, since=facts.since)
    yield words.say("explained.advanced", test=advanced, answer_of_movement=moved, deal=deal_moved)
    yield words.say("explained.new", test=new)


def _entries(facts: AgendaFacts, words: Words) -> tuple[Item, ...]:
    """The entries of the period that tell how it moved, newest first."""
    told = [event for event in reversed(standing(facts.events)) if isinstance(event.change, TELLING)]
    if not told:
        return ()
    shown, today = told[:ENTRIES_SHOWN], local_date(facts.now, facts.zone)
    more = len(told) - len(shown)
    return (Rows(words.lines("explained.entries", shown=shown, zone=facts.zone, today=today, more=more)),)


def _scores(facts: AgendaFacts, words: Words) -> tuple[Item, ...]:
    """Fit, engagement and buying group with what they are made of; what is not recorded is left out."""
    lines: list[str] = []
    answer = fit_of(facts.account.fit, facts.settings)
    if known := [part for part in answer.criteria if part.score is not None]:
        weights = sum(part.weight for part in known)
        lines.append(words.say("explained.fit", known=known, answer=answer, weights=weights))
    engaged = facts.engagement
    if engaged is not None and engaged.last_signal_at is not None:
        lines.append(words.say("explained.engagement", engaged=engaged))
    group = buying_group(facts.account, facts.settings, today=local_date(facts.now, facts.zone))
    if group.lines:
        lines.append(words.say("explained.group", group=group))
    return (Rows(tuple(lines)),) if lines else ()
