"""Deals beside the scoreboard, by currency: open ones, those that close this quarter, and those won in the period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agendas.facts.deals import Opportunity, Phase
from agendas.facts.measures.program import Period, Program
from agendas.rules.measures.share import named_in
from agendas.rules.measures.target import MONTHS_OF_A_QUARTER, quarter_of
from agendas.text.date_forms import add_months


@dataclass(frozen=True, slots=True)
class Deals:
    """So many deals, worth so many cents; `without_amount` of them are in no sum."""

    count: int = 0
    cents: int = 0
    without_amount: int = 0


@dataclass(frozen=True, slots=True)
class CurrencyDeals:
    """Deals of one currency on named accounts, '' for those without one.

    `closing` are open ones that are to close in the calendar quarter of the period's end, `won` those won in the
    period on a known day.
    """

    currency: str
    open: Deals = Deals()
    closing: Deals = Deals()
    won: Deals = Deals()


def deal_context(program: Program) -> tuple[CurrencyDeals, ...]:
    """Return the deals of each currency, in alphabetical order; amounts of two currencies are never added up."""
    deals = [deal for each in named_in(program) for deal in each.facts.account.opportunities]
    quarter = quarter_of(program.period.last)
    standing = [deal for deal in deals if deal.is_open]
    closing = [deal for deal in standing if _closes_in(deal, quarter)]
    won = [deal for deal in deals if _is_won_in(deal, program.period)]
    currencies = sorted({deal.profile.currency for deal in (*standing, *won)})
    return tuple(CurrencyDeals(each, _sum(standing, each), _sum(closing, each), _sum(won, each)) for each in currencies)


def _sum(deals: Iterable[Opportunity], currency: str) -> Deals:
    amounts = [deal.profile.amount_cents for deal in deals if deal.profile.currency == currency]
    return Deals(len(amounts), sum(each or 0 for each in amounts), sum(each is None for each in amounts))


def _closes_in(deal: Opportunity, quarter: date) -> bool:
    closes_on = deal.profile.closes_on
    return closes_on is not None and quarter <= closes_on < add_months(quarter, MONTHS_OF_A_QUARTER)


def _is_won_in(deal: Opportunity, period: Period) -> bool:
    if deal.profile.phase is not Phase.WON or deal.closed_at is None:
        return False
    return period.begins_at < deal.closed_at <= period.ends_at
