"""Pipeline velocity by currency: what the open pipeline brings in a day, by the standard formula."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from agendas.facts.deals import Opportunity, Phase
from agendas.facts.measures.program import Period, Program
from agendas.rules.measures.share import Ids, Share, named_in
from agendas.text.days import days_between

TRAILING_DAYS = 365
"""Deals closed in so many days are looked at."""

AccountDeal = tuple[int, Opportunity]
"""A deal, after the id of its account."""


@dataclass(frozen=True, slots=True)
class PipelineVelocity:
    """Deals of one currency, '' for those without one: open ones that are qualified, and those closed in a year.

    A deal is qualified once it is past its early phase. `mean_cycle_days` runs from opening to closing, won or lost.
    The formula multiplies numbers by values, so that it takes means where other measures take medians. Deals without an
    amount are among the numbers and not in the mean value: `without_amount` counts the open and the won ones.
    """

    currency: str
    open: tuple[AccountDeal, ...] = ()
    won: tuple[AccountDeal, ...] = ()
    lost: tuple[AccountDeal, ...] = ()
    mean_won_cents: float | None = None
    mean_cycle_days: float | None = None

    @property
    def win_rate(self) -> Share:
        """Won deals, of those that closed."""
        return Share(len(self.won), len(self.won) + len(self.lost))

    @property
    def cents_a_day(self) -> float | None:
        """The velocity; None where no won deal has an amount, or no closed one took a day."""
        if self.mean_won_cents is None or not self.mean_cycle_days:
            return None
        return cents_a_day(len(self.open), self.win_rate, self.mean_won_cents, self.mean_cycle_days)

    @property
    def without_amount(self) -> int:
        """Number of the open and won deals without an amount."""
        return sum(deal.profile.amount_cents is None for _, deal in (*self.open, *self.won))

    @property
    def accounts(self) -> Ids:
        """The accounts of these deals, each once."""
        return tuple(dict.fromkeys(account_id for account_id, _ in (*self.open, *self.won, *self.lost)))


def cents_a_day(open_deals: int, win_rate: Share, mean_won_cents: float, mean_cycle_days: float) -> float:
    """Return open qualified deals x win rate x mean won value / mean cycle in days."""
    return open_deals * win_rate.part / win_rate.of * mean_won_cents / mean_cycle_days


def pipeline_velocity(program: Program) -> Mapping[str, PipelineVelocity]:
    """Return the velocity by currency, in alphabetical order; of named accounts, deals closed on known days."""
    deals = [(each.account_id, deal) for each in named_in(program) for deal in each.facts.account.opportunities]
    open_deals = [(id_, deal) for id_, deal in deals if deal.is_open and deal.profile.phase is not Phase.EARLY]
    closed = [(id_, deal) for id_, deal in deals if _is_closed_lately(deal, program.period)]
    currencies = sorted({deal.profile.currency for _, deal in (*open_deals, *closed)})
    return {
        currency: _of_currency(currency, _in(currency, open_deals), _in(currency, closed), program.period)
        for currency in currencies
    }


def _in(currency: str, deals: Iterable[AccountDeal]) -> tuple[AccountDeal, ...]:
    return tuple(each for each in deals if each[1].profile.currency == currency)


def _of_currency(
    currency: str, open_deals: tuple[AccountDeal, ...], closed: tuple[AccountDeal, ...], period: Period
) -> PipelineVelocity:
    won, lost = (tuple(each for each in closed if each[1].profile.phase is phase) for phase in (Phase.WON, Phase.LOST))
    values = [deal.profile.amount_cents for _, deal in won if deal.profile.amount_cents is not None]
    cycles = [
        days_between(deal.opened_at, deal.closed_at, period.zone) for _, deal in closed if deal.closed_at is not None
    ]
    return PipelineVelocity(
        currency, open_deals, won, lost, fmean(values) if values else None, fmean(cycles) if cycles else None
    )


def _is_closed_lately(deal: Opportunity, period: Period) -> bool:
    if deal.is_open or deal.closed_at is None:
        return False
    return days_between(deal.closed_at, period.ends_at, period.zone) <= TRAILING_DAYS
