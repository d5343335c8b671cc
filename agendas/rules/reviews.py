"""An account in its review: placement, the reasons to discuss it, and intervention."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agendas.facts.account import AccountState, EventFacts, ListStatus, Movement, Rhythm, Stage
from agendas.facts.events import Corrected, DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.program import TIERS, LimitFrom, ReviewCoverage, of_tier
from agendas.facts.reviews import (
    AgendaFacts,
    AgendaItem,
    Bucket,
    CodedReason,
    ItemPart,
    MovementAnswer,
    MovementFlag,
    Placement,
    ReasonCode,
    ReviewFacts,
    StallAnswer,
    StallKind,
)
from agendas.rules.account_list import Proposed, pending
from agendas.rules.deals import STALLED, limit_key, stall
from agendas.rules.fit import fit_of
from agendas.rules.group import departure_reasons, is_engaged, weaknesses
from agendas.rules.history import SAYS_SOMETHING, by_people
from agendas.rules.movement import EntrySource, movement, source_of
from agendas.rules.signals import has_fallen
from agendas.text.dates import days_between, local_date

# The bucket of an account.


def place(facts: AgendaFacts) -> Placement:
    """The one bucket of an account, with its movement, its stall and the reasons, most serious first."""
    moved = movement(facts)
    stalled = stall(
        facts.account, now=facts.now, zone=facts.zone, settings=facts.settings, excused_before=facts.excused_before
    )
    serious = reasons(facts, moved, stalled)
    # where reasons to intervene hold, a fall is one of them already
    fell = regression_reasons(moved) if moved.movement is Movement.REGRESSED and not serious else ()
    # a cause far over its limit is among the serious reasons and is shown once
    codes = {code for code, _, _ in serious}
    causes = tuple((STALLED[c.kind], c.days, c.limit_days) for c in stalled.causes if FAR_OVER[c.kind] not in codes)
    # a step only claimed is never counted as advanced
    by_movement = {Movement.REGRESSED: Bucket.STALLED, Movement.ADVANCED: Bucket.ADVANCED, Movement.NEW: Bucket.NEW}
    bucket = by_movement.get(moved.movement, Bucket.STEADY)
    if serious:
        bucket = Bucket.NEEDS_INTERVENTION
    elif stalled.is_stalled:
        bucket = Bucket.STALLED
    elif bucket is not Bucket.STALLED and MovementFlag.EXPANDED in moved.flags:
        bucket = Bucket.EXPANDED
    return Placement(bucket=bucket, movement=moved, stall=stalled, reasons=(*serious, *fell, *causes))


# Order of accounts on an agenda: each in one bucket, by need, as many as fit the minutes.

BY_EXCEPTION = TIERS[-1]
"""The tier reviewed by exception: only what needs talking about is shown."""
STEADY_NAMED = 5
"""Steady accounts of that tier that are named: of more there is a number."""

_BUCKET_ORDER = {bucket: number for number, bucket in enumerate(Bucket)}


def named_and_counted(steady: Sequence[AgendaItem]) -> tuple[Sequence[AgendaItem], int]:
    """Return the steady accounts to name, and the number of others, which are of the tier reviewed by exception.

    Up to STEADY_NAMED of that tier are named like all others; of more none is.
    """
    of_other_tiers = [item for item in steady if item.facts.account.tier != BY_EXCEPTION]
    count = len(steady) - len(of_other_tiers)
    return (of_other_tiers, count) if count > STEADY_NAMED else (steady, 0)


def placed_items(
    facts: Mapping[int, AgendaFacts],
    left_out: Mapping[int, int],
    minutes: int,
    chosen: Mapping[int, ItemPart],
    *,
    takes_all: bool = False,
) -> Sequence[AgendaItem]:
    """Return the accounts in order of need with their parts; all are discussed with `takes_all`, whatever the minutes.

    `left_out` are the times that each was left out before, `chosen` the parts that somebody chose, by account id.
    """
    placed = order(
        AgendaItem(position=0, facts=each, placement=place(each), times_left_out=left_out.get(account_id, 0))
        for account_id, each in facts.items()
    )
    return take_all(placed) if takes_all else fit(placed, minutes, chosen)


def order(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items in order of need, positions counted from 1.

    Bucket, tier, reviews that left it out (more first), days over a limit (more first), of new accounts fit and points
    of signals (more first), name. A claimed step is sorted as an advance.
    """
    ordered = sorted(items, key=_by_need)
    return tuple(replace(item, position=number) for number, item in enumerate(ordered, start=1))


