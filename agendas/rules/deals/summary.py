"""The deals of an account as a reader wants them: open ones by how far they are, closed ones, and sums by currency."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from agendas.facts.account import AccountState, Stage
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.program.settings import ProgramSettings, of_tier
from agendas.rules.history.deal_history import is_of_close_date
from agendas.text.days import days_between, local_date


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """An open deal, its days in its stage, and how many it may be there; None where there is no limit."""

    deal: Opportunity
    days_in_stage: int
    limit_days: int | None


@dataclass(frozen=True, slots=True)
class DealSum:
    """Total of deals: (currency, cents) for each currency, and the number of deals without an amount."""

    count: int
    amounts: tuple[tuple[str, int], ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class DealsAnswer:
    """An account's deals: open ones furthest first, closed ones newest first, and what the open and won are worth."""

    open: tuple[OpenDeal, ...]
    won: tuple[Opportunity, ...]
    lost: tuple[Opportunity, ...]
    open_sum: DealSum
    won_sum: DealSum


def deals_of(account: AccountState, settings: ProgramSettings, *, now: datetime, zone: str) -> DealsAnswer:
    """The account's deals as they stand now; days are calendar days in the IANA `zone`."""
    standing = sorted((deal for deal in account.opportunities if deal.is_open), key=_furthest_first)
    won, lost = (_newest_first(account.opportunities, phase) for phase in (Phase.WON, Phase.LOST))
    return DealsAnswer(
        open=tuple(
            OpenDeal(deal, days_between(deal.stage_since, now, zone), _limit(account, deal, settings))
            for deal in standing
        ),
        won=won,
        lost=lost,
        open_sum=sum_of(standing),
        won_sum=sum_of(won),
    )


def sum_of(deals: Iterable[Opportunity]) -> DealSum:
    """Return the total of the deals; amounts of different currencies are never added."""
    counted = tuple(deals)
    amounts: dict[str, int] = defaultdict(int)
    for deal in counted:
        if deal.profile.amount_cents is not None:
            amounts[deal.profile.currency] += deal.profile.amount_cents
    unknown = sum(deal.profile.amount_cents is None for deal in counted)
    return DealSum(len(counted), tuple(sorted(amounts.items())), unknown)


def other_close_date(deal: Opportunity, zone: str) -> date | None:
    """Return the CRM's close date of a closed deal where the deal is dated by another day in the IANA `zone`.

    An import's day without a time, which it ends with, may be the next or the last one in another zone.
    """
    closes_on, closed_at = deal.profile.closes_on, deal.closed_at
    if closes_on is None or closed_at is None or is_of_close_date(closed_at, deal.profile):
        return None
    return closes_on if local_date(closed_at, zone) != closes_on else None


def _limit(account: AccountState, deal: Opportunity, settings: ProgramSettings) -> int | None:
    is_customer = account.stage is Stage.CUSTOMER
    stage = Stage.CUSTOMER.value if is_customer else f"{Stage.OPPORTUNITY.value}_{deal.profile.phase.value}"
    return settings.limit(of_tier(account.tier, f"aged.{stage}")) if account.tier else None


def _furthest_first(deal: Opportunity) -> tuple[int, int, str]:
    return -deal.profile.phase.rank, -(deal.profile.amount_cents or 0), deal.key


def _newest_first(deals: Iterable[Opportunity], phase: Phase) -> tuple[Opportunity, ...]:
    closed = (deal for deal in deals if deal.profile.phase is phase)
    return tuple(sorted(closed, key=lambda deal: (deal.closed_at or deal.stage_since, deal.key), reverse=True))
