"""Measures of the whole program over a period, each from its definition."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, partial
from math import floor
from statistics import median
from zoneinfo import ZoneInfo

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.facts.account import AccountState, ActionStatus, Decision, EventFacts, Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile
from agendas.facts.events import Corrected, Decided, ItemEdited, ListChanged
from agendas.facts.group import BuyingRole
from agendas.facts.interventions import AskAnswered, AskTaken
from agendas.facts.measures import Period, PlannedReview, Program, Stay, TrendKind, TrendPoint
from agendas.facts.people import Function
from agendas.facts.program import (
    CALIBRATABLE,
    SETTINGS,
    TIERS,
    CalibratedLimit,
    Calibration,
    of_tier,
)
from agendas.facts.reviews import Bucket
from agendas.facts.signals import EngagementTrend
from agendas.rules import pipeline
from agendas.rules.entries import uncorrected
from agendas.rules.fold import action_of, decision_of, is_step
from agendas.rules.group import GroupAnswer, RoleState, buying_group
from agendas.rules.money import years_of_deals
from agendas.rules.pipeline import (
    TRAILING_DAYS,
    CurrencyQuality,
    Ids,
    QualityTest,
    Share,
    TierProgression,
    accounts_of,
    conversion,
    days_of,
    ids_of,
    is_completed,
    named_in,
    progression,
    progression_of,
    quality,
    velocity,
    velocity_accounts_of,
)
from agendas.rules.signals import has_fallen
from agendas.text.dates import (
    MONTHS,
    add_months,
    day_text,
    days_between,
    folded,
    local_date,
    month_end,
    past_date,
    read_date,
)
from agendas.text.limits import shown

# Coverage of the buying groups over the program: required roles with somebody who is active.


@dataclass(frozen=True, slots=True)
class TierCoverage:
    """Buying groups of a tier, or of all with `tier` None, taken together.

    Args:
        tier: the tier at the end of the period.
        required, identified, engaged: numbers of roles: asked for, with a confirmed person, with an active one.
        accounts: those of whom roles are required, in this order: the others have no coverage, which is not a full one.
        full: those with somebody active in every required role.
        gaps: (role, accounts without anybody active in it) of every required role with such accounts.
        too_few_active: those with fewer active roles than the tier expects.
    """

    tier: int | None
    required: int = 0
    identified: int = 0
    engaged: int = 0
    accounts: Ids = ()
    full: Ids = ()
    gaps: tuple[tuple[BuyingRole, Ids], ...] = ()
    too_few_active: Ids = ()

    @property
    def share(self) -> Share:
        """The share of accounts with a complete buying group, among those with required roles."""
        return Share(len(self.full), len(self.accounts))

    @property
    def roles(self) -> Share:
        return Share(self.engaged, self.required)


def coverage(program: Program) -> tuple[TierCoverage, ...]:
    """Return the coverage of each tier that has an account with required roles."""
    found = (coverage_of(program, tier) for tier in TIERS)
    return tuple(each for each in found if each.required)


def coverage_of(program: Program, tier: int | None = None) -> TierCoverage:
    """Return the coverage of one tier, or of the whole list; paused accounts are left out."""
    today = program.period.last
    groups = {
        each.account_id: buying_group(each.facts.account, program.settings, today=today)
        for each in named_in(program, tier)
    }
    asked = {account_id: group for account_id, group in groups.items() if group.required}
    return TierCoverage(
        tier=tier,
        required=sum(group.required for group in asked.values()),
        identified=sum(group.identified for group in asked.values()),
        engaged=sum(group.engaged for group in asked.values()),
        accounts=tuple(asked),
        full=tuple(account_id for account_id, group in asked.items() if group.engaged == group.required),
        gaps=_gaps(asked),
        too_few_active=tuple(account_id for account_id, group in asked.items() if group.lacks_active_roles),
    )


def _gaps(groups: dict[int, GroupAnswer]) -> tuple[tuple[BuyingRole, Ids], ...]:
    """Roles without an active person, the most frequent first."""
    open_roles = {
        account_id: {line.role for line in group.lines if line.state is not RoleState.ENGAGED}
        for account_id, group in groups.items()
    }
    counts = Counter(role for roles in open_roles.values() for role in roles)
    ordered = sorted(counts, key=lambda role: (-counts[role], list(BuyingRole).index(role)))
    return tuple((role, tuple(id_ for id_, roles in open_roles.items() if role in roles)) for role in ordered)


# Engagement over the program: accounts by the trend of their points.


@dataclass(frozen=True, slots=True)
class TierEngagement:
    """Named accounts of a tier, or of all with `tier` None, by the trend of their engagement.

    `without` have no points to compare; `fallen` are far below their former points. `median_30` is the median of the
    points of the last 30 days, an account without signals having none; None where no account has any.
    """

    tier: int | None
    increasing: Ids = ()
    stable: Ids = ()
    decreasing: Ids = ()
    without: Ids = ()
    fallen: Ids = ()
    median_30: float | None = None

    @property
    def rising(self) -> Share:
        return Share(len(self.increasing), len(self.increasing) + len(self.stable) + len(self.decreasing))

    def of(self, trend: EngagementTrend | None) -> Ids:
        """Return the accounts with this trend, None for those without one."""
        by_trend = {
            EngagementTrend.INCREASING: self.increasing,
            EngagementTrend.STABLE: self.stable,
            EngagementTrend.DECREASING: self.decreasing,
        }
        return self.without if trend is None else by_trend[trend]


def engagement_of(program: Program, tier: int | None = None) -> TierEngagement:
    """Return the engagement of one tier, or of the whole list."""
    accounts = [(each.account_id, each.facts.engagement) for each in named_in(program, tier)]
    points = [0.0 if found is None else found.last_30 for _, found in accounts]

    def trending(trend: EngagementTrend | None) -> Ids:
        return tuple(account_id for account_id, found in accounts if (None if found is None else found.trend) is trend)

    return TierEngagement(
        tier=tier,
        increasing=trending(EngagementTrend.INCREASING),
        stable=trending(EngagementTrend.STABLE),
        decreasing=trending(EngagementTrend.DECREASING),
        without=trending(None),
        fallen=tuple(account_id for account_id, found in accounts if found is not None and has_fallen(found)),
        median_30=float(median(points)) if any(points) else None,
    )


# The measures of one program, each worked out once however often a page asks for it.


class Results:
    """The measures of a program, by tier, None for the whole list, and by step or stage where they have one."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.progression = cache(partial(progression_of, program))
        self.conversion = cache(partial(conversion, program))
        self.velocity = cache(partial(velocity, program))
        self.coverage = cache(partial(coverage_of, program))
        self.engagement = cache(partial(engagement_of, program))
        self.quality = cache(partial(quality, program))
        self.years_of_deals = cache(partial(years_of_deals, program))


