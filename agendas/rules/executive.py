"""The executive review: what of a period's program is on its page, and in which order."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.facts.account import AccountState, Decision, ListStatus, Movement
from agendas.facts.events import DecisionKind
from agendas.facts.interventions import ExecutiveTouch
from agendas.facts.measures import (
    Bridge,
    ClosedDeal,
    Foundation,
    ListMove,
    Period,
    PipelineQuality,
    Program,
    ProgramAccount,
    Progression,
    TrendKind,
    TrendPoint,
)
from agendas.facts.program import TIERS
from agendas.facts.reviews import Bucket, MovementFlag, StallKind
from agendas.rules.account_list import caps
from agendas.rules.audit import ONE_TO_ONE, audit_rows, missing_foundations, recent_touches, untouched
from agendas.rules.commands import UnclearPart, WordChoice, take_first_owner
from agendas.rules.history import by_people
from agendas.rules.measures import discipline, figures_of, month_before
from agendas.rules.money import CurrencyDeals, deals_by_currency, same_part_of_month_before
from agendas.rules.pipeline import named_in, passed_by, paused_in, progression_of, tier_of
from agendas.text.dates import DAYS_PER_WEEK, WEEKDAYS, add_months, folded, local_date, read_date, weekday_text
from agendas.text.evidence import MENTION, readable
from agendas.text.limits import NAME_LIMIT_CHARACTERS, shown, within_limit
from agendas.text.words import TypedWords, without_marks

# A meeting of executives in words: `@paula Dana Weber, CFO on 12 nov: agreed on a pilot`.

USAGE = (
    "/account ACCOUNT met [@who] THEIR NAME [on DATE]: WHAT CAME OF IT, as in: /account acme met @paula Dana Weber, "
    "CFO on 12 nov: agreed on a pilot"
)
MONTHS_BACK = 9
"""A day and month without a year is of the last such day where that is no longer ago, and else still to come."""

_PARTS = re.compile(r"(?P<head>.*?):(?=\s|$)(?P<outcome>.*)", re.DOTALL)
_NEAR = r"today|(?:(?:the )?day before )?yesterday(?: morning| afternoon| evening)?|\w+ (?:day|week)s? ago|last \w+"
_DAY = re.compile(rf"(?P<name>.*?)[\s,]+(?:on\s+(?P<on>\S.*)|(?P<near>{_NEAR}))", re.IGNORECASE | re.DOTALL)
_YEAR = re.compile(r"\d{4}|'\d{2}|\d[./-]\d{1,2}[./-]\d{2}")


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """A meeting as typed: whom we met, the outcome, who of us ('' is the author), and the day (None is today).

    `theirs` is a name, followed by a comma and the title if it is known.
    """

    theirs: str
    text: str
    ours: str = ""
    on: date | None = None


def read_meeting(rest: str, today: date) -> MeetingReport:
    """Read the words after `/account ACCOUNT met` on the asker's local date.

    Raises UnclearPart for a missing name, outcome or person of ours, and for what is no date.
    """
    words = TypedWords(rest)
    ours = take_first_owner(words) or ""
    # in `@who: agreed` the colon follows one of us, not the name of somebody at the account
    text = f": {words.text}" if words.taken_person.endswith(":") else words.text
    parts = _PARTS.fullmatch(text)
    head = " ".join(without_marks(readable(parts["head"] if parts else text)).split())
    outcome = readable(parts["outcome"]).strip() if parts else ""
    dated = _DAY.fullmatch(head)
    theirs = (dated["name"] if dated else head).strip(" ,")
    entered = {"ours": ours, "theirs": theirs, "text": outcome}
    on = _day(dated["on"] or dated["near"], rest, today, entered) if dated else None
    entered |= {"on": on.isoformat()} if on else {}
    if MENTION.search(theirs) or not any(map(str.isalnum, theirs)):
        entered["theirs"] = " ".join(MENTION.sub(" ", theirs).split())
        raise UnclearPart(f"Say whom of theirs they met. Write {USAGE}.", entered=entered)
    if len(theirs) > NAME_LIMIT_CHARACTERS:
        entered["theirs"] = ""
        problem = f"{shown(theirs)} is too long for a name. Write a colon after it: {USAGE}."
        raise UnclearPart(problem, entered=entered | {"text": outcome or theirs})
    if not outcome:
        raise UnclearPart(f"Say after a colon what came of it. Write {USAGE}.", entered=entered)
    return MeetingReport(theirs, within_limit(outcome), ours, on)


def _day(typed: str, rest: str, today: date, entered: dict[str, str]) -> date:
    """The day that was typed. Raises UnclearPart, with what else was understood, if it is no day or could be two."""
    try:
        return _day_in_past(read_date(typed, today), typed, today)
    except AmbiguousDate as two:
        meant = dict.fromkeys(_day_in_past(on, typed, today) for on in two.dates)
        past = [on for on in meant if on <= today]
        if len(past) == 1:
            return past[0]
        commands = [(on, rest.replace(typed, on.isoformat(), 1)) for on in sorted(past or meant)]
        choices = tuple(WordChoice(weekday_text(on, today), command) for on, command in commands if command != rest)
        raise UnclearPart(str(two), choices, entered=entered) from None
    except NotUnderstood as refused:
        raise UnclearPart(str(refused), entered=entered) from None


def _day_in_past(on: date, typed: str, today: date) -> date:
    """The day that has come, where a weekday or a day and month without a year are read as one to come."""
    if on <= today or _YEAR.search(typed):
        return on
    if folded(typed) in WEEKDAYS:
        return on - timedelta(days=DAYS_PER_WEEK)
    year_before = add_months(on, -12)
    return year_before if year_before >= add_months(today, -MONTHS_BACK) else on


# The monthly executive review: what one page says of the program, each line with the accounts behind it.


class StallGroup(StrEnum):
    """Cause by which stalled accounts are grouped: too long in a stage, no word from the buyer, both, or moved back."""

    AGED = "aged"
    QUIET = "quiet"
    BOTH = "both"
    MOVED_BACK = "moved_back"


class DecisionState(StrEnum):
    """State of a decision of the month before: only an ask can be open, any other is done when it is taken.

    An open ask of an account that left the list is dropped: nobody can answer it.
    """

    DONE = "done"
    OPEN = "open"
    OVERDUE = "overdue"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision of the month before, and what became of it; `days_late` counts from the day it was due."""

    account_id: int
    name: str
    decision: Decision
    state: DecisionState
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class BucketCount:
    """Accounts in a bucket, now and at the end of the period before, and how many of them are in each tier now."""

    bucket: Bucket
    now: int
    before: int
    tiers: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intervention:
    """An account that needs intervention, with its soonest open ask; None is flagged without one."""

    account: ProgramAccount
    ask: Decision | None = None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class TierSize:
    """Named accounts of a tier and how many there may be."""

    tier: int
    named: int
    cap: int


