"""Reasons for an intervention: one hard reason, or two soft ones."""

from agendas.facts.account import Blocker, ListStatus, Stage
from agendas.facts.people import Function
from agendas.facts.program.settings import of_tier
from agendas.facts.reviews.agenda import AgendaFacts, CodedReason, ReasonCode, StallKind
from agendas.facts.reviews.review import MovementAnswer, StallAnswer, StallCause
from agendas.rules.group.triggers import departure_reasons, weaknesses
from agendas.rules.reviews.deal_triggers import closing, regression_reasons, slipping
from agendas.rules.signals.engagement import has_fallen
from agendas.text.days import days_between, local_date

TIERS = (1, 2)
"""The tiers that are worth an intervention, of named accounts."""

FAR_OVER_LIMIT = 2
"""A stall of more than this many times its limit is far over it. Our own default."""

FAR_OVER = {StallKind.AGED: ReasonCode.FAR_OVER_AGED, StallKind.QUIET: ReasonCode.FAR_OVER_QUIET}

UNREVIEWED = 2
"""Planned reviews that may pass an account by before that is a soft reason."""

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
    """Return the reasons of which one is enough, and those of which it takes several; none outside of the tiers."""
    if facts.account.list_status is not ListStatus.NAMED or facts.account.tier not in TIERS:
        return (), ()
    return _hard(facts, movement, stall), _soft(facts, stall)


def _hard(facts: AgendaFacts, movement: MovementAnswer, stall: StallAnswer) -> tuple[CodedReason, ...]:
    return (
        *regression_reasons(movement),
        *_blocked(facts),
        *_asked_for(facts),
        *departure_reasons(facts),
        *closing(facts),
        *_stalled(facts, stall),
    )


def _soft(facts: AgendaFacts, stall: StallAnswer) -> tuple[CodedReason, ...]:
    return (
        *_action(facts),
        *weaknesses(facts),
        *slipping(facts),
        *_engagement(facts),
        *_passed_by(facts),
        *_no_evidence(facts, stall),
    )


def _blocked(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    limit_days = facts.settings.limit(of_tier(facts.account.tier, "blocker"))
    open_blockers = facts.account.open_blockers
    for_executive = [_age_days(b, facts) for b in open_blockers if b.needs == Function.EXECUTIVE]
    others = [_age_days(b, facts) for b in open_blockers if b.needs != Function.EXECUTIVE]
    old = [age for age in others if limit_days and age > limit_days]
    found: list[CodedReason] = []
    if for_executive:
        found.append((ReasonCode.BLOCKER_NEEDS_EXECUTIVE, max(for_executive), 0))
    if old:
        found.append((ReasonCode.BLOCKER_OLD, max(old), limit_days or 0))
    return tuple(found)


def _age_days(blocker: Blocker, facts: AgendaFacts) -> int:
    return days_between(blocker.opened_at, facts.now, facts.zone)


def _asked_for(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """The ask that is due soonest: open until it is answered, overdue only after its day."""
    if not facts.account.open_asks:
        return ()
    ask = facts.account.open_asks[0]
    overdue_days = (local_date(facts.now, facts.zone) - ask.due_on).days if ask.due_on else 0
    if overdue_days > 0:
        return ((ReasonCode.ASK_OVERDUE, overdue_days, 0),)
    days_given = (ask.due_on - local_date(ask.decided_at, facts.zone)).days if ask.due_on else 0
    return ((ReasonCode.ASKED_FOR, days_between(ask.decided_at, facts.now, facts.zone), max(0, days_given)),)


def _stalled(facts: AgendaFacts, stall: StallAnswer) -> tuple[CodedReason, ...]:
    if not stall.causes:
        return ()
    worst = max(stall.causes, key=_times_over)
    found: list[CodedReason] = []
    if facts.aged_before:
        found.append((ReasonCode.STALLED_TWICE, worst.days, worst.limit_days))
    if _times_over(worst) > FAR_OVER_LIMIT:
        found.append((FAR_OVER[worst.kind], worst.days, worst.limit_days))
    return tuple(found)


def _times_over(cause: StallCause) -> float:
    return cause.days / cause.limit_days


def _action(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    due = [action.due_on for action in facts.account.open_actions]
    if not due:
        return ((ReasonCode.NO_NEXT_ACTION, 0, 0),)
    overdue_days = (local_date(facts.now, facts.zone) - min(due)).days
    limit_days = facts.settings.number("list.overdue")
    return ((ReasonCode.ACTION_OVERDUE, overdue_days, limit_days),) if overdue_days > limit_days else ()


def _engagement(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    engaged = facts.engagement
    if engaged is None or not has_fallen(engaged):
        return ()
    return ((ReasonCode.ENGAGEMENT_FELL, round(engaged.last_30), round(engaged.usual_30)),)


def _passed_by(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    return ((ReasonCode.NOT_REVIEWED, facts.unreviewed, 0),) if facts.unreviewed >= UNREVIEWED else ()


def _no_evidence(facts: AgendaFacts, stall: StallAnswer) -> tuple[CodedReason, ...]:
    if facts.account.stage is Stage.TARGET or facts.account.stage_has_evidence:
        return ()
    return ((ReasonCode.NO_EVIDENCE, stall.days_in_stage or 0, 0),)
