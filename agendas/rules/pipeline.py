"""Pipeline of the program: conversion, progression, stays in stages, and tests of its quality."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from statistics import median

from agendas.facts.account import AccountState, EventFacts, ListStatus, Movement, Stage
from agendas.facts.deals import Phase
from agendas.facts.group import BuyingRole
from agendas.facts.measures import PipelineQuality, Program, ProgramAccount, Progression, Stay
from agendas.facts.program import TIERS, ProgramSettings
from agendas.facts.reviews import Bucket, MovementFlag
from agendas.rules.deals import OpenDeal, deals_of, in_stage_since
from agendas.rules.fit import fit_of
from agendas.rules.fold import fold_by_steps
from agendas.rules.group import active_people, contacts_with_role
from agendas.rules.reviews import LEFT_OUT_BEFORE_REASON
from agendas.text.dates import days_between, local_date

# Accounts that measures are counted over, and shares of them that say when they are too few for a percentage.

LEAST_FOR_PERCENT = 10
"""Below so many a share is shown as counts: one account more would change it by more than ten points. Our own."""

Ids = tuple[int, ...]
"""Ids of accounts, in the order of the program."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many (`part`) of so many (`of`); a net share is negative where more went back than forward."""

    part: int
    of: int

    @property
    def is_percent(self) -> bool:
        return self.of >= LEAST_FOR_PERCENT

    @property
    def percent(self) -> int | None:
        """The share in whole percent; None where there are too few of them."""
        return round(100 * self.part / self.of) if self.is_percent else None


def tier_of(account: AccountState) -> int:
    """The tier that the account is counted in; one without a tier goes by tier 3."""
    return account.tier or TIERS[-1]


def named_in(program: Program, tier: int | None = None) -> tuple[ProgramAccount, ...]:
    return tuple(each for each in program.accounts if _has_status(each, ListStatus.NAMED, tier))


def paused_in(program: Program, tier: int | None = None) -> tuple[ProgramAccount, ...]:
    """The accounts that are paused at the end of the period, which leave every rate."""
    return tuple(each for each in program.accounts if _has_status(each, ListStatus.PAUSED, tier))


def ids_of(accounts: Iterable[ProgramAccount]) -> Ids:
    return tuple(each.account_id for each in accounts)


def _has_status(each: ProgramAccount, status: ListStatus, tier: int | None) -> bool:
    """True if the account has this list status and counts in this tier, None for any tier."""
    account = each.facts.account
    return account.list_status is status and tier in (None, tier_of(account))


# Conversion from stage to stage: the share of accounts that reached a later stage in time after they entered one.

HORIZON_DAYS = 90
"""The days that an account has to reach the later stage. Our own."""

COHORT_DAYS = 365
"""Entries of so many days are looked at, those still within the horizon left out."""

STEPS: tuple[tuple[Stage, Stage], ...] = (*pairwise(Stage), (Stage.TARGET, Stage.OPPORTUNITY))
"""The steps that are shown: each to the next stage, and from the list to an opportunity."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Accounts of a tier, or of all, that entered `from_stage` long enough ago, and those that reached `to_stage`.

    Each account counts once, by its first entry of the year, in the tier that it had when it left the stage.
    """

    tier: int | None
    from_stage: Stage
    to_stage: Stage
    entered: Ids = ()
    reached: Ids = ()

    @property
    def share(self) -> Share:
        return Share(len(self.reached), len(self.entered))


def conversion(program: Program, step: tuple[Stage, Stage], tier: int | None = None) -> Conversion:
    """Return the conversion of one step, over the first entry of each account that is at least the horizon old.

    An entry that an import found without its day does not count. An account reached the stage if it did so by the last
    day of the horizon, whichever way and whatever happened afterwards. Paused accounts are left out, those that left
    the list are not. Stays without a tier go by tier 3.
    """
    from_stage, to_stage = step
    left_out = set(ids_of(paused_in(program)))
    stays_of: dict[int, list[Stay]] = defaultdict(list)
    for stay in program.stays:
        if stay.account_id not in left_out:
            stays_of[stay.account_id].append(stay)
    entries = {
        account_id: first
        for account_id, stays in stays_of.items()
        if (first := _first_entry(stays, from_stage, program)) is not None and tier in (None, first.tier or TIERS[-1])
    }
    reached = (id_ for id_, entry in entries.items() if _is_reached(entry, to_stage, stays_of[id_], program))
    return Conversion(tier, from_stage, to_stage, tuple(entries), tuple(reached))


