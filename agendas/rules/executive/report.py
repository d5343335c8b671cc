"""Put the executive review of a period together from its program, in the order in which it is told."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from agendas.facts.account import Decision, Movement
from agendas.facts.events import DecisionKind
from agendas.facts.measures.executive import (
    BucketCount,
    DecisionState,
    ExecutiveReport,
    Intervention,
    PastDecision,
    StallGroup,
    TierSize,
)
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.facts.program.settings import TIERS
from agendas.facts.reviews.agenda import MovementFlag, StallKind
from agendas.facts.reviews.review import Bucket
from agendas.rules.audit.touches import of_one_to_one, recent_touches, untouched
from agendas.rules.executive.trends import kept_month_before, trends_of
from agendas.rules.list.capacity import caps
from agendas.rules.measures.periods import month_before
from agendas.rules.measures.progression import passed_by, progression_of
from agendas.rules.measures.share import named_in, paused_in, tier_of


def executive_report(program: Program) -> ExecutiveReport:
    """Return the executive review of the program's period.

    Each named account is in one bucket, so that the counts add up to the list; paused ones are in none. An account
    that needs intervention and stalls or moved stands among those in need alone.
    """
    today, named = program.period.last, tuple(sorted(named_in(program), key=_by_tier_and_name))
    names = _names(program)
    by_bucket = {bucket: tuple(each for each in named if each.placement.bucket is bucket) for bucket in Bucket}
    return ExecutiveReport(
        period=program.period,
        past=_past(program, names),
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
        one_to_one=len(of_one_to_one(program)),
        untouched=untouched(program),
        list_moves=program.list_moves,
        sizes=_sizes(program, named),
        trends=trends_of(program) if named else None,
        decided=_decided(program, names),
        since=_since(program),
        now={each.account_id: each.facts.account for each in program.accounts},
    )


def _of(named: Sequence[ProgramAccount], ids: Collection[int]) -> tuple[ProgramAccount, ...]:
    return tuple(each for each in named if each.account_id in ids)


def _by_tier_and_name(account: ProgramAccount) -> tuple[int, str, int]:
    state = account.facts.account
    return tier_of(state), state.name.casefold(), state.account_id


def _past(program: Program, names: Mapping[int, str]) -> tuple[PastDecision, ...]:
    """Return the decisions of the month before: those that are late first, then those open, dropped and done."""
    on_list, today = {each.account_id for each in program.accounts}, program.period.last
    found = []
    for account_id, decision in _told(program.decisions, names):
        state, days_late = _state(decision, today, is_on_list=account_id in on_list)
        found.append(PastDecision(account_id, names[account_id], decision, state, days_late))
    order = (DecisionState.OVERDUE, DecisionState.OPEN, DecisionState.DROPPED, DecisionState.DONE)
    return tuple(sorted(found, key=lambda each: (order.index(each.state), -each.days_late, each.name.casefold())))


def _told(decisions: Iterable[tuple[int, Decision]], names: Collection[int]) -> Iterator[tuple[int, Decision]]:
    """The decisions about these accounts, without those that keep one as it is."""
    for account_id, decision in decisions:
        if account_id in names and decision.decision is not DecisionKind.KEEP:
            yield account_id, decision


def _state(decision: Decision, today: date, *, is_on_list: bool) -> tuple[DecisionState, int]:
    """The state of a decision, and by how many days it is late."""
    if not decision.is_open_ask:
        return DecisionState.DONE, 0
    if not is_on_list:
        return DecisionState.DROPPED, 0
    days_late = _days_late(decision, today)
    return (DecisionState.OVERDUE, days_late) if days_late else (DecisionState.OPEN, 0)


def _days_late(ask: Decision, today: date) -> int:
    return max(0, (today - ask.due_on).days) if ask.due_on else 0


def _names(program: Program) -> dict[int, str]:
    """The names of accounts that the reader may see: those on the list, and those that left it."""
    return {**program.names, **{each.account_id: each.facts.account.name for each in program.accounts}}


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


def _sizes(program: Program, named: tuple[ProgramAccount, ...]) -> tuple[TierSize, ...]:
    counted = Counter(each.facts.account.tier for each in named)
    cap_of = caps(program.settings)
    return tuple(TierSize(tier, counted[tier], cap_of[tier]) for tier in TIERS)


def _decided(program: Program, names: Mapping[int, str]) -> tuple[tuple[str, Decision], ...]:
    listed = {move.decision_id for move in program.list_moves}
    told = _told(program.decided, names)
    return tuple((names[account_id], decision) for account_id, decision in told if decision.event_id not in listed)


def _since(program: Program) -> date | None:
    """The first day of the history, where it is too late for a comparison with the month before."""
    began_on = program.history_since
    if began_on is None or began_on <= month_before(program.period).first or kept_month_before(program) is not None:
        return None
    return began_on
