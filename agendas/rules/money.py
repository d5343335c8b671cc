"""Money of the program by currency: what closed for its accounts and how fast, what is left to win, what is open.

A deal counts on the day on which it closed and for the account that was on the list then, whether or not it is today:
a program does not look better for removing the accounts that it lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from agendas.facts.deals import Opportunity, OpportunityType, Phase
from agendas.facts.measures import ClosedDeal, PeriodMoney, Program
from agendas.facts.program import TARGET, ProgramSettings
from agendas.facts.reviews import Bucket
from agendas.rules.pipeline import CurrencyQuality, Ids, Share, named_in, quality
from agendas.text.dates import add_months, local_date

AccountDeal = tuple[int, Opportunity]
"""A deal, after the id of its account."""


# A year of new business: the rate at which it is won, the days that it takes, and what the open pipeline brings in.

CLOSED_LATELY_DAYS = 365
"""Deals closed in so many days are looked at."""


@dataclass(frozen=True, slots=True)
class YearOfDeals:
    """New business of one currency, '' for deals without one: open ones that are qualified, and those closed in a year.

    A deal is qualified once it is past its early phase. `cycles` are the days from opening to closing, won or lost, of
    the closed deals whose opening is known. The formula multiplies numbers by values, so that it takes means where
    other measures take medians. Won deals without an amount are among the numbers and not in the mean value.
    """

    currency: str
    open: tuple[AccountDeal, ...] = ()
    won: tuple[ClosedDeal, ...] = ()
    lost: tuple[ClosedDeal, ...] = ()
    cycles: tuple[int, ...] = ()

    @property
    def closed(self) -> int:
        return len(self.won) + len(self.lost)

    @property
    def win_rate(self) -> Share:
        return Share(len(self.won), self.closed)

    @property
    def percent_by_value(self) -> int | None:
        """The part of the closed value that was won, in whole percent; None where no closed deal has an amount."""
        closed = _cents(self.won) + _cents(self.lost)
        return round(100 * _cents(self.won) / closed) if closed else None

    @property
    def mean_won_cents(self) -> float | None:
        amounts = [each.amount_cents for each in self.won if each.amount_cents is not None]
        return fmean(amounts) if amounts else None

    @property
    def mean_cycle_days(self) -> float | None:
        return fmean(self.cycles) if self.cycles else None

    @property
    def openings_unknown(self) -> int:
        return self.closed - len(self.cycles)

    @property
    def cents_a_day(self) -> float | None:
        """The velocity; None where too few deals closed, no won one has an amount, or no closed one took a day."""
        if not self.win_rate.is_percent or self.mean_won_cents is None or not self.mean_cycle_days:
            return None
        return cents_a_day(len(self.open), self.win_rate, self.mean_won_cents, self.mean_cycle_days)

    @property
    def accounts(self) -> Ids:
        closed = (each.account.account_id for each in (*self.won, *self.lost))
        return tuple(dict.fromkeys((*(account_id for account_id, _ in self.open), *closed)))


def cents_a_day(open_deals: int, win_rate: Share, mean_won_cents: float, mean_cycle_days: float) -> float:
    """The sales velocity: what the open deals bring in a day, at this win rate, value and length of a cycle."""
    return open_deals * win_rate.part / win_rate.of * mean_won_cents / mean_cycle_days


def years_of_deals(program: Program) -> Mapping[str, YearOfDeals]:
    """Return the year of new business by currency, in alphabetical order; open deals are those of named accounts."""
    open_deals = [
        (each.account_id, deal)
        for each in named_in(program)
        for deal in each.facts.account.opportunities
        if deal.is_open and deal.profile.phase is not Phase.EARLY and _is_new_business(deal)
    ]
    earliest = program.period.last - timedelta(days=CLOSED_LATELY_DAYS)
    closed = [each for each in program.closed if each.on >= earliest and _is_new_business(each.deal)]
    currencies = {deal.profile.currency for _, deal in open_deals} | {each.currency for each in closed}
    return {
        currency: _year_of(
            currency,
            tuple(each for each in open_deals if each[1].profile.currency == currency),
            tuple(each for each in closed if each.currency == currency),
            program.period.zone,
        )
        for currency in sorted(currencies)
    }


def _is_new_business(deal: Opportunity) -> bool:
    return deal.profile.type is OpportunityType.NEW_BUSINESS


def _year_of(
    currency: str, open_deals: tuple[AccountDeal, ...], closed: tuple[ClosedDeal, ...], zone: str
) -> YearOfDeals:
    """The deals of one currency as a year; a cycle ends on the day in `zone` on which the deal closed."""
    return YearOfDeals(
        currency,
        open_deals,
        won=tuple(each for each in closed if each.is_won),
        lost=tuple(each for each in closed if not each.is_won),
        cycles=tuple(
            (each.on - local_date(each.deal.opened_at, zone)).days for each in closed if each.deal.opening_known
        ),
    )


# Coverage of the pipeline's target: what is clean, against what is left to win in the quarter.

MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class TargetCoverage:
    """The target of one currency for a calendar quarter that began on `since`, in cents.

    `won_cents` were won in it, renewals not counted; `won_without_amount` of these deals have no amount. `clean_cents`
    is the open value of deals that pass every due test.
    """

    currency: str
    since: date
    target_cents: int
    won_cents: int = 0
    won_without_amount: int = 0
    clean_cents: int = 0

    @property
    def remaining_cents(self) -> int:
        return max(0, self.target_cents - self.won_cents)

    @property
    def times(self) -> float | None:
        """Return how many times the clean value covers what is left, to a tenth; None once the target is reached."""
        return round(self.clean_cents / self.remaining_cents, 1) if self.remaining_cents else None


def targets_of(settings: ProgramSettings) -> dict[str, int]:
    """The quarter's target in cents by currency; empty if unset, and then no coverage is shown.

    The setting has amounts in whole units, as `EUR 500000`.
    """
    return {each[:3]: int(each[4:]) * 100 for each in settings.chosen(TARGET)}


def target_coverage(program: Program) -> tuple[TargetCoverage, ...]:
    """Return the coverage of each currency with a target, in alphabetical order, for the quarter of the end."""
    targets = targets_of(program.settings)
    if not targets:
        return ()
    quality_of, since = quality(program), quarter_of(program.period.last)
    won = [each for each in program.closed if each.is_won and each.deal.profile.adds_value and each.on >= since]
    return tuple(
        TargetCoverage(
            currency=currency,
            since=since,
            target_cents=target,
            won_cents=_cents(each for each in won if each.currency == currency),
            won_without_amount=sum(each.amount_cents is None for each in won if each.currency == currency),
            clean_cents=quality_of.get(currency, CurrencyQuality(currency)).clean_cents,
        )
        for currency, target in sorted(targets.items())
    )


def quarter_of(on: date) -> date:
    return on.replace(month=on.month - (on.month - 1) % MONTHS_OF_A_QUARTER, day=1)


def _cents(deals: Iterable[ClosedDeal]) -> int:
    return sum(each.amount_cents or 0 for each in deals)


# Deals next to the scoreboard, by currency: open ones, those that close this quarter, and those closed in the period.


@dataclass(frozen=True, slots=True)
class Deals:
    """So many deals, worth so many cents; `without_amount` of them are in no sum."""

    count: int = 0
    cents: int = 0
    without_amount: int = 0


@dataclass(frozen=True, slots=True)
class CurrencyDeals:
    """Deals of one currency, '' for those without one.

    `open` ones are of named accounts, and `closing` those of them that are to close in the calendar quarter of the
    period's end. The others closed in the period: new business `won`, `expanded` for more than there was, `renewed` for
    no more, and `lost`.
    """

    currency: str
    open: Deals = Deals()
    closing: Deals = Deals()
    won: Deals = Deals()
    expanded: Deals = Deals()
    renewed: Deals = Deals()
    lost: Deals = Deals()


def deals_by_currency(program: Program) -> tuple[CurrencyDeals, ...]:
    """Return the deals of each currency, in alphabetical order; amounts of two currencies are never added up."""
    deals_of: dict[str, list[Opportunity]] = {}
    deals_of["open"] = [deal for each in named_in(program) for deal in each.facts.account.opportunities if deal.is_open]
    quarter = quarter_of(program.period.last)
    deals_of["closing"] = [deal for deal in deals_of["open"] if _closes_in(deal, quarter)]
    closed = [each for each in program.closed if each.on >= program.period.first]
    for ending in ("won", "expanded", "renewed", "lost"):
        deals_of[ending] = [each.deal for each in closed if _how_it_ended(each) == ending]
    currencies = {deal.profile.currency for deals in deals_of.values() for deal in deals}
    return tuple(
        CurrencyDeals(currency, **{name: _sum(deals, currency) for name, deals in deals_of.items()})
        for currency in sorted(currencies)
    )


AT_RISK = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED)
"""Buckets whose open deals are at risk."""


def money_of(program: Program, before_until: date) -> tuple[PeriodMoney, ...]:
    """Return the money of the period by currency; that of the month before as it was until `before_until`."""
    period, targets = program.period, targets_of(program.settings)
    in_trouble = [each for each in named_in(program) if each.placement.bucket in AT_RISK]
    closed = [each for each in program.closed if _how_it_ended(each) != "renewed"]
    month_before = [each for each in closed if add_months(period.first, -1) <= each.on <= before_until]
    in_period = [each for each in closed if period.first <= each.on]
    deals: dict[str, list[Opportunity]] = {}
    deals["at_risk"] = [deal for each in in_trouble for deal in each.facts.account.opportunities if deal.is_open]
    for ending, part in (("", in_period), ("_before", month_before)):
        deals[f"won{ending}"] = [each.deal for each in part if each.is_won]
        deals[f"lost{ending}"] = [each.deal for each in part if not each.is_won]
    deals["won_in_quarter"] = [each.deal for each in closed if each.is_won and quarter_of(period.last) <= each.on]
    found = []
    for currency in sorted({deal.profile.currency for part in deals.values() for deal in part} | targets.keys()):
        sums = {name: _sum(part, currency) for name, part in deals.items()}
        unknown = sum(sums[name].without_amount for name in ("at_risk", "won", "lost"))
        cents = {name: each.cents for name, each in sums.items()}
        found.append(PeriodMoney(currency, **cents, target=targets.get(currency, 0), without_amount=unknown))
    return tuple(found)


def _how_it_ended(closed: ClosedDeal) -> str:
    """How the deal ended: the name of the field of CurrencyDeals that counts it."""
    if not closed.is_won:
        return "lost"
    if _is_new_business(closed.deal):
        return "won"
    return "expanded" if closed.deal.profile.adds_value else "renewed"


def _closes_in(deal: Opportunity, quarter: date) -> bool:
    """True if the deal's close date is in the quarter that begins on this day."""
    closes_on = deal.profile.closes_on
    return closes_on is not None and quarter <= closes_on < add_months(quarter, MONTHS_OF_A_QUARTER)


def _sum(deals: Iterable[Opportunity], currency: str) -> Deals:
    """The number and the sum of the deals of this currency, and how many of them have no amount."""
    amounts = [deal.profile.amount_cents for deal in deals if deal.profile.currency == currency]
    return Deals(len(amounts), sum(each or 0 for each in amounts), sum(each is None for each in amounts))
