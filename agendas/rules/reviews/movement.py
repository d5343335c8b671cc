"""Movement of an account since its last held review: up with or without evidence, down, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from agendas.facts.account import AccountState, EventFacts, ListStatus, Movement, Stage
from agendas.facts.deals import OpportunityChanged
from agendas.facts.events import BlockerChanged, Moved
from agendas.facts.evidence import Evidence
from agendas.facts.reviews.agenda import AgendaFacts, MovementFlag, MovementReason
from agendas.facts.reviews.review import MovementAnswer
from agendas.rules.deals.progress import DealStep, phase_of, walk_deals
from agendas.rules.group.triggers import deciders_met, newly_engaged
from agendas.rules.history.confirmed_deals import as_deals_have_it
from agendas.rules.history.corrections import standing
from agendas.rules.history.deal_history import as_history_has_it
from agendas.rules.history.evidence import proofs
from agendas.rules.history.hindsight import is_since_naming
from agendas.rules.reviews.evidence_window import within_window
from agendas.rules.reviews.stage_steps import Step, walk
from agendas.rules.reviews.ways import Ways, proofs_of


def movement(facts: AgendaFacts) -> MovementAnswer:
    """Return the account's movement between its last held review and now, with its reason.

    Only accounts on the list can advance or regress: by their stage, and at the same stage by how far their furthest
    deal stands. One that no held review saw on the list moved since it was named, and is new beside that. A step up
    counts as advanced when the highest one has evidence dated from 30 days before the review until now; its evidence
    may also come later, and after a review that saw the step only claimed.
    `evidence` holds what shows the movement; for an unchanged or new account, all that was recorded since.
    """
    events = as_deals_have_it(as_history_has_it(standing(facts.events)))
    before = facts.before
    is_named = facts.account.list_status is ListStatus.NAMED
    was_named = before is not None and before.list_status is ListStatus.NAMED
    if before is not None and was_named and is_named:
        return _compared(before, facts, events)
    if is_named:
        return _new(facts, events)
    if was_named:
        is_paused = facts.account.list_status is ListStatus.PAUSED
        return _answer(Movement.LEFT_LIST, facts, MovementReason.PAUSED if is_paused else MovementReason.LEFT_LIST)
    return _answer(Movement.UNCHANGED, facts, MovementReason.NOT_ON_LIST, evidence=_evidence(events))


def _new(facts: AgendaFacts, events: Sequence[EventFacts]) -> MovementAnswer:
    """The movement since it was named, or since the review at which it was paused; new where nothing moved."""
    before, named_at, start, since = facts.before, facts.account.named_at, facts.before, facts.since
    if before is not None and before.list_status is ListStatus.PAUSED:
        reason = MovementReason.BACK_ON_LIST
    else:
        reason = MovementReason.FIRST_REVIEW if before is None else MovementReason.NEWLY_NAMED
        start, since = facts.when_named, named_at
        events = [event for event in events if named_at is None or is_since_naming(event, named_at, facts.zone)]
    if start is None:
        return replace(_answer(Movement.NEW, facts, reason, evidence=_evidence(events)), is_new=True)
    answer = _compared(start, replace(facts, before=start, since=since), events)
    # no review knew it otherwise
    flags = answer.flags - {MovementFlag.RECORDED_LATE, MovementFlag.RECLASSIFIED}
    answer = replace(answer, flags=flags, is_new=True)
    if answer.movement is Movement.UNCHANGED:
        return replace(answer, movement=Movement.NEW, reason=reason, from_stage=before.stage if before else None)
    return answer


def _compared(before: AccountState, facts: AgendaFacts, events: Sequence[EventFacts]) -> MovementAnswer:
    stages = walk(before, events, facts.since)
    ways = Ways(facts, before, events, stages, walk_deals(before, facts.account, events, facts.since))
    flags = _flags(ways)
    if proved := _claim_proved_by(ways):
        answer = _moved(Movement.ADVANCED, ways, MovementReason.CLAIM_PROVED, flags=flags, evidence=proved)
        return replace(answer, from_stage=before.claimed_from)
    if ways.ranks > 0 and ways.steps(up=True):
        return _advanced(ways, flags)
    if ways.ranks < 0 and ways.steps(up=False):
        evidence = _evidence(step.event for step in ways.steps(up=False))
        return _moved(Movement.REGRESSED, ways, MovementReason.MOVED_DOWN, flags=flags, evidence=evidence)
    return _unchanged(ways, flags)


def _advanced(ways: Ways, flags: set[MovementFlag]) -> MovementAnswer:
    facts, up = ways.facts, ways.steps(up=True)
    if any(step.is_skip for step in up):
        flags.add(MovementFlag.SKIPPED_STAGE)
    shown = proofs_of(ways)
    counted = within_window(shown, facts.since, facts.now)
    # a step told late may be shown by what was told before it
    is_shown_already = not shown and not ways.by_deals and facts.account.stage_has_evidence
    if counted or is_shown_already:
        return _moved(Movement.ADVANCED, ways, MovementReason.EVIDENCE, flags=flags, evidence=counted)
    reason = MovementReason.EVIDENCE_OUT_OF_WINDOW if shown else MovementReason.NO_EVIDENCE
    return _moved(Movement.ADVANCED_UNVERIFIED, ways, reason, flags=flags, evidence=_shown_below(ways))


def _shown_below(ways: Ways) -> tuple[Evidence, ...]:
    """What shows the steps below a claimed one, as far as they were taken in this period."""
    below, start = ways.facts.account.claimed_from, ways.stages.start
    if ways.by_deals or below is None or below.rank <= start.rank:
        return ()
    pieces = (piece for event in ways.events for piece in proofs(event, below))
    return within_window(pieces, ways.facts.since, ways.facts.now)


def _claim_proved_by(ways: Ways) -> tuple[Evidence, ...]:
    """Return what shows by now a stage that was only claimed at the last review; nothing for one set from the CRM.

    The step counts in the review in which something shows it, be it told or judged since; when it was claimed it
    counted for nothing.
    """
    before, account, facts = ways.before, ways.facts.account, ways.facts
    # a stage that an import found since begins the counting anew
    is_claimed = not ways.stages.was_found and before.claimed_from not in (None, before.stage)
    if not is_claimed or account.stage is not before.stage or not account.stage_has_evidence:
        return ()
    told = standing((*facts.judged, *facts.events))
    # a step further up, from which the account came back, be it before the review, was shown with this one
    above = tuple(stage for stage in Stage if stage.rank >= account.stage.rank)
    shown = (piece for event in told for piece in proofs(event, *above))
    return within_window(shown, facts.since, facts.now)


def _unchanged(ways: Ways, flags: set[MovementFlag]) -> MovementAnswer:
    facts, events = ways.facts, ways.events
    reason = _why_unchanged(ways, flags)
    if reason in (MovementReason.UP_AND_BACK, MovementReason.DOWN_AND_BACK):
        flags.add(MovementFlag.BOUNCED)
    if _has_resolved(ways):
        flags |= {MovementFlag.MOMENTUM, MovementFlag.BLOCKER_RESOLVED}
        reason = MovementReason.BLOCKER_RESOLVED if reason is MovementReason.SAME_STAGE else reason
    if facts.account.claimed_from is not None and ways.ranks == 0:
        flags.add(MovementFlag.STILL_CLAIMED)
    if newly_engaged(facts):
        flags |= {MovementFlag.MOMENTUM, MovementFlag.ROLE_ENGAGED}
        reason = MovementReason.ROLE_ENGAGED if reason is MovementReason.SAME_STAGE else reason
    if MovementFlag.CORRECTED in flags:
        reason = MovementReason.CORRECTED if reason is MovementReason.SAME_STAGE else reason
    if deciders_met(facts, events):
        flags |= {MovementFlag.MOMENTUM, MovementFlag.MEETING_HELD}
        reason = MovementReason.MEETING_HELD if reason is MovementReason.SAME_STAGE else reason
    return _moved(Movement.UNCHANGED, ways, reason, flags=flags, evidence=_evidence(events))


def _why_unchanged(ways: Ways, flags: set[MovementFlag]) -> MovementReason:
    steps: list[Step | DealStep] = [*ways.stages.steps, *ways.deals.steps]
    if {step.ranks > 0 for step in steps} == {True, False}:
        return MovementReason.UP_AND_BACK if steps[0].ranks > 0 else MovementReason.DOWN_AND_BACK
    if MovementFlag.RECLASSIFIED in flags:
        return MovementReason.IMPORTED
    if MovementFlag.EXPANDED in flags:
        return MovementReason.EXPANDED
    return (
        MovementReason.NEWS
        if any(isinstance(event.change, Moved) for event in ways.events)
        else MovementReason.SAME_STAGE
    )


def _flags(ways: Ways) -> set[MovementFlag]:
    """The flags that go with any movement."""
    flags: set[MovementFlag] = set()
    facts, counted = ways.facts, [step.event for step in ways.stages.steps]
    if ways.before.stage is Stage.CUSTOMER:
        grown = [e for e in ways.events if isinstance(e.change, Moved) and e.change.expansion is not None]
        counted += grown
        flags |= {MovementFlag.EXPANDED} if grown else set()
    if ways.expansions:
        flags.add(MovementFlag.EXPANDED)
    if ways.stages.was_found or ways.deals.was_found:
        flags.add(MovementFlag.RECLASSIFIED)
    if ways.deals.lost:
        flags.add(MovementFlag.OPPORTUNITY_LOST)
    if any(_is_step(each.entry) for each in facts.corrected):
        flags.add(MovementFlag.CORRECTED)
    if facts.since is not None and any(event.happened_at <= facts.since for event in counted):
        flags.add(MovementFlag.RECORDED_LATE)
    return flags


def _is_step(event: EventFacts) -> bool:
    """True for what may have moved the account or a deal of it."""
    change = event.change
    return isinstance(change, OpportunityChanged) or (isinstance(change, Moved) and change.to_stage is not None)


def _has_resolved(ways: Ways) -> bool:
    """True if a blocker that stands, open at the last review or opened since, was resolved in the period."""
    resolved = {blocker.id: blocker.resolved_at for blocker in ways.facts.account.blockers}
    known_then = {blocker.id for blocker in ways.before.blockers}
    open_then = {blocker.id for blocker in ways.before.open_blockers} | (resolved.keys() - known_then)
    return any(
        event.change.what == "resolved" and resolved.get(event.change.blocker_id) == event.happened_at
        for event in ways.events
        if isinstance(event.change, BlockerChanged) and event.change.blocker_id in open_then
    )


def _evidence(events: Iterable[EventFacts]) -> tuple[Evidence, ...]:
    return tuple(evidence for event in events for evidence in event.evidence)


def _moved(
    kind: Movement,
    ways: Ways,
    reason: MovementReason,
    *,
    flags: Iterable[MovementFlag],
    evidence: tuple[Evidence, ...] = (),
) -> MovementAnswer:
    return MovementAnswer(
        movement=kind,
        from_stage=ways.stages.start,
        to_stage=ways.facts.account.stage,
        reason=reason,
        flags=frozenset(flags),
        evidence=evidence,
        from_phase=phase_of(ways.deals.start_rank),
        to_phase=phase_of(ways.deals.end_rank),
        by_deals=ways.by_deals and ways.ranks != 0,
        shown_stage=ways.facts.account.claimed_from if kind is Movement.ADVANCED_UNVERIFIED else None,
        expansions=ways.expansions,
    )


def _answer(
    kind: Movement,
    facts: AgendaFacts,
    reason: MovementReason,
    *,
    flags: Iterable[MovementFlag] = (),
    evidence: tuple[Evidence, ...] = (),
) -> MovementAnswer:
    return MovementAnswer(
        movement=kind,
        from_stage=facts.before.stage if facts.before else None,
        to_stage=facts.account.stage,
        reason=reason,
        flags=frozenset(flags),
        evidence=evidence,
    )