# The accounts behind each figure: codes that a button carries, and the ids that belong to one.

SEPARATOR = "|"
"""Stands between the parts of a figure as a button carries it."""


class FigureCode(StrEnum):
    """Figure that can be opened to its accounts, and what `of` names of it.

    A bucket, a role, a trend ('' for no trend), a stage, two stages with `>` between, a currency, or a currency and
    a test with `:` between.
    """

    NAMED = "named"
    PAUSED = "paused"
    BUCKET = "bucket"
    COMPARABLE = "comparable"
    CUSTOMERS = "customers"
    ADVANCED = "advanced"
    REGRESSED = "regressed"
    CLAIMED = "claimed"
    BOUNCED = "bounced"
    MOMENTUM = "momentum"
    MET = "met"
    PASSED_BY = "passed_by"
    COVERED = "covered"
    COVERED_FULLY = "covered_fully"
    ROLE_OPEN = "role_open"
    TOO_FEW_ACTIVE = "too_few_active"
    ENGAGEMENT = "engagement"
    PIPELINE = "pipeline"
    PIPELINE_CLEAN = "pipeline_clean"
    PIPELINE_FAILS = "pipeline_fails"
    WITHOUT_AMOUNT = "without_amount"
    PIPELINE_VELOCITY = "pipeline_velocity"
    ENTERED = "entered"
    REACHED = "reached"
    STAYED = "stayed"
    STAYING = "staying"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: of a tier, or of all with None; `of` narrows it as its code says."""

    code: FigureCode
    tier: int | None = None
    of: str = ""

    @property
    def text(self) -> str:
        """The figure as a button carries it: `bucket|1|stalled`."""
        return SEPARATOR.join((self.code, str(self.tier or ""), self.of))

    @classmethod
    def read(cls, text: str) -> "Figure | None":
        """The figure that a button carries; None for what is none of this version."""
        code, _, rest = text.partition(SEPARATOR)
        tier, _, of = rest.partition(SEPARATOR)
        if code not in list(FigureCode) or tier not in ("", *map(str, TIERS)):
            return None
        return cls(FigureCode(code), int(tier) if tier else None, of)


Counted = tuple[Figure, int]
"""A figure with the number of accounts behind it."""


def accounts_behind(program: Program, figure: Figure) -> Ids:
    """Return the ids of the accounts that the figure counts, each once; none where `of` names nothing of it."""
    return accounts_in(Results(program), figure)


def counted(results: Results, figures: Iterable[Figure]) -> tuple[Counted, ...]:
    """Return the figures that still count an account on the list, in order, each with that number."""
    on_list = {each.account_id for each in results.program.accounts}
    found = ((figure, len(on_list.intersection(accounts_in(results, figure)))) for figure in figures)
    return tuple((figure, count) for figure, count in found if count)


def accounts_in(results: Results, figure: Figure) -> Ids:
    """Return the ids of `accounts_behind`, for many figures of one program."""
    return tuple(dict.fromkeys(_accounts_behind(results, figure)))


def _accounts_behind(results: Results, figure: Figure) -> Ids:
    program, tier, of = results.program, figure.tier, figure.of
    match figure.code:
        case FigureCode.NAMED:
            return ids_of(named_in(program, tier))
        case FigureCode.PAUSED:
            return pipeline.paused(program, tier)
        case FigureCode.BUCKET:
            return pipeline.in_bucket(program, Bucket(of), tier) if of in list(Bucket) else ()
        case FigureCode.PASSED_BY:
            return pipeline.passed_by(program, tier)
        case FigureCode.COVERED_FULLY:
            return results.coverage(tier).full
        case FigureCode.COVERED:
            return results.coverage(tier).accounts
        case FigureCode.TOO_FEW_ACTIVE:
            return results.coverage(tier).too_few_active
        case FigureCode.ROLE_OPEN:
            roles = dict(results.coverage(tier).gaps)
            return roles.get(BuyingRole(of), ()) if of in list(BuyingRole) else ()
        case FigureCode.ENGAGEMENT if not of:
            return results.engagement(tier).without
        case FigureCode.ENGAGEMENT:
            return results.engagement(tier).of(EngagementTrend(of)) if of in list(EngagementTrend) else ()
        case FigureCode.PIPELINE:
            return accounts_of(_currency(results, of).all_deals)
        case FigureCode.PIPELINE_CLEAN:
            return accounts_of(tuple(each for each in _currency(results, of).deals if each.is_clean))
        case FigureCode.PIPELINE_FAILS:
            currency, _, test = of.rpartition(":")
            failing = _currency(results, currency).failing
            return accounts_of(failing(QualityTest(test))) if test in list(QualityTest) else ()
        case FigureCode.WITHOUT_AMOUNT:
            return accounts_of(_currency(results, of).without_amount)
        case FigureCode.PIPELINE_VELOCITY:
            found = results.years_of_deals().get(of)
            return found.accounts if found else ()
        case FigureCode.ENTERED | FigureCode.REACHED:
            first, _, later = of.partition(">")
            if first not in list(Stage) or later not in list(Stage):
                return ()
            converted = results.conversion((Stage(first), Stage(later)), tier)
            return converted.entered if figure.code is FigureCode.ENTERED else converted.reached
        case FigureCode.STAYED | FigureCode.STAYING:
            if of not in list(Stage):
                return ()
            stays = results.velocity(Stage(of), tier)
            is_over = figure.code is FigureCode.STAYED
            return velocity_accounts_of(stays.completed if is_over else stays.open)
    return OF_PROGRESSION[figure.code](results.progression(tier))


def _currency(results: Results, currency: str) -> CurrencyQuality:
    return results.quality().get(currency, CurrencyQuality(currency))


OF_PROGRESSION: Mapping[FigureCode, Callable[[TierProgression], Ids]] = {
    FigureCode.COMPARABLE: lambda found: found.comparable,
    FigureCode.CUSTOMERS: lambda found: found.customers,
    FigureCode.ADVANCED: lambda found: found.advanced,
    FigureCode.REGRESSED: lambda found: found.regressed,
    FigureCode.CLAIMED: lambda found: found.claimed,
    FigureCode.BOUNCED: lambda found: found.bounced,
    FigureCode.MOMENTUM: lambda found: found.momentum,
    FigureCode.MET: lambda found: found.met,
}


# Self-calibration: limits of stages that follow from how long accounts stayed in them.

LEAST_STAYS = 10
"""Completed stays that a limit wants to follow from. Our own."""

BY_DEALS = (Stage.OPPORTUNITY, Stage.CUSTOMER)
"""Stages in which an account ages by its deal."""

TIMES_MEDIAN = 1.5
"""A published rule: longer than one and a half times the usual stay is late. The median is not moved by a few."""

LEAST_TIMES, MOST_TIMES = 0.5, 3.0
"""A limit never leaves these times its default. Our own."""


@dataclass(frozen=True, slots=True)
class DealStay:
    """Stay of a deal in one of its stages, an open one; `tier` is the account's at its end."""

    deal: OpportunityProfile
    tier: int | None
    began_at: datetime
    ended_at: datetime


