"""Money of the program by currency: what closed for its accounts and how fast, what is left to win, what is open.

A deal counts on the day on which it closed and for the account that was on the list then, whether or not it is today:
a program does not look better for removing the accounts that it lost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import fmean

from agendas.facts.account import EventFacts, ListStatus
from agendas.facts.deals import Opportunity, OpportunityChanged, OpportunityType, Phase
from agendas.facts.events import ListChanged
from agendas.facts.measures import Bridge, ClosedDeal, Period, Program
from agendas.facts.program import TARGET, ProgramSettings
from agendas.facts.reviews import Bucket
from agendas.rules.entries import as_history_has_it, uncorrected
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
        for deal in each.facts.account.open_deals
        if deal.profile.phase is not Phase.EARLY and _is_new_business(deal)
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


# Deals by currency: open, at risk, to close this quarter, and closed in the period, the quarter and the month before.

AT_RISK = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED)
"""Buckets whose open deals are at risk."""


@dataclass(frozen=True, slots=True)
class Deals:
    """So many deals, worth so many cents; `without_amount` of them are in no sum."""

    count: int = 0
    cents: int = 0
    without_amount: int = 0


@dataclass(frozen=True, slots=True)
class CurrencyDeals:
    """Deals of one currency, '' for those without one.

    `open` ones are of named accounts, `at_risk` those of them whose account stalls or needs intervention, and `closing`
    those that are to close in the calendar quarter of the period's end. The others closed: in the period new business
    `won`, `expanded` for more than there was, `renewed` for no more, and `lost`; won or expanded (`gained`) and lost in
    the same part of the month before, and gained in the quarter. `target_cents` is the quarter's, 0 where none is set.
    """

    currency: str
    open: Deals = Deals()
    at_risk: Deals = Deals()
    closing: Deals = Deals()
    won: Deals = Deals()
    expanded: Deals = Deals()
    renewed: Deals = Deals()
    lost: Deals = Deals()
    gained_before: Deals = Deals()
    lost_before: Deals = Deals()
    gained_in_quarter: Deals = Deals()
    target_cents: int = 0

    @property
    def gained(self) -> Deals:
        """What closed in the period and brought more than there was."""
        count, cents = self.won.count + self.expanded.count, self.won.cents + self.expanded.cents
        return Deals(count, cents, self.won.without_amount + self.expanded.without_amount)


def deals_by_currency(program: Program) -> tuple[CurrencyDeals, ...]:
    """Return the deals of each currency, in alphabetical order; amounts of two currencies are never added up."""
    named, period, targets = named_in(program), program.period, targets_of(program.settings)
    quarter, month_before = quarter_of(period.last), add_months(period.first, -1)
    until = same_part_of_month_before(period)
    ended_in = {
        name: [each for each in program.closed if first <= each.on <= last]
        for name, first, last in (
            ("period", period.first, period.last),
            ("before", month_before, until),
            ("quarter", quarter, period.last),
        )
    }
    in_trouble = [each for each in named if each.placement.bucket in AT_RISK]
    deals_of = {
        "open": [deal for each in named for deal in each.facts.account.open_deals],
        "at_risk": [deal for each in in_trouble for deal in each.facts.account.open_deals],
        **{part: _ended(ended_in["period"], part) for part in ("won", "expanded", "renewed", "lost")},
        "gained_before": _ended(ended_in["before"], *GAINED),
        "lost_before": _ended(ended_in["before"], "lost"),
        "gained_in_quarter": _ended(ended_in["quarter"], *GAINED),
    }
    deals_of["closing"] = [deal for deal in deals_of["open"] if _closes_in(deal, quarter)]
    currencies = {deal.profile.currency for deals in deals_of.values() for deal in deals} | targets.keys()
    return tuple(
        CurrencyDeals(
            currency,
            **{name: _sum(deals, currency) for name, deals in deals_of.items()},
            target_cents=targets.get(currency, 0),
        )
        for currency in sorted(currencies)
    )


def same_part_of_month_before(period: Period) -> date:
    """The last day of the month before that a period is compared with; its last one where the period is a month."""
    last_of_month = period.first - timedelta(days=1)
    is_month = (period.last + timedelta(days=1)).day == 1
    return last_of_month if is_month else min(add_months(period.last, -1), last_of_month)


GAINED = ("won", "expanded")
"""How deals ended that brought more than there was."""


def _ended(closed: Iterable[ClosedDeal], *endings: str) -> list[Opportunity]:
    return [each.deal for each in closed if _how_it_ended(each) in endings]


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


# The bridge of a period: the open amount on its first day, what changed it, and the open amount on its last day.


class ListDays:
    """When an account was on the list: its changes (local day, whether it was on it from then on), in order."""

    def __init__(self, changes: Iterable[tuple[date, bool]]) -> None:
        self.changes = tuple(changes)

    def at_end_of(self, day: date) -> bool:
        return next((is_on for changed_on, is_on in reversed(self.changes) if changed_on <= day), False)

    def at_some_time_of(self, day: date) -> bool:
        return (day, True) in self.changes or self.at_end_of(day - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class DealDay:
    """What is known of a deal from a local day on; `known_at` is when that was recorded."""

    on: date
    phase: Phase
    currency: str
    cents: int
    closes_on: date | None
    known_at: datetime


@dataclass(frozen=True, slots=True)
class DealHistory:
    """A deal by day, oldest first and never empty, and when its account was on the list."""

    key: str
    days: tuple[DealDay, ...]
    listed: ListDays


def list_days(counted: Iterable[EventFacts], zone: str) -> ListDays:
    """When an account was on the list, by its entries that nobody took back, oldest first."""
    changes = ((event.happened_at, event.change) for event in counted if isinstance(event.change, ListChanged))
    return ListDays((local_date(at, zone), ListStatus(change.status).is_on_list) for at, change in changes)


def still_open(deal: Opportunity, since: date) -> DealHistory:
    """An open deal of an account on the list of which nothing changed since this day."""
    profile = deal.profile
    cents = profile.amount_cents or 0
    day = DealDay(since, profile.phase, profile.currency, cents, profile.closes_on, deal.stage_since)
    return DealHistory(deal.key, (day,), ListDays(((since, True),)))


def deal_histories(events: Iterable[EventFacts], zone: str) -> tuple[DealHistory, ...]:
    """The deals of one account, by its entries about deals and the list and all corrections.

    A deal was open from the day of its opening on, as large as its first row says; a closed one has the amount that is
    known last. One found closed on an unknown day has no history.
    """
    counted = uncorrected(events)
    listed = list_days(counted, zone)
    days_of: dict[str, list[DealDay]] = defaultdict(list)
    for event in as_history_has_it(counted):
        if isinstance(event.change, OpportunityChanged):
            _add_row(days_of[event.change.opportunity.key], event.change, event, zone)
    return tuple(DealHistory(key, tuple(days), listed) for key, days in days_of.items() if days)


def _add_row(days: list[DealDay], change: OpportunityChanged, event: EventFacts, zone: str) -> None:
    deal = change.opportunity
    on = local_date(event.happened_at, zone)
    opened_on = min(local_date(change.opened_at, zone), on) if change.opened_at else on
    day = DealDay(on, deal.phase, deal.currency, deal.amount_cents or 0, deal.closes_on, event.recorded_at)
    if not days and (deal.phase.is_open or change.since_known):
        days.append(replace(day, on=opened_on, phase=deal.phase if deal.phase.is_open else Phase.EARLY))
    elif days and opened_on < days[0].on:
        days[0] = replace(days[0], on=opened_on)
    if days and not day.phase.is_open and days[-1].phase is day.phase:
        closed = days.pop()
        day = replace(day, on=closed.on, known_at=min(closed.known_at, day.known_at))
    if days:
        days.append(day)


FALLS = ("shrunk", "won", "lost", "left")
"""Parts of a bridge by which the open amount falls."""


def bridges(histories: Iterable[DealHistory], first: date, last: date) -> tuple[Bridge, ...]:
    """Return the bridge of each currency from the first day to the last one, both included, in alphabetical order.

    On a day on which an account comes or goes its deals count as on the list: what closes then is won or lost.
    """
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for history in histories:
        for on, part, currency, cents in _moves(history, last):
            sign = -1 if on < first and part in FALLS else 1
            sums[currency]["start" if on < first else part] += sign * cents
        if pushed := _pushed(history, first, last):
            sums[pushed.currency]["pushed"] += pushed.cents
    return tuple(Bridge(currency, **parts) for currency, parts in sorted(sums.items()) if any(parts.values()))


def _moves(history: DealHistory, last: date) -> Iterator[tuple[date, str, str, int]]:
    """The changes of the list's open amount by this deal until a day: (day, part of the bridge, currency, cents)."""
    known: DealDay | None = None
    listed, is_listed = history.listed, False
    for on in sorted({on for on, _ in listed.changes} | {day.on for day in history.days}):
        if on > last:
            return
        counts = listed.at_some_time_of(on)
        if counts and not is_listed and known and known.phase.is_open:
            yield on, "entered", known.currency, known.cents
        for day in history.days:
            if day.on == on:
                yield from ((on, *change) for change in _changes(known, day) if counts)
                known = day
        is_listed = listed.at_end_of(on)
        if counts and not is_listed and known and known.phase.is_open:
            yield on, "left", known.currency, known.cents