def _first_entry(stays: list[Stay], stage: Stage, program: Program) -> Stay | None:
    """The first entry of the last year into the stage, of a known day, if it is at least the horizon old; else None."""
    entries = [
        stay for stay in stays if stay.stage is stage and stay.is_known and _age_days(stay, program) <= COHORT_DAYS
    ]
    first = min(entries, key=lambda stay: stay.began_at, default=None)
    return first if first is not None and _age_days(first, program) >= HORIZON_DAYS else None


def _age_days(stay: Stay, program: Program) -> int:
    """The days from the beginning of the stay to the end of the period."""
    return days_between(stay.began_at, program.period.ends_at, program.period.zone)


def _is_reached(entry: Stay, to_stage: Stage, stays: list[Stay], program: Program) -> bool:
    """True if the account came to the later stage, or above it, within the horizon after the entry."""
    return any(
        stay.stage.rank >= to_stage.rank
        and stay.began_at >= entry.began_at
        and days_between(entry.began_at, stay.began_at, program.period.zone) <= HORIZON_DAYS
        for stay in stays
    )


# Progression of the accounts that can be compared over a period: how many advanced, went back, or only claim to.


@dataclass(frozen=True, slots=True)
class TierProgression:
    """Accounts of a tier, or of all with `tier` None, by how they moved over the period.

    `comparable` were named at both ends and are in the rate. `customers` were too, but had bought and had no open deal
    for more in the period, so they are in no rate. The others are among the comparable ones: `claimed` took a step up
    without evidence, `bounced` went up and back or down and back, `momentum` are where they were, with a role newly
    engaged, a decider met or a blocker resolved, and `met` are those of them with the meeting.
    """

    tier: int | None
    comparable: Ids = ()
    customers: Ids = ()
    advanced: Ids = ()
    regressed: Ids = ()
    claimed: Ids = ()
    bounced: Ids = ()
    momentum: Ids = ()
    met: Ids = ()

    @property
    def rate(self) -> Share:
        return Share(len(self.advanced), len(self.comparable))

    @property
    def net(self) -> Share:
        return Share(len(self.advanced) - len(self.regressed), len(self.comparable))

    @property
    def kept(self) -> Progression:
        """The counts, as they are kept for a trend."""
        return Progression(len(self.comparable), len(self.advanced), len(self.regressed), len(self.claimed))


def progression(program: Program) -> tuple[TierProgression, ...]:
    return tuple(progression_of(program, tier) for tier in TIERS if named_in(program, tier))


def progression_of(program: Program, tier: int | None = None) -> TierProgression:
    """Return the progression of one tier or the whole list, by the tiers at the end of the period."""
    named_throughout = [each for each in named_in(program, tier) if each.was_named]
    compared = [each for each in named_throughout if not _is_settled_customer(each)]

    def ids_where(condition: Callable[[ProgramAccount], bool]) -> Ids:
        """The ids of the compared accounts for which the condition holds."""
        return ids_of(each for each in compared if condition(each))

    return TierProgression(
        tier=tier,
        comparable=ids_of(compared),
        customers=ids_of(each for each in named_throughout if _is_settled_customer(each)),
        advanced=ids_where(lambda each: _movement_of(each) is Movement.ADVANCED),
        regressed=ids_where(lambda each: _movement_of(each) is Movement.REGRESSED),
        claimed=ids_where(lambda each: _movement_of(each) is Movement.ADVANCED_UNVERIFIED),
        bounced=ids_where(lambda each: MovementFlag.BOUNCED in _flags(each)),
        momentum=ids_where(lambda each: MovementFlag.MOMENTUM in _flags(each)),
        met=ids_where(lambda each: MovementFlag.MEETING_HELD in _flags(each)),
    )


def in_bucket(program: Program, bucket: Bucket, tier: int | None = None) -> Ids:
    return ids_of(each for each in named_in(program, tier) if each.placement.bucket is bucket)


def passed_by(program: Program, tier: int | None = None) -> Ids:
    """The named accounts that two planned reviews or more passed by since their last held one."""
    return ids_of(each for each in named_in(program, tier) if each.facts.left_out >= LEFT_OUT_BEFORE_REASON)


def paused(program: Program, tier: int | None = None) -> Ids:
    """The paused accounts: they are on the list and in no bucket and no rate."""
    return ids_of(paused_in(program, tier))