def calibrated(days: Mapping[str, Sequence[int]], on: date) -> Calibration:
    """Return stall limits derived from completed stays, in days by setting key, as of a local day.

    A limit is 1.5 x the median, at least half and at most three times its default, in whole days rounded half up. Where
    there are fewer than ten stays the default stands, and limits that a default does not set are not calibrated.
    """
    limits = (
        CalibratedLimit(key, _limit(key, stays), len(stays))
        for key, stays in sorted(days.items())
        if key in CALIBRATABLE and len(stays) >= LEAST_STAYS
    )
    return Calibration(tuple(limits), on)


def days_by_limit(
    stays: Iterable[Stay], deals: Iterable[DealStay], *, now: datetime, zone: str
) -> Mapping[str, tuple[int, ...]]:
    """The days of the completed stays of the last year, by the key of the limit that they count for.

    An opportunity ages by the stage of its deal, and so does a customer while a deal for more is open: their limits
    follow from stays of deals.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for stay in stays:
        if stay.stage not in BY_DEALS and is_completed(stay, now=now, zone=zone):
            found[of_tier(stay.tier, f"aged.{stay.stage}")].append(days_of(stay, now=now, zone=zone))
    for of_deal in deals:
        limits = _limits_of(of_deal.deal)
        if limits and days_between(of_deal.ended_at, now, zone) <= TRAILING_DAYS:
            days = days_between(of_deal.began_at, of_deal.ended_at, zone)
            found[of_tier(of_deal.tier, f"aged.{limits}")].append(days)
    return {key: tuple(days) for key, days in found.items()}


def deal_stays(events: Sequence[EventFacts]) -> tuple[DealStay, ...]:
    """Return the stays of an account's deals in open stages that began and ended on known days.

    `events`: the entries of one account that count, in the order of what happened: of its deals, and changes of its
    place on the list, by which a stay has the tier that the account had at its end.
    """
    found: list[DealStay] = []
    begun: dict[str, tuple[OpportunityProfile, datetime | None]] = {}
    tier: int | None = None
    for event in events:
        change = event.change
        if isinstance(change, ListChanged):
            tier = change.tier if change.tier is not None else tier
        elif isinstance(change, OpportunityChanged):
            deal, key = change.opportunity, change.opportunity.key
            before, began_at = begun.get(key, (None, None))
            if before is not None and not is_step(before, deal):
                begun[key] = deal, began_at
                continue
            if before is not None and before.phase.is_open and began_at is not None and change.since_known:
                found.append(DealStay(before, tier, began_at, event.happened_at))
            begun[key] = deal, event.happened_at if change.since_known else None
    return tuple(found)


def _limits_of(deal: OpportunityProfile) -> str:
    """The limits that a stay of the deal counts for; '' for a renewal, which stalls nobody."""
    if deal.is_expansion:
        return Stage.CUSTOMER.value
    return "" if not deal.adds_value else f"{Stage.OPPORTUNITY}_{deal.phase}"


def _limit(key: str, days: Sequence[int]) -> int:
    default = SETTINGS[key].default
    if not isinstance(default, int):
        raise TypeError(key)
    limit = min(max(TIMES_MEDIAN * median(days), LEAST_TIMES * default), MOST_TIMES * default)
    return floor(limit + 0.5)


# Decisions of reviews over a period, each with the instant at which what it asked for was done.

AccountDecisions = tuple[tuple[int, Decision], ...]
"""(account id, decision), oldest first."""


def decisions_of(
    told: Iterable[EventFacts], states: Mapping[int, AccountState], *, after: datetime, until: datetime
) -> AccountDecisions:
    """The uncorrected decisions recorded in (after, until], with whether they are done.

    Args:
        told: decisions, answers and corrections of these accounts recorded after `after`, until the instant whose
            knowledge counts.
        states: the accounts at that instant, by id.
        after: the instant at which the period of the decisions begins.
        until: the instant at which it ends.
    """
    counted = uncorrected(told)
    takers = {event.change.decision_id: event.actor for event in counted if isinstance(event.change, AskTaken)}
    edited = {event.change.item_id: event.change for event in counted if isinstance(event.change, ItemEdited)}
    answers = {event.change.decision_id: event for event in counted if isinstance(event.change, AskAnswered)}
    found = []
    for event in counted:
        if isinstance(event.change, Decided) and after < event.recorded_at <= until:
            decision = decision_of(event.change, event)
            decision = replace(decision, ask_of=takers.get(event.id, decision.ask_of))
            if now := edited.get(event.id):
                decision = replace(decision, ask_of=now.owner, text=now.text)
            state = states.get(event.account_id)
            answer = answers.get(event.id)
            known = _as_it_stands(decision, state) if state else decision
            done_at = answer.happened_at if answer and known.done_at is None else known.done_at
            found.append((event.account_id, replace(known, done_at=done_at)))
    return tuple(found)


def _as_it_stands(decision: Decision, state: AccountState) -> Decision:
    """The decision as the account has it: its ask still open, with its later day, or done."""
    asked: tuple[Decision, ...] = (*state.open_asks, *((state.decision,) if state.decision else ()))
    known = [each for each in asked if each.event_id == decision.event_id]
    if known:
        return known[0]
    action = action_of(decision, state.actions)
    is_done = action is not None and action.status is ActionStatus.DONE
    return replace(decision, done_at=action.closed_at) if action and is_done else decision


def later_of(told: Iterable[EventFacts], known: Mapping[int, EventFacts]) -> tuple[EventFacts, ...]:
    """Entries about the period recorded after it ended, and entries within it corrected afterwards.

    `told`: what was recorded after the period: what happened in it, and all corrections. `known`: the entries recorded
    in the period, by id.
    """
    counted = uncorrected(told)
    late = tuple(event for event in counted if not isinstance(event.change, Corrected))
    gone = (event.change.event_id for event in counted if isinstance(event.change, Corrected))
    corrected = tuple(known[number] for number in gone if number in known)
    return tuple(sorted((*late, *corrected), key=lambda event: (event.happened_at, event.id)))


# Discipline of the reviews: held of those planned, posted on time, with sales and marketing there.

BOTH_FUNCTIONS = frozenset({Function.SALES, Function.MARKETING})
"""Functions that a review of accounts needs."""


@dataclass(frozen=True, slots=True)
class Discipline:
    """Planned reviews of accounts by what became of them, oldest first; executive ones are not among them.

    `planned` are those that were held, not held, or missed; what was skipped on purpose and what is still open is not
    among them. `on_time` and `with_both` are among the held ones: posted on time, with sales and marketing there.
    """

    planned: tuple[PlannedReview, ...] = ()
    held: tuple[PlannedReview, ...] = ()
    on_time: tuple[PlannedReview, ...] = ()
    with_both: tuple[PlannedReview, ...] = ()
    missed: tuple[PlannedReview, ...] = ()
    skipped: tuple[PlannedReview, ...] = ()
    still_open: tuple[PlannedReview, ...] = ()

    @property
    def held_share(self) -> Share:
        return Share(len(self.held), len(self.planned))

    @property
    def on_time_share(self) -> Share:
        return Share(len(self.on_time), len(self.held))

    @property
    def both_share(self) -> Share:
        return Share(len(self.with_both), len(self.held))


def discipline(program: Program) -> Discipline:
    return discipline_of(program.reviews, after=program.period.begins_at)


def discipline_of(reviews: Iterable[PlannedReview], *, after: datetime | None = None) -> Discipline:
    """Return the discipline of these reviews: of all, or of those planned after an instant."""
    of_accounts = tuple(
        each for each in reviews if not each.is_executive and (after is None or each.planned_at > after)
    )
    held = tuple(each for each in of_accounts if each.was_held)
    return Discipline(
        planned=tuple(each for each in of_accounts if each.was_held is not None or each.was_missed),
        held=held,
        on_time=tuple(each for each in held if not each.late_minutes),
        with_both=tuple(each for each in held if each.functions >= BOTH_FUNCTIONS),
        missed=tuple(each for each in of_accounts if each.was_missed),
        skipped=tuple(each for each in of_accounts if each.was_skipped),
        still_open=tuple(
            each for each in of_accounts if each.was_held is None and not (each.was_missed or each.was_skipped)
        ),
    )


# Figures of the program at the end of a period, as they are kept for a trend.


def figures_of(program: Program, kind: TrendKind = TrendKind.MONTH) -> TrendPoint:
    """Return the figures on the period's last day: without verdicts of the audit, which are no part of the measures."""
    return TrendPoint(
        on=program.period.last,
        kind=kind,
        buckets={tier: counts for tier in TIERS if (counts := buckets(program, tier))},
        progression={each.tier: each.kept for each in progression(program) if each.tier is not None},
        quality={currency: found.kept for currency, found in quality(program).items()},
        coverage={each.tier: (each.engaged, each.required) for each in coverage(program) if each.tier is not None},
    )


