"""Expansion by deals since a review: sold to a customer, or more open pipeline."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.deals import Opportunity, OpportunityChanged, Phase
from agendas.facts.evidence import EvidenceActor
from agendas.facts.reviews.review import Expansion
from agendas.rules.deals.progress import DealWalk, was_won


def expansions(
    before: AccountState, after: AccountState, events: Sequence[EventFacts], way: DealWalk, *, percent: int
) -> tuple[Expansion, ...]:
    """Return amounts booked and growth of the pipeline since the review, by currency: they are never added.

    Of a customer count deals of existing business that add value, won or opened since. Of others counts that the open
    amount rose by at least so many percent, by a new deal or a change of amount that the CRM's row shows; a first deal
    is no expansion.
    """
    if not after.opportunities:
        return ()
    since = way.since
    is_customer = before.stage is Stage.CUSTOMER or any(deal.profile.phase is Phase.WON for deal in way.start)
    if not is_customer:
        return _grown(after, events, way, percent)
    more = [deal for deal in after.opportunities if deal.profile.is_expansion]
    booked = [deal for deal in more if was_won(deal, since)]
    opened = [deal for deal in more if deal.is_open and _is_new(deal, way)]
    return (*_summed("booked", booked), *_summed("pipeline", opened))


def _is_new(deal: Opportunity, way: DealWalk) -> bool:
    """Return true if the deal began after the review."""
    was_there = any(each.key == deal.key for each in way.start)
    return not was_there and (way.since is None or deal.opened_at > way.since)


def _summed(kind: str, deals: Iterable[Opportunity]) -> tuple[Expansion, ...]:
    """One for each currency; deals of unknown amounts are counted, never as nothing."""
    amounts: dict[str, list[int | None]] = defaultdict(list)
    for deal in deals:
        amounts[deal.profile.currency].append(deal.profile.amount_cents)
    return tuple(
        Expansion(
            kind, currency, sum(known) if (known := [each for each in found if each is not None]) else None, len(found)
        )
        for currency, found in sorted(amounts.items())
    )


def _grown(after: AccountState, events: Sequence[EventFacts], way: DealWalk, percent: int) -> tuple[Expansion, ...]:
    shown = {
        event.change.opportunity.key
        for event in events
        if isinstance(event.change, OpportunityChanged) and _is_shown(event) and _is_within(event, way.since)
    }
    had, has = _open_amounts(way.start), _open_amounts(after.opportunities)
    started = {deal.key: deal for deal in way.start}
    found = []
    for currency in sorted(set(had) & set(has)):
        delta = has[currency] - had[currency]
        raised = [
            deal
            for deal in after.opportunities
            if deal.is_open
            and deal.profile.currency == currency
            and (_is_new(deal, way) or (deal.key in shown and _is_raised(deal, started.get(deal.key))))
        ]
        if raised and delta * 100 >= had[currency] * percent > 0:
            found.append(Expansion("pipeline", currency, delta, len(raised)))
    return tuple(found)


def _is_shown(event: EventFacts) -> bool:
    return any(piece.actor is not EvidenceActor.IN_DOUBT for piece in event.evidence)


def _is_within(event: EventFacts, since: datetime | None) -> bool:
    return since is None or event.happened_at > since


def _is_raised(deal: Opportunity, at_start: Opportunity | None) -> bool:
    if at_start is None or not at_start.is_open or at_start.profile.currency != deal.profile.currency:
        return False
    return (deal.profile.amount_cents or 0) > (at_start.profile.amount_cents or 0)


def _open_amounts(deals: Iterable[Opportunity]) -> dict[str, int]:
    """The open amount by currency."""
    amounts: dict[str, int] = defaultdict(int)
    for deal in deals:
        if deal.is_open and deal.profile.amount_cents is not None:
            amounts[deal.profile.currency] += deal.profile.amount_cents
    return dict(amounts)