def _is_settled_customer(each: ProgramAccount) -> bool:
    """Return true for a customer throughout the period without an expansion deal open at any time of it.

    An account that bought in the period, or whose expansion was decided in it, is compared: it had something to reach.
    """
    before, after = each.facts.before, each.facts.account
    if before is None or before.stage is not Stage.CUSTOMER or after.stage is not Stage.CUSTOMER:
        return False
    since = each.facts.since
    return not any(
        deal.profile.is_expansion
        and (deal.is_open or (since is not None and deal.closed_at is not None and deal.closed_at > since))
        for deal in after.opportunities
    )


def _movement_of(each: ProgramAccount) -> Movement:
    return each.placement.movement.movement


def _flags(each: ProgramAccount) -> frozenset[MovementFlag]:
    return each.placement.movement.flags


# The seven tests of an open deal of a named account: each passed, failed with its figure, or not due at its stage.

LEAST_FIT = 60
"""Fit of an account whose pipeline counts as good, in points. Our own, as the fit for tier 2."""

ECONOMIC_BUYER_DAYS = 60
"""An economic buyer counts as engaged in a deal for so many days. Our own."""

TOUCHED_DAYS = 30
"""An account counts as worked on for so many days: pipeline without a next step in 30 days is not real coverage."""

ENGAGED_CONTACTS, ENGAGED_CONTACTS_TIER_1 = 2, 3
"""People of the buyer who should be active at once: two, and three in tier 1. Our own."""


class QualityTest(StrEnum):
    """Test of an open deal, in order."""

    FIT = "fit"
    ECONOMIC_BUYER = "economic_buyer"
    NEXT_ACTION = "next_action"
    STAGE_AGE = "stage_age"
    CLOSE_DATE = "close_date"
    CONTACTS = "contacts"
    EVIDENCE = "evidence"


class QualityGap(StrEnum):
    """Reason why a deal fails a test, with a number and its limit where there are any.

    Points go with fit_low, people with too_few_contacts, times with close_date_pushed, days with all others.
    """

    FIT_NOT_SCORED = "fit_not_scored"
    FIT_LOW = "fit_low"
    NO_ECONOMIC_BUYER = "no_economic_buyer"
    ECONOMIC_BUYER_NOT_HEARD = "economic_buyer_not_heard"
    ECONOMIC_BUYER_QUIET = "economic_buyer_quiet"
    NO_NEXT_ACTION = "no_next_action"
    NEXT_ACTION_PAST = "next_action_past"
    NOT_TOUCHED = "not_touched"
    OVER_STAGE_LIMIT = "over_stage_limit"
    NO_CLOSE_DATE = "no_close_date"
    CLOSE_DATE_PAST = "close_date_past"
    CLOSE_DATE_PUSHED = "close_date_pushed"
    TOO_FEW_CONTACTS = "too_few_contacts"
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, slots=True)
class JudgedTest:
    """A test that is due, and why it is failed; without a `gap` it is passed."""

    test: QualityTest
    gap: QualityGap | None = None
    number: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class JudgedDeal:
    """An open deal of a named account with the tests that are due at its stage."""

    account_id: int
    open_deal: OpenDeal
    tests: tuple[JudgedTest, ...]

    @property
    def due(self) -> int:
        """Number of tests that are due; never 0."""
        return len(self.tests)

    @property
    def passed(self) -> int:
        return sum(each.gap is None for each in self.tests)

    @property
    def failed(self) -> tuple[JudgedTest, ...]:
        return tuple(each for each in self.tests if each.gap is not None)

    @property
    def is_clean(self) -> bool:
        return not self.failed

    @property
    def currency(self) -> str:
        return self.open_deal.deal.profile.currency

    @property
    def amount_cents(self) -> int | None:
        return self.open_deal.deal.profile.amount_cents


def judged_deals(
    account: AccountState, settings: ProgramSettings, *, now: datetime, zone: str
) -> tuple[JudgedDeal, ...]:
    """Return the account's open deals with their tests, furthest first; days are calendar days in the IANA `zone`."""
    open_deals = deals_of(account, settings, now=now, zone=zone).open
    if not open_deals:
        return ()
    today = local_date(now, zone)
    # an account that nobody updated counts from its naming
    untouched_days = days_between(account.last_update_at or account.named_at or now, now, zone)
    of_account = {
        QualityTest.FIT: _fit_test(account, settings),
        QualityTest.NEXT_ACTION: _next_action_test(account, today, untouched_days),
        QualityTest.CONTACTS: _contacts_test(account, settings, today),
        QualityTest.EVIDENCE: _evidence_test(account),
    }
    judged: list[JudgedDeal] = []
    for deal in open_deals:
        tested = of_account | _tests_of_deal(account, deal, settings, today)
        in_order = (tested[test] for test in QualityTest)
        judged.append(JudgedDeal(account.account_id, deal, tuple(result for result in in_order if result is not None)))
    return tuple(judged)