def buckets(program: Program, tier: int | None = None) -> dict[Bucket, int]:
    """Count the named accounts of a tier, or of all, by bucket: in the order of need, without empty ones.

    The counts add up to the named accounts; paused ones are in no bucket.
    """
    counts = Counter(each.placement.bucket for each in named_in(program, tier))
    return {bucket: counts[bucket] for bucket in Bucket if counts[bucket]}


# Periods of the program: calendar months in its zone, whole ones and up to a day; the words that name them.

INSTANT = timedelta(microseconds=1)
"""The finest difference of two instants: a month ends so much before the next one begins."""

MONTHS_BACK: Mapping[str, int] = {"this month": 0, "current month": 0, "last month": 1, "previous month": 1}
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})")
MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})")
NAMED = re.compile(r"(?P<name>[a-z]+)\.?,?(?: (?P<year>\d{4}))?")


def month_of(on: date, zone: str, *, now: datetime) -> Period:
    """The calendar month of a local day, which is today or before; the running month ends now."""
    today = local_date(now, zone)
    if (on.year, on.month) == (today.year, today.month):
        return _period(on.replace(day=1), today, zone, now=now)
    return _period(on.replace(day=1), month_end(on), zone)


def month_before(period: Period) -> Period:
    """The whole calendar month before that in which the period begins."""
    last = period.first.replace(day=1) - timedelta(days=1)
    return _period(last.replace(day=1), last, period.zone)