def _by_need(item: AgendaItem) -> tuple[int, int, int, int, float, float, str, int]:
    """Sort key of `order`; a steady account with something to discuss is sorted among the accounts that advanced."""
    account = item.facts.account
    days_over = max((cause.days - cause.limit_days for cause in item.placement.stall.causes), default=0)
    has_something_new = _has_news(item) and item.placement.bucket is Bucket.STEADY
    bucket = _BUCKET_ORDER[Bucket.ADVANCED if has_something_new else item.placement.bucket]
    fit, points = _fit_and_points(item) if item.placement.bucket is Bucket.NEW else (0.0, 0.0)
    need = (bucket, _tier(item), -item.times_left_out, -days_over)
    return (*need, -fit, -points, account.name.casefold(), account.account_id)


def _fit_and_points(item: AgendaItem) -> tuple[float, float]:
    """Fit, and points of signals of 90 days, each 0 where it is not known: nothing else ranks a new account."""
    facts = item.facts
    return fit_of(facts.account.fit, facts.settings).fit or 0.0, facts.engagement.last_90 if facts.engagement else 0.0


def take_all(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items, in the same order, all discussed, whatever the minutes: for accounts asked for by name."""
    return tuple(
        replace(item, position=position, part=ItemPart.DISCUSSED, minutes=_minutes(item))
        for position, item in enumerate(items, start=1)
    )


def fit(
    items: Sequence[AgendaItem], minutes: int, chosen: Mapping[int, ItemPart] | None = None
) -> tuple[AgendaItem, ...]:
    """The items, in the same order, with their part and minutes, so that those discussed fit the slot.

    `chosen` are the parts that people chose, by account id: accounts taken in are discussed whatever the minutes and
    before others, those left out are not, unless there is nothing else to discuss.

    Steady accounts are listed. One that does not fit is left out, with the minutes it would need; a shorter one after
    it may still fit. Those in need of intervention that the last review left out take their minutes first, and where
    one does not fit again nothing of less need is discussed, nor one in need of a lower tier. At least one account is
    always discussed.
    """
    minutes_left, waiting_tier = minutes, TIERS[-1]
    is_waiting = False
    fitted: dict[int, AgendaItem] = {}
    chosen_parts = [(chosen or {}).get(item.facts.account.account_id) for item in items]
    # those that a person took in get their minutes first, then those that the last review left out
    in_turn = sorted(
        range(len(items)),
        key=lambda number: (chosen_parts[number] is not ItemPart.DISCUSSED, not _was_left_out(items[number])),
    )
    for number in in_turn:
        item = items[number]
        needed, part = _minutes(item), chosen_parts[number]
        if part is not None:
            minutes_left -= needed if part is ItemPart.DISCUSSED else 0
            fitted[number] = replace(item, part=part, minutes=needed)
        elif not _has_news(item):
            fitted[number] = replace(item, part=ItemPart.LISTED, minutes=0)
        elif needed <= minutes_left and (not is_waiting or (_needs_intervention(item) and _tier(item) <= waiting_tier)):
            minutes_left -= needed
            fitted[number] = replace(item, part=ItemPart.DISCUSSED, minutes=needed)
        else:
            if _was_left_out(item):
                is_waiting, waiting_tier = True, min(waiting_tier, _tier(item))
            fitted[number] = replace(item, part=ItemPart.LEFT_OUT, minutes=needed)
    return _with_one_discussed([fitted[number] for number in range(len(items))], chosen_parts)


def _was_left_out(item: AgendaItem) -> bool:
    """True for an account in need of intervention that the last review had no minutes for."""
    return _needs_intervention(item) and item.times_left_out > 0


def _with_one_discussed(items: list[AgendaItem], chosen_parts: Sequence[ItemPart | None]) -> tuple[AgendaItem, ...]:
    """Where nothing is discussed, discuss the first that did not fit; one that a person left out only if all were.

    Where all are steady, and so only listed, the first of them is discussed.
    """
    if items and not any(item.part is ItemPart.DISCUSSED for item in items):
        left_out = [number for number, item in enumerate(items) if item.part is ItemPart.LEFT_OUT]
        first = min(left_out, key=lambda number: (chosen_parts[number] is not None, number), default=0)
        items[first] = replace(items[first], part=ItemPart.DISCUSSED, minutes=_minutes(items[first]))
    return tuple(items)


def _needs_intervention(item: AgendaItem) -> bool:
    return item.placement.bucket is Bucket.NEEDS_INTERVENTION


def _tier(item: AgendaItem) -> int:
    return item.facts.account.tier or TIERS[-1]


def _minutes(item: AgendaItem) -> int:
    """The minutes that the account's tier gets on an agenda."""
    return item.facts.settings.number(of_tier(item.facts.account.tier, "minutes"))


def _has_news(item: AgendaItem) -> bool:
    """True for what must be talked about: any bucket but steady, an open ask, a claimed step, a corrected one."""
    moved = item.placement.movement
    is_claimed, is_corrected = moved.movement is Movement.ADVANCED_UNVERIFIED, MovementFlag.CORRECTED in moved.flags
    is_asked = bool(item.facts.account.open_asks)
    return item.placement.bucket is not Bucket.STEADY or is_asked or is_claimed or is_corrected


# Reasons for an intervention: one hard reason, or two soft ones.

INTERVENTION_TIERS = (1, 2)
"""The tiers that are worth an intervention, of named accounts."""

FAR_OVER_LIMIT = 2
"""A stall of more than this many times its limit is far over it. Our own default."""

FAR_OVER = {StallKind.AGED: ReasonCode.FAR_OVER_AGED, StallKind.QUIET: ReasonCode.FAR_OVER_QUIET}

LEFT_OUT_BEFORE_REASON = 2
"""Held reviews that may leave an account out before that is a soft reason."""

SOFT_REASONS_NEEDED = 2
"""Soft reasons that make an intervention without a hard one. Our own default."""


def reasons(facts: AgendaFacts, movement: MovementAnswer, stall: StallAnswer) -> tuple[CodedReason, ...]:
    """Return the reasons for an intervention, most serious first; empty when nobody needs to step in.

    Numbers are days: a blocker's age, days since somebody was asked, of the worst cause of a stall, overdue, or in the
    stage; engagement_fell has the points of 30 days, and as limit their mean in the three windows before.
    """
    hard, soft = hard_and_soft(facts, movement, stall)
    if hard or len(soft) >= SOFT_REASONS_NEEDED:
        return (*hard, *soft)
    return ()


def hard_and_soft(
    facts: AgendaFacts, movement: MovementAnswer, stall: StallAnswer
) -> tuple[tuple[CodedReason, ...], tuple[CodedReason, ...]]:
    """Return the reasons that are enough alone, and those that take several; only for accounts named in tier 1 or 2."""
    if facts.account.list_status is not ListStatus.NAMED or facts.account.tier not in INTERVENTION_TIERS:
        return (), ()
    hard = (
        *regression_reasons(movement),
        *_blocker_reasons(facts),
        *_ask_reasons(facts),
        *departure_reasons(facts),
        *closing(facts),
        *_stall_reasons(facts, stall),
    )
    account, engaged = facts.account, facts.engagement
    soft = [*_action_reasons(facts), *weaknesses(facts), *slipping(facts)]
    if engaged is not None and has_fallen(engaged):
        soft.append((ReasonCode.ENGAGEMENT_FELL, round(engaged.last_30), round(engaged.usual_30)))
    if facts.left_out >= LEFT_OUT_BEFORE_REASON:
        soft.append((ReasonCode.NOT_REVIEWED, facts.left_out, 0))
    if account.stage is not Stage.TARGET and not account.stage_has_evidence:
        soft.append((ReasonCode.NO_EVIDENCE, stall.days_in_stage or 0, 0))  # 0 where its days there are not known
    return hard, tuple(soft)


def _blocker_reasons(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """The reasons that open blockers give: the oldest for an executive, and the oldest other one over its limit."""
    limit_days = facts.settings.limit(of_tier(facts.account.tier, "blocker"))
    ages = [(each.needs, days_between(each.opened_at, facts.now, facts.zone)) for each in facts.account.open_blockers]
    for_executive = [age for needs, age in ages if needs == Function.EXECUTIVE]
    old = [age for needs, age in ages if needs != Function.EXECUTIVE and limit_days and age > limit_days]
    found: list[CodedReason] = []
    if for_executive:
        found.append((ReasonCode.BLOCKER_NEEDS_EXECUTIVE, max(for_executive), 0))
    if old:
        found.append((ReasonCode.BLOCKER_OLD, max(old), limit_days or 0))  # no blocker is old without a limit
    return tuple(found)


def _ask_reasons(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """The open ask that is overdue longest; one whose day has not passed is no reason yet."""
    dated = [ask.due_on for ask in facts.account.open_asks if ask.due_on is not None]
    days = (local_date(facts.now, facts.zone) - min(dated)).days if dated else 0
    return ((ReasonCode.ASK_OVERDUE, days, 0),) if days > 0 else ()


def _stall_reasons(facts: AgendaFacts, stall: StallAnswer) -> tuple[CodedReason, ...]:
    """The reasons of a stall that is the second in a row or far over its limit, by the cause furthest over."""
    if not stall.causes:
        return ()
    worst = max(stall.causes, key=lambda cause: cause.days / cause.limit_days)
    found: list[CodedReason] = []
    if facts.aged_before:
        found.append((ReasonCode.STALLED_TWICE, worst.days, worst.limit_days))
    if worst.days > FAR_OVER_LIMIT * worst.limit_days:
        found.append((FAR_OVER[worst.kind], worst.days, worst.limit_days))
    return tuple(found)


def _action_reasons(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """The reason that next actions give: that there is none, or that the first due is overdue for too long."""
    due = [action.due_on for action in facts.account.open_actions]
    if not due:
        return ((ReasonCode.NO_NEXT_ACTION, 0, 0),)
    overdue_days = (local_date(facts.now, facts.zone) - min(due)).days
    limit_days = facts.settings.number("list.overdue")
    return ((ReasonCode.ACTION_OVERDUE, overdue_days, limit_days),) if overdue_days > limit_days else ()


# Reasons to intervene that an account's deals give.


def regression_reasons(movement: MovementAnswer) -> tuple[CodedReason, ...]:
    """Return the hard reason of an account that fell back, if any: regressed, only_deal_lost or deal_back.

    Losing the only open deal is no reason if another was won since the last held review; then only a flag shows it.
    """
    down = movement.from_stage.rank - movement.to_stage.rank if movement.from_stage else 0
    if movement.movement is Movement.REGRESSED and down > 0:
        return ((ReasonCode.REGRESSED, down, 0),)
    if MovementFlag.OPPORTUNITY_LOST in movement.flags and movement.to_phase is None:
        return ((ReasonCode.ONLY_DEAL_LOST, 0, 0),)
    if movement.movement is Movement.REGRESSED:
        ranks = [phase.rank if phase else 0 for phase in (movement.from_phase, movement.to_phase)]
        return ((ReasonCode.DEAL_BACK, ranks[0] - ranks[1], 0),)
    return ()


def closing(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """Return a hard reason where an open deal closes soon and no economic buyer is engaged."""
    today, limit_days = local_date(facts.now, facts.zone), facts.settings.number("list.renewal")
    days_left = [(on - today).days for on in _close_dates(facts) if 0 <= (on - today).days <= limit_days]
    if not days_left or is_engaged(facts.account, BuyingRole.ECONOMIC_BUYER, facts.settings, today=today):
        return ()
    return ((ReasonCode.CLOSES_SOON, min(days_left), limit_days),)


def slipping(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """Return a soft reason if a close date has passed, else if one was pushed too often."""
    today, limit = local_date(facts.now, facts.zone), facts.settings.number("list.pushes")
    past = [(today - on).days for on in _close_dates(facts) if on < today]
    pushes = max((deal.pushes for deal in facts.account.open_deals), default=0)
    if past:
        return ((ReasonCode.CLOSE_DATE_PAST, max(past), 0),)
    return ((ReasonCode.CLOSE_DATE_PUSHED, pushes, limit),) if pushes >= limit else ()


def _close_dates(facts: AgendaFacts) -> list[date]:
    """The close dates of the open deals."""
    return [deal.profile.closes_on for deal in facts.account.open_deals if deal.profile.closes_on is not None]


# Explain the bucket of an account: which rule placed it there, with reasons, limits and the entries behind them.


@dataclass(frozen=True, slots=True)
class ExplainedReason:
    """A reason with its number and limit, what it rests on, and where its limit comes from, where that can differ.

    `stays` are the completed stays that a calibrated limit follows from.
    """

    reason: CodedReason
    source: EntrySource | None = None
    origin: LimitFrom | None = None
    stays: int = 0


@dataclass(frozen=True, slots=True)
class BucketTest:
    """One bucket in the order in which they are tried: it holds, or it does not; with the reasons for it."""

    bucket: Bucket
    holds: bool
    reasons: tuple[ExplainedReason, ...] = ()
    soft: tuple[ExplainedReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every bucket tried in order; the account is in the first that holds, steady where none does."""

    placement: Placement
    tests: tuple[BucketTest, ...]

    @property
    def bucket(self) -> Bucket:
        return self.placement.bucket


def explain(facts: AgendaFacts, placement: Placement) -> Explanation:
    """Explain the placement that the rules gave for these facts; each bucket is tested, whatever came before it."""
    moved, stalled = placement.movement, placement.stall
    hard, soft = hard_and_soft(facts, moved, stalled)
    causes = tuple((STALLED[each.kind], each.days, each.limit_days) for each in stalled.causes)
    fell = moved.movement is Movement.REGRESSED
    tests = (
        BucketTest(
            Bucket.NEEDS_INTERVENTION,
            placement.bucket is Bucket.NEEDS_INTERVENTION,  # tried first, so that the placement says whether it holds
            tuple(_explained(each, facts) for each in hard),
            tuple(_explained(each, facts) for each in soft),
        ),
        # an account that moved back is placed among the stalled ones, though no limit is passed
        BucketTest(Bucket.STALLED, stalled.is_stalled or fell, tuple(_explained(each, facts) for each in causes)),
        BucketTest(Bucket.EXPANDED, MovementFlag.EXPANDED in moved.flags),
        BucketTest(Bucket.ADVANCED, moved.movement is Movement.ADVANCED),
        BucketTest(Bucket.NEW, moved.is_new),
    )
    return Explanation(placement, tests)


def _explained(reason: CodedReason, facts: AgendaFacts) -> ExplainedReason:
    """The reason with the entry that it rests on, where its limit comes from if it has one, and from how many stays."""
    code = reason[0]
    source = source_of(code, facts)
    kind = next((kind for kind, stalled in STALLED.items() if stalled is code), None)
    key = limit_key(facts.account, kind) if kind else None
    if key is None:
        return ExplainedReason(reason, source)
    origin, calibrated = facts.settings.origin(key), facts.settings.calibration.of_key(key)
    stays = calibrated.stays if calibrated and origin is LimitFrom.CALIBRATED else 0
    return ExplainedReason(reason, source, origin, stays)


# The decision that fits the account's present state, for a form to open with: people decide.


@dataclass(frozen=True, slots=True)
class FittingDecision:
    """A decision, with the new tier of a change of tier."""

    kind: DecisionKind
    tier: int | None = None


def fitting_decision(item: AgendaItem) -> FittingDecision:
    """Help is asked for where the account needs intervention; its fit may propose another tier; else it is kept.

    A removal is never filled in, as nobody should confirm one by habit.
    """
    if item.placement.bucket is Bucket.NEEDS_INTERVENTION:
        return FittingDecision(DecisionKind.INTERVENE)
    proposal = pending(item.facts)
    if proposal is not None and proposal.what in (Proposed.PROMOTE, Proposed.DEMOTE):
        return FittingDecision(DecisionKind.CHANGE_TIER, proposal.tier)
    return FittingDecision(DecisionKind.KEEP)


# Accounts that a cadence reviews.


def in_scope(account: AccountState, scope: Mapping[str, Collection[Any]]) -> bool:
    """Return true if a named account fits every part of a cadence's scope that is not empty.

    `scope` may hold tiers, owners, segments and account_ids.
    """
    values = {
        "tiers": account.tier,
        "owners": account.profile.owner,
        "segments": account.profile.segment,
        "account_ids": account.account_id,
    }
    fits = all(not scope.get(name) or value in scope[name] for name, value in values.items())
    return account.list_status is ListStatus.NAMED and fits


def is_reviewed(account: AccountState, channel_id: str, scope: Mapping[str, Collection[Any]]) -> bool:
    """Return true when a cadence of the channel reviews the account: a private one is reviewed in its channel alone."""
    return account.private_channel in ("", channel_id) and in_scope(account, scope)


# Turnout of a review: who took part by what they wrote, and whether that makes it held.


def by_hand(events: Iterable[EventFacts]) -> Iterator[EventFacts]:
    """Yield what makes a review held: what people decided or updated and nobody corrected; a correction is none."""
    return (each for each in by_people(events) if not isinstance(each.change, Corrected))


def writers(events: Iterable[EventFacts]) -> frozenset[str]:
    """The user ids of those who decided or recorded something in these events."""
    return frozenset(each.actor for each in by_hand(events))


def wrote_in(review: ReviewFacts) -> frozenset[str]:
    """Return the people who wrote in the review, of what its reader may see."""
    events = (event for item in review.items for event in item.facts.events)
    return writers(event for event in events if event.recorded_at > review.opened_at)


def preparers(events: Iterable[EventFacts]) -> frozenset[str]:
    """Return the people who updated an account by hand before its review, without what was corrected."""
    return frozenset(each.actor for each in by_hand(events) if each.change.kind in SAYS_SOMETHING)


def was_held(writing: Collection[str], preparing: Collection[str], says_held: bool | None) -> bool:
    """Return true if somebody wrote in the review or for it, unless the person closing it says that it was not held.

    `preparing` are those who wrote before it opened, given only if a person closes it.
    """
    return bool(writing or preparing) and says_held is not False


# Accounts that were reviewed on time: as often as the rhythm of their tier asks for.

DAYS = {Rhythm.WEEKLY: 7, Rhythm.BIWEEKLY: 14, Rhythm.MONTHLY: 31}
"""Days from one review to the next; the longest month counts."""
DAYS_TO_CLOSE = 2
"""Days by which a review may be later without being late: it counts once it was held, and closes up to two days after
it opened."""


def is_on_time(since: date, rhythm: Rhythm, today: date) -> bool:
    """Return true if the last held review of an account, or its naming, on the day `since` is recent enough."""
    return (today - since).days <= DAYS[rhythm] + DAYS_TO_CLOSE


def coverage(
    reviewed: Mapping[int, Collection[date]], rhythms: Mapping[int, Rhythm], today: date
) -> tuple[ReviewCoverage, ...]:
    """Return how many accounts of each tier were reviewed on time, by tier.

    `reviewed` has, by tier, the local day of each account's last held review, or of its naming before the first one.
    """
    return tuple(
        ReviewCoverage(tier, rhythms[tier], sum(is_on_time(on, rhythms[tier], today) for on in days), len(days))
        for tier, days in sorted(reviewed.items())
    )