def _tests_of_deal(
    account: AccountState, deal: OpenDeal, settings: ProgramSettings, today: date
) -> dict[QualityTest, JudgedTest | None]:
    """The tests of one open deal; an economic buyer is asked for only from the middle phase on."""
    is_from_middle = deal.deal.profile.phase.rank >= Phase.MIDDLE.rank
    return {
        QualityTest.ECONOMIC_BUYER: _economic_buyer_test(account, today) if is_from_middle else None,
        QualityTest.STAGE_AGE: _stage_age_test(deal),
        QualityTest.CLOSE_DATE: _close_date_test(deal, settings, today),
    }


def _fit_test(account: AccountState, settings: ProgramSettings) -> JudgedTest:
    """Whether the fit is high enough; the number is in points."""
    fit = fit_of(account.fit, settings).fit
    if fit is None:
        return JudgedTest(QualityTest.FIT, QualityGap.FIT_NOT_SCORED, 0, LEAST_FIT)
    # a fit of 59.6 is below 60, so it is not shown as 60
    return JudgedTest(QualityTest.FIT, QualityGap.FIT_LOW if fit < LEAST_FIT else None, int(fit), LEAST_FIT)


def _economic_buyer_test(account: AccountState, today: date) -> JudgedTest:
    """Whether the last word of a confirmed economic buyer is recent; days are 0 where there was none."""
    test, limit = QualityTest.ECONOMIC_BUYER, ECONOMIC_BUYER_DAYS
    people = contacts_with_role(account, BuyingRole.ECONOMIC_BUYER)
    last_touch_on = max((each.last_touch_on for each in people if each.last_touch_on is not None), default=None)
    if not people:
        return JudgedTest(test, QualityGap.NO_ECONOMIC_BUYER, 0, limit)
    if last_touch_on is None:
        return JudgedTest(test, QualityGap.ECONOMIC_BUYER_NOT_HEARD, 0, limit)
    days = max(0, (today - last_touch_on).days)
    return JudgedTest(test, QualityGap.ECONOMIC_BUYER_QUIET if days > limit else None, days, limit)


def _next_action_test(account: AccountState, today: date, untouched_days: int) -> JudgedTest:
    """Whether an action is due from today on, and an update is recent; the number is days overdue, else untouched."""
    test, due = QualityTest.NEXT_ACTION, [action.due_on for action in account.open_actions]
    if not due:
        return JudgedTest(test, QualityGap.NO_NEXT_ACTION)
    if max(due) < today:
        return JudgedTest(test, QualityGap.NEXT_ACTION_PAST, (today - max(due)).days)
    gap = QualityGap.NOT_TOUCHED if untouched_days > TOUCHED_DAYS else None
    return JudgedTest(test, gap, untouched_days, TOUCHED_DAYS)


def _stage_age_test(deal: OpenDeal) -> JudgedTest | None:
    """Whether the deal is longer in its stage than the limit, as far as its days there are known; None without one."""
    limit = deal.limit_days
    if limit is None:
        return None
    gap = QualityGap.OVER_STAGE_LIMIT if deal.days_in_stage > limit else None
    return JudgedTest(QualityTest.STAGE_AGE, gap, deal.days_in_stage, limit)


def _close_date_test(deal: OpenDeal, settings: ProgramSettings, today: date) -> JudgedTest:
    """Whether the close date is set, has not passed, and was not pushed too often."""
    test, closes_on, pushes = QualityTest.CLOSE_DATE, deal.deal.profile.closes_on, deal.deal.pushes
    if closes_on is None:
        return JudgedTest(test, QualityGap.NO_CLOSE_DATE)
    if closes_on < today:
        return JudgedTest(test, QualityGap.CLOSE_DATE_PAST, (today - closes_on).days)
    limit = settings.number("list.pushes")
    return JudgedTest(test, QualityGap.CLOSE_DATE_PUSHED if pushes >= limit else None, pushes, limit)