def _changes(before: DealDay | None, after: DealDay) -> Iterator[tuple[str, str, int]]:
    """The change from one state of a deal to the next: (part of the bridge, currency, cents)."""
    if before is None or not before.phase.is_open:
        yield "opened" if before is None else "reopened", after.currency, after.cents
    elif before.currency != after.currency:
        yield "shrunk", before.currency, before.cents
        yield "grown", after.currency, after.cents
    elif before.cents != after.cents:
        yield "grown" if before.cents < after.cents else "shrunk", after.currency, abs(after.cents - before.cents)
    if not after.phase.is_open:
        yield "won" if after.phase is Phase.WON else "lost", after.currency, after.cents


def _pushed(history: DealHistory, first: date, last: date) -> DealDay | None:
    """The deal at the end where it is open and was moved beyond the quarter since the beginning, or since it opened."""
    until = [day for day in history.days if day.on <= last]
    if not until or not until[-1].phase.is_open or not history.listed.at_end_of(last):
        return None
    before = next((day for day in reversed(until) if day.on < first), until[0])
    beyond = add_months(quarter_of(last), MONTHS_OF_A_QUARTER)
    was_within = before.closes_on is not None and before.closes_on < beyond
    return until[-1] if was_within and until[-1].closes_on is not None and until[-1].closes_on >= beyond else None