def up_to(on: date, zone: str, *, now: datetime) -> Period:
    """The month of a local day, today or before, up to the end of that day; up to now where it is today."""
    return _period(on.replace(day=1), on, zone, now=now if on >= local_date(now, zone) else None)


def days_of_program(first: date, last: date, zone: str, *, now: datetime) -> Period:
    """The local days from first to last, which is today or before; up to now where it is today."""
    return _period(first, last, zone, now=now if last >= local_date(now, zone) else None)


def start_of_day(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(UTC)


def last_instant(on: date, zone: str) -> datetime:
    return start_of_day(on + timedelta(days=1), zone) - INSTANT


def read_month(text: str, zone: str, *, now: datetime) -> Period:
    """The month that the words name: none for the running one, `2026-10`, `October`, `Oct 2026`, `last month`.

    A month without a year is the last such one. Raises NotUnderstood for other words and for a month to come.
    """
    today = local_date(now, zone)
    said = folded(text)
    first = _first_day(said, today) if said else today.replace(day=1)
    if first is None:
        raise NotUnderstood(f"{shown(text)} is not a month; write one like 2026-10, October or last month.")
    if first > today:
        raise NotUnderstood(
            f"{first:%B} {first.year} is still to come; give this month, {today:%B} {today.year}, or an earlier one."
        )
    return month_of(first, zone, now=now)


def is_month(text: str, today: date) -> bool:
    """Return true if the words name a month, one to come included."""
    return bool(text) and _first_day(folded(text), today) is not None


def read_period(text: str, zone: str, *, now: datetime) -> Period:
    """The month that the words name as `read_month` has it, or for a day its month up to the end of that day.

    Raises NotUnderstood for other words, and for a month or day to come.
    """
    today = local_date(now, zone)
    if not text.strip() or is_month(text, today):
        return read_month(text, zone, now=now)
    try:
        read_date(text, today)
    except AmbiguousDate:
        pass  # one of two days may be ahead
    except NotUnderstood:
        raise NotUnderstood(
            f"{shown(text)} is not a month; write one like 2026-10, October or last month, or a day like 2026-10-15."
        ) from None
    return up_to(past_date(text, today), zone, now=now)


def written_period(period: Period) -> str:
    """The period as buttons carry it and `read_period` reads it: `2026-10`, up to a day of the month `2026-10-15`."""
    return f"{period.first:%Y-%m}" if period.is_running or is_whole(period) else period.last.isoformat()


def is_whole(period: Period) -> bool:
    return not period.is_running and period.last == month_end(period.first)


def month_text(period: Period) -> str:
    """The period as sentences name it: `October 2026`, `November 2026 up to 12 Nov`."""
    whole = f"{period.first:%B} {period.first.year}"
    return whole if period.last == month_end(period.first) else f"{whole} up to {day_text(period.last)}"


def _period(first: date, last: date, zone: str, *, now: datetime | None = None) -> Period:
    ends_at = last_instant(last, zone) if now is None else now
    return Period(start_of_day(first, zone) - INSTANT, ends_at, first, last, zone, is_running=now is not None)


def _first_day(said: str, today: date) -> date | None:
    """The first day of the month that the words name on `today`, None for other words."""
    if said in MONTHS_BACK:
        return add_months(today.replace(day=1), -MONTHS_BACK[said])
    if numbers := YEAR_FIRST.fullmatch(said) or MONTH_FIRST.fullmatch(said):
        return _month(int(numbers["year"]), int(numbers["month"]))
    named = NAMED.fullmatch(said)
    number = MONTHS.get(named["name"]) if named else None
    if named is None or number is None:
        return None
    year = int(named["year"]) if named["year"] else today.year - (number > today.month)
    return _month(year, number)


def _month(year: int, month: int) -> date | None:
    try:
        return date(year, month, 1)
    except ValueError:
        return None