def _contacts_test(account: AccountState, settings: ProgramSettings, today: date) -> JudgedTest:
    """Whether enough people of the buyer were active lately."""
    wanted = ENGAGED_CONTACTS_TIER_1 if account.tier == 1 else ENGAGED_CONTACTS
    active = len(active_people(account.contacts, settings, today=today))
    return JudgedTest(QualityTest.CONTACTS, QualityGap.TOO_FEW_CONTACTS if active < wanted else None, active, wanted)


def _evidence_test(account: AccountState) -> JudgedTest | None:
    """Whether evidence shows the account's stage; None for a target, which nothing has to show."""
    if account.stage is Stage.TARGET:
        return None
    return JudgedTest(QualityTest.EVIDENCE, None if account.stage_has_evidence else QualityGap.NO_EVIDENCE)


# Pipeline quality by currency: open value weighed by the tests its deals pass, and the part that passes them all.


@dataclass(frozen=True, slots=True)
class CurrencyQuality:
    """Open deals of one currency on named accounts, '' for deals without one; paused accounts are left out.

    `deals` have an amount; `without_amount` are counted and in no sum.
    """

    currency: str
    deals: tuple[JudgedDeal, ...] = ()
    without_amount: tuple[JudgedDeal, ...] = ()

    @property
    def all_deals(self) -> tuple[JudgedDeal, ...]:
        return (*self.deals, *self.without_amount)

    @property
    def value_cents(self) -> int:
        return _sum(self.deals)

    @property
    def passed_cents(self) -> int:
        """The open value, each deal weighed by the share of its due tests that it passes, to the cent."""
        return round(sum((each.amount_cents or 0) * each.passed / each.due for each in self.deals))

    @property
    def clean_cents(self) -> int:
        return _sum(tuple(each for each in self.deals if each.is_clean))

    @property
    def percent(self) -> int | None:
        """The pipeline quality in whole percent; None without any open value."""
        return self.kept.percent

    @property
    def clean_percent(self) -> int | None:
        return round(100 * self.clean_cents / self.value_cents) if self.value_cents else None

    @property
    def kept(self) -> PipelineQuality:
        """The sums, as they are kept for a trend."""
        return PipelineQuality(
            self.value_cents, self.passed_cents, self.clean_cents, len(self.deals), len(self.without_amount)
        )

    def failing(self, test: QualityTest) -> tuple[JudgedDeal, ...]:
        """The deals that fail this test, those without an amount included."""
        return tuple(each for each in self.all_deals if any(result.test is test for result in each.failed))

    def due(self, test: QualityTest) -> tuple[JudgedDeal, ...]:
        """The deals that this test is due for, those without an amount included."""
        return tuple(each for each in self.all_deals if any(result.test is test for result in each.tests))


def quality(program: Program) -> Mapping[str, CurrencyQuality]:
    """Return the pipeline quality by currency, in alphabetical order; amounts of two currencies are never added up."""
    period = program.period
    deals = [
        deal
        for each in named_in(program)
        for deal in judged_deals(each.facts.account, program.settings, now=period.ends_at, zone=period.zone)
    ]
    return {
        currency: CurrencyQuality(
            currency,
            tuple(each for each in deals if each.currency == currency and each.amount_cents is not None),
            tuple(each for each in deals if each.currency == currency and each.amount_cents is None),
        )
        for currency in sorted({each.currency for each in deals})
    }


def accounts_of(deals: tuple[JudgedDeal, ...]) -> Ids:
    return tuple(dict.fromkeys(each.account_id for each in deals))


def _sum(deals: tuple[JudgedDeal, ...]) -> int:
    return sum(each.amount_cents or 0 for each in deals)


# Stays of an account in its stages that are over, while it was on the list, and how what is known of them changes.


@dataclass(frozen=True, slots=True)
class KnownStay:
    """A completed stay as the history had it from `told_at` until before `void_at`; None if it still has it."""

    stay: Stay
    told_at: datetime
    void_at: datetime | None = None


