"""Expansion between two reviews, written from the definitions alone."""

from collections import defaultdict

from agendas.facts.deals import Phase
from tests.naive.rules.counting import judged, pieces_of
from tests.naive.rules.deals import Deal
from tests.naive.rules.movement import Period, counted
from tests.naive.rules.steps import deal_path

GROWTH_PERCENT = 20


def expansions(period: Period) -> dict[tuple[str, str], int | None]:
    """Amounts booked and growth of the pipeline, in cents by kind and currency; None where no amount is known."""
    if period.state.status != "named":
        return {}
    period = counted(period)
    before = period.state_before
    deals = deal_path(period.events, period.since).deals_at_start
    was_customer = before.stage == "customer" or any(_is_won(deal) for deal in deals.values())
    return _of_customer(period) if was_customer else _of_others(period)


def _is_won(deal: Deal) -> bool:
    return deal.profile.phase is Phase.WON


def _of_customer(period: Period) -> dict[tuple[str, str], int | None]:
    """Existing business that adds value: won inside the period, or opened in it and still open."""
    found = defaultdict(list)
    start = deal_path(period.events, period.since).deals_at_start
    for key, deal in period.state.deals.items():
        if deal.profile.is_expansion:
            if _is_won(deal) and deal.closed_at and deal.closed_at > period.since:
                found["booked", deal.profile.currency].append(deal.profile.amount_cents)
            if deal.is_open and deal.opened_at > period.since and key not in start:
                found["pipeline", deal.profile.currency].append(deal.profile.amount_cents)
    return {key: _sum(amounts) for key, amounts in found.items()}


def _sum(amounts: list[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _of_others(period: Period) -> dict[tuple[str, str], int | None]:
    """The open amount of a currency rose by a fifth, by a new deal or by a change of amount that something shows.

    An unknown amount is not 0: one that became known did not rise. Nor did a deal that is open again.
    """
    start, now = deal_path(period.events, period.since).deals_at_start, period.state.deals
    found = {}
    for currency in {deal.profile.currency for deal in now.values()}:
        was = sum(_open_amount(deal, currency) for deal in start.values())
        rose = sum(_rise(start.get(key), deal, currency) for key, deal in now.items() if _counts(key, deal, period))
        fell = sum(_fall(deal, now.get(key), currency) for key, deal in start.items())
        if was > 0 and (rose - fell) * 100 >= was * GROWTH_PERCENT:
            found["pipeline", currency] = rose - fell
    return found


def _counts(key: str, deal: Deal, period: Period) -> bool:
    return deal.opened_at > period.since or _is_shown(key, period)


def _rise(old: Deal | None, deal: Deal, currency: str) -> int:
    if old is None:
        return _open_amount(deal, currency)
    was_comparable = old.is_open and old.profile.currency == currency and old.profile.amount_cents is not None
    return max(0, _open_amount(deal, currency) - _open_amount(old, currency)) if was_comparable else 0


def _fall(old: Deal, deal: Deal | None, currency: str) -> int:
    return max(0, _open_amount(old, currency) - (_open_amount(deal, currency) if deal else 0))


def _open_amount(deal: Deal, currency: str) -> int:
    is_counted = deal.is_open and deal.profile.currency == currency
    return (deal.profile.amount_cents or 0) if is_counted else 0


def _is_shown(key: str, period: Period) -> bool:
    """True if a row of the CRM told since shows the deal as it is now."""
    rows = [
        event
        for event in judged(period.events)
        if event.change.kind == "opportunity_changed" and event.change.opportunity.key == key
    ]
    is_told = bool(rows) and rows[-1].recorded_at > period.since
    return is_told and any(piece.is_row for piece in pieces_of(rows[-1]))