@dataclass(frozen=True, slots=True)
class Trends:
    """Figures of the period, each with that of the month before, None where none was kept.

    Progression is that of all tiers together, quality by currency, coverage (roles engaged, roles required).
    `foundations` are those that the audit finds missing at its end.
    """

    progression: Progression
    quality: Mapping[str, PipelineQuality]
    coverage: tuple[int, int]
    progression_before: Progression | None = None
    quality_before: Mapping[str, PipelineQuality] = field(default_factory=dict)
    coverage_before: tuple[int, int] | None = None
    foundations: tuple[Foundation, ...] = ()


@dataclass(frozen=True, slots=True)
class ExecutiveReport:
    """The executive review of a period, in the order shown.

    Args:
        money, bridges: by currency, in alphabetical order.
        late: deals that closed before the period and were recorded as closed within it, oldest first.
        told_later: deals that closed in the period and were recorded as closed after it.
        before_until: the last day of the month before that its money is compared with.
        reviews_held, reviews_planned: reviews of accounts, and those planned that were held, not held or missed.
        newest_update_on: the last day of the period on which one of our people recorded something.
        past: decisions of the month before, those late first, without those that keep an account as it is.
        counts: by bucket in its order, those empty now and before left out; they add up to `on_list`.
        on_list, on_list_before: named accounts at the end of the period and of the one before.
        comparable: accounts named at both ends.
        interventions: those in need, tier 1 first, asks that are late first.
        stalled: by cause.
        expanded, advanced, claimed: accounts by tier and name; claims are counted nowhere.
        bounced: accounts that went up and came back.
        momentum: accounts in the same stage, with a role engaged, a decider met or a blocker gone.
        passed_by: accounts that as many held reviews left out as are a reason to step in.
        later: entries of the period recorded or corrected after its end, which count in none of the figures.
        touches: (account's name, meeting of executives) of the 100 days before the end, latest first.
        one_to_one: how many accounts of tier 1 there are.
        untouched: those of them without such a meeting.
        sizes: accounts of each tier against its cap.
        decided: decisions of the period, read back, without those that keep an account as it is, and without those that
            a change of the list tells.
        since: the first day of the history where it begins within the period or after the period before began, and no
            figures of that one were kept.
        now: accounts by id as they stand now, which says what can still be done: those of the period's end while it
            runs, of one that is over those that need something.
    """

    period: Period
    money: tuple[CurrencyDeals, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    late: tuple[ClosedDeal, ...] = ()
    told_later: tuple[ClosedDeal, ...] = ()
    before_until: date | None = None
    reviews_held: int = 0
    reviews_planned: int = 0
    newest_update_on: date | None = None
    past: tuple[PastDecision, ...] = ()
    counts: tuple[BucketCount, ...] = ()
    on_list: int = 0
    on_list_before: int = 0
    comparable: int = 0
    paused: tuple[ProgramAccount, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    stalled: Mapping[StallGroup, tuple[ProgramAccount, ...]] = field(default_factory=dict)
    expanded: tuple[ProgramAccount, ...] = ()
    advanced: tuple[ProgramAccount, ...] = ()
    claimed: tuple[ProgramAccount, ...] = ()
    bounced: tuple[ProgramAccount, ...] = ()
    momentum: tuple[ProgramAccount, ...] = ()
    passed_by: tuple[ProgramAccount, ...] = ()
    later: int = 0
    touches: tuple[tuple[str, ExecutiveTouch], ...] = ()
    one_to_one: int = 0
    untouched: tuple[ProgramAccount, ...] = ()
    list_moves: tuple[ListMove, ...] = ()
    sizes: tuple[TierSize, ...] = ()
    trends: Trends | None = None
    decided: tuple[tuple[str, Decision], ...] = ()
    since: date | None = None
    now: Mapping[int, AccountState] = field(default_factory=dict)


# Buttons of the executive page: only for what can still be done, as its accounts are now.


def ask_to_take(report: ExecutiveReport, each: Intervention) -> Decision | None:
    """Return the ask of the intervention as it is open now; None where it is answered or its account left the list."""
    state = report.now.get(each.account.account_id)
    if state is None or each.ask is None or not state.list_status.is_on_list:
        return None
    return next((ask for ask in state.open_asks if ask.event_id == each.ask.event_id), None)


def can_ask(report: ExecutiveReport, each: Intervention) -> bool:
    """Return true where nothing was asked, then or since, for an account that is still named."""
    state = report.now.get(each.account.account_id)
    if state is None or each.ask is not None:
        return False
    return state.list_status is ListStatus.NAMED and not state.open_asks


def can_be_met(report: ExecutiveReport, account_id: int) -> bool:
    """Return true for an account that is on the list, so that a meeting with its executives can be recorded."""
    state = report.now.get(account_id)
    return state is not None and state.list_status.is_on_list


# Figures of a period next to those that were kept of the month before.


def trends_of(program: Program) -> Trends:
    """Return progression, pipeline quality and coverage of the period, and of the month before it, where kept."""
    now, before = figures_of(program), kept_month_before(program)
    return Trends(
        progression=progression_of(program).kept,
        quality=now.quality,
        coverage=_summed(now.coverage.values()),
        progression_before=sum_over_tiers(before.progression) if before else None,
        quality_before=before.quality if before else {},
        coverage_before=_summed(before.coverage.values()) if before else None,
        foundations=tuple(each.foundation for each in missing_foundations(audit_rows(program))),
    )


def _summed(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    found = tuple(pairs)
    return sum(first for first, _ in found), sum(second for _, second in found)


def sum_over_tiers(by_tier: Mapping[int, Progression]) -> Progression:
    found = by_tier.values()
    return Progression(
        comparable=sum(each.comparable for each in found),
        advanced=sum(each.advanced for each in found),
        regressed=sum(each.regressed for each in found),
        claimed=sum(each.claimed for each in found),
    )


def kept_month_before(program: Program) -> TrendPoint | None:
    """Return the figures that were kept of the month before, None where there are none."""
    # no older point takes its place: the figures of the month before may not be worked out yet, or have failed
    day_before = program.period.first - timedelta(days=1)
    return next((p for p in program.trend if p.kind is TrendKind.MONTH and p.on == day_before), None)


# Put the executive review of a period together from its program, in the order in which it is shown.


def executive_report(program: Program) -> ExecutiveReport:
    """Return the executive review of the program's period.

    Each named account is in one bucket, so that the counts add up to the list; paused ones are in none. An account
    that needs intervention and stalls or moved is listed only among those in need.
    """
    today, named = program.period.last, tuple(sorted(named_in(program), key=_by_tier_and_name))
    names = {**program.names, **{each.account_id: each.facts.account.name for each in program.accounts}}
    by_bucket = {bucket: tuple(each for each in named if each.placement.bucket is bucket) for bucket in Bucket}
    held = discipline(program)
    return ExecutiveReport(
        period=program.period,
        money=deals_by_currency(program),
        bridges=program.bridges,
        late=tuple(each for each in program.closed if each.on < program.period.first and _is_known_in(program, each)),
        told_later=tuple(
            each for each in program.closed if each.on >= program.period.first and _is_known_after(program, each)
        ),
        before_until=same_part_of_month_before(program.period),
        reviews_held=len(held.held),
        reviews_planned=len(held.planned),
        newest_update_on=_newest_update_on(program),
        past=_report_past(program, names),
        counts=_counts(by_bucket, program),
        on_list=len(named),
        on_list_before=len(program.before),
        comparable=sum(each.was_named for each in named),
        paused=paused_in(program),
        interventions=_interventions(by_bucket[Bucket.NEEDS_INTERVENTION], today),
        stalled=_stalled(by_bucket[Bucket.STALLED]),
        expanded=by_bucket[Bucket.EXPANDED],
        advanced=by_bucket[Bucket.ADVANCED],
        claimed=tuple(e for e in named if e.placement.movement.movement is Movement.ADVANCED_UNVERIFIED),
        bounced=tuple(e for e in named if MovementFlag.BOUNCED in e.placement.movement.flags),
        momentum=_of(named, progression_of(program).momentum),
        passed_by=_of(named, passed_by(program)),
        later=sum(len(each.recorded_later) for each in program.accounts),
        touches=tuple((names[touch.account_id], touch) for touch in recent_touches(program)),
        one_to_one=len(named_in(program, ONE_TO_ONE)),
        untouched=untouched(program),
        list_moves=program.list_moves,
        sizes=_sizes(program, named),
        trends=trends_of(program) if named else None,
        decided=_decided(program, names),
        since=_since(program),
        now={each.account_id: each.facts.account for each in program.accounts},
    )


def _is_known_in(program: Program, closed: ClosedDeal) -> bool:
    return closed.known_at is not None and not _is_known_after(program, closed)


def _is_known_after(program: Program, closed: ClosedDeal) -> bool:
    return closed.known_at is not None and closed.known_at > program.period.ends_at


def _newest_update_on(program: Program) -> date | None:
    recorded = [event.recorded_at for each in program.accounts for event in by_people(each.facts.events)]
    return local_date(max(recorded), program.period.zone) if recorded else None


def _report_past(program: Program, names: Mapping[int, str]) -> tuple[PastDecision, ...]:
    """Return the decisions of the month before: late ones first, then open, dropped and done ones."""
    on_list, today = {each.account_id for each in program.accounts}, program.period.last
    found = []
    for account_id, decision in _of_named(program.decisions, names):
        state, days_late = _state(decision, today, is_on_list=account_id in on_list)
        found.append(PastDecision(account_id, names[account_id], decision, state, days_late))
    order = (DecisionState.OVERDUE, DecisionState.OPEN, DecisionState.DROPPED, DecisionState.DONE)
    return tuple(sorted(found, key=lambda each: (order.index(each.state), -each.days_late, each.name.casefold())))


def _state(decision: Decision, today: date, *, is_on_list: bool) -> tuple[DecisionState, int]:
    """The state of a decision, and by how many days it is late."""
    if not decision.is_open_ask:
        return DecisionState.DONE, 0
    if not is_on_list:
        return DecisionState.DROPPED, 0
    days_late = _days_late(decision, today)
    return (DecisionState.OVERDUE, days_late) if days_late else (DecisionState.OPEN, 0)


def _counts(by_bucket: Mapping[Bucket, tuple[ProgramAccount, ...]], program: Program) -> tuple[BucketCount, ...]:
    before = Counter(program.before.values())
    found = (
        BucketCount(bucket, len(accounts), before[bucket], Counter(tier_of(each.facts.account) for each in accounts))
        for bucket, accounts in by_bucket.items()
    )
    return tuple(each for each in found if each.now or each.before)


def _interventions(accounts: tuple[ProgramAccount, ...], today: date) -> tuple[Intervention, ...]:
    found = []
    for each in accounts:
        ask = next(iter(each.facts.account.open_asks), None)
        found.append(Intervention(each, ask, _days_late(ask, today) if ask else 0))
    return tuple(sorted(found, key=lambda each: (-each.days_late, _by_tier_and_name(each.account))))


def _stalled(accounts: tuple[ProgramAccount, ...]) -> dict[StallGroup, tuple[ProgramAccount, ...]]:
    groups: dict[StallGroup, list[ProgramAccount]] = defaultdict(list)
    for each in accounts:
        groups[_stall_group(each)].append(each)
    return {group: tuple(groups[group]) for group in StallGroup if groups[group]}


def _stall_group(account: ProgramAccount) -> StallGroup:
    kinds = {cause.kind for cause in account.placement.stall.causes}
    if kinds == set(StallKind):
        return StallGroup.BOTH
    if not kinds:
        return StallGroup.MOVED_BACK
    return StallGroup.AGED if StallKind.AGED in kinds else StallGroup.QUIET


def _of(named: Sequence[ProgramAccount], ids: Collection[int]) -> tuple[ProgramAccount, ...]:
    return tuple(each for each in named if each.account_id in ids)


def _sizes(program: Program, named: tuple[ProgramAccount, ...]) -> tuple[TierSize, ...]:
    counted = Counter(each.facts.account.tier for each in named)
    cap_of = caps(program.settings)
    return tuple(TierSize(tier, counted[tier], cap_of[tier]) for tier in TIERS)


def _decided(program: Program, names: Mapping[int, str]) -> tuple[tuple[str, Decision], ...]:
    listed = {move.decision_id for move in program.list_moves}
    decided = _of_named(program.decided, names)
    return tuple((names[account_id], decision) for account_id, decision in decided if decision.event_id not in listed)


def _since(program: Program) -> date | None:
    """The first day of the history, if it is too late for a comparison with the month before; else None."""
    began_on = program.history_since
    if began_on is None or began_on <= month_before(program.period).first or kept_month_before(program) is not None:
        return None
    return began_on


def _by_tier_and_name(account: ProgramAccount) -> tuple[int, str, int]:
    state = account.facts.account
    return tier_of(state), state.name.casefold(), state.account_id


def _of_named(decisions: Iterable[tuple[int, Decision]], names: Collection[int]) -> Iterator[tuple[int, Decision]]:
    """The decisions about these accounts, without those that keep one as it is."""
    for account_id, decision in decisions:
        if account_id in names and decision.decision is not DecisionKind.KEEP:
            yield account_id, decision


def _days_late(ask: Decision, today: date) -> int:
    return max(0, (today - ask.due_on).days) if ask.due_on else 0


# The month that an executive review looks at.

DAYS_OF_LAST_MONTH = 7
"""In the first days of a month the one before is reviewed, whole; later the running one."""


def month_reviewed(on: date) -> date:
    """Return the first day of the month that an executive review on a local date looks at."""
    first = on.replace(day=1)
    return add_months(first, -1) if on.day <= DAYS_OF_LAST_MONTH else first