def stay_ended(before: AccountState | None, after: AccountState) -> Stay | None:
    """The stay in a stage that ended with a step or with leaving the list; None if the account was not on the list.

    None also for a stay that took no time: an account named in a later stage was in no other one before. The length of
    a stay is not known if an import found it begun or over.
    """
    if before is None or not before.list_status.is_on_list:
        return None
    has_left = not after.list_status.is_on_list
    if before.stage is after.stage and not has_left:
        return None
    began_at, ended_at = in_stage_since(before), after.list_changed_at if has_left else after.stage_since
    if began_at is None or ended_at is None or ended_at <= began_at:
        return None
    return Stay(
        account_id=after.account_id,
        stage=before.stage,
        tier=before.tier,
        began_at=began_at,
        ended_at=ended_at,
        to_stage=None if has_left else after.stage,
        is_known=before.stage_since_known and (has_left or after.stage_since_known),
    )


def fold_with_stays(events: Iterable[EventFacts]) -> tuple[AccountState | None, tuple[Stay, ...]]:
    """The state after a whole history, None without a nomination, and the completed stays in it, oldest first."""
    state: AccountState | None = None
    stays: list[Stay] = []
    for _event, after in fold_by_steps(events):
        if stay := stay_ended(state, after):
            stays.append(stay)
        state = after
    return state, tuple(stays)


def refolded(known: Sequence[KnownStay], stays: Sequence[Stay], at: datetime) -> tuple[KnownStay, ...]:
    """The known stays in their order, then the new ones: `stays` are those that folding the whole history again gave.

    A known stay that is not among them is void from `at` on.
    """
    valid_before = [each.stay for each in known if each.void_at is None]
    older = (replace(each, void_at=at) if each.void_at is None and each.stay not in stays else each for each in known)
    return (*older, *(KnownStay(stay, at) for stay in stays if stay not in valid_before))


def open_stay(state: AccountState) -> Stay | None:
    """The stay of an account that lasts; None where no day of its stage is known."""
    began_at = in_stage_since(state)
    if began_at is None:
        return None
    return Stay(state.account_id, state.stage, state.tier, began_at, is_known=state.stage_since_known)


# Velocity by tier and stage: the median of completed stays, with the open ones next to it.

TRAILING_DAYS = 365
"""Stays that ended in so many days are looked at."""


@dataclass(frozen=True, slots=True)
class StayDays:
    """Days of an account in a stage; `at_least` where an import found it there without a day."""

    account_id: int
    days: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class StageVelocity:
    """Stays of a tier, or of all with `tier` None, in a stage; the longest first.

    `completed` ended with a step to another stage in the last year and have a known beginning; `open` last.
    """

    tier: int | None
    stage: Stage
    completed: tuple[StayDays, ...] = ()
    open: tuple[StayDays, ...] = ()

    @property
    def median_days(self) -> float | None:
        return float(median(stay.days for stay in self.completed)) if self.completed else None

    @property
    def longest_open(self) -> StayDays | None:
        return self.open[0] if self.open else None


def velocity(program: Program, stage: Stage, tier: int | None = None) -> StageVelocity:
    """Return the velocity of a stage: of one tier (3 for stays without one) or all; paused accounts are left out."""
    left_out = set(ids_of(paused_in(program)))
    now, zone = program.period.ends_at, program.period.zone
    stays = [
        stay
        for stay in program.stays
        if stay.stage is stage and stay.account_id not in left_out and tier in (None, stay.tier or TIERS[-1])
    ]

    def with_days(chosen: Iterable[Stay]) -> tuple[StayDays, ...]:
        """The chosen stays in days, the longest first."""
        days = (StayDays(stay.account_id, days_of(stay, now=now, zone=zone), not stay.is_known) for stay in chosen)
        return tuple(sorted(days, key=lambda stay: (-stay.days, stay.account_id)))

    return StageVelocity(
        tier=tier,
        stage=stage,
        completed=with_days(stay for stay in stays if is_completed(stay, now=now, zone=zone)),
        open=with_days(stay for stay in stays if stay.ended_at is None),
    )


def is_completed(stay: Stay, *, now: datetime, zone: str) -> bool:
    """Return true for a stay of known length that ended with a step, up or down, in the last year.

    A stay that ended because the account left the list says nothing about how long the stage takes.
    """
    if stay.ended_at is None or stay.to_stage is None or not stay.is_known:
        return False
    return days_between(stay.ended_at, now, zone) <= TRAILING_DAYS


def days_of(stay: Stay, *, now: datetime, zone: str) -> int:
    """The days of the stay, until now for one that lasts."""
    return days_between(stay.began_at, stay.ended_at or now, zone)


def velocity_accounts_of(stays: Iterable[StayDays]) -> Ids:
    return tuple(dict.fromkeys(stay.account_id for stay in stays))
