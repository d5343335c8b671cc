"""What an account did since its last held review: up with or without evidence, down, or nothing."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum

from agendas.agenda_facts import AgendaFacts
from agendas.changes import BlockerChanged, Evidence, Moved
from agendas.facts import (
    AccountState,
    EventFacts,
    ListStatus,
    Movement,
    Stage,
)
from agendas.review_facts import MovementAnswer
from agendas.rules.corrections import standing
from agendas.rules.group_triggers import newly_engaged
from agendas.rules.steps import Step, Walk, walk

EVIDENCE_WINDOW = timedelta(days=30)
"""How far before the last held review evidence of a step may be dated. Our own default."""


class Reason(StrEnum):
    """Why an account's movement is what it is."""

    FIRST_REVIEW = "first_review"
    NEWLY_NAMED = "newly_named"
    BACK_ON_LIST = "back_on_list"
    LEFT_LIST = "left_list"
    NOT_ON_LIST = "not_on_list"
    EVIDENCE = "evidence"
    NO_EVIDENCE = "no_evidence"
    EVIDENCE_OUT_OF_WINDOW = "evidence_out_of_window"
    MOVED_DOWN = "moved_down"
    UP_AND_BACK = "up_and_back"
    DOWN_AND_BACK = "down_and_back"
    IMPORTED = "imported"
    CORRECTED = "corrected"
    BLOCKER_RESOLVED = "blocker_resolved"
    ROLE_ENGAGED = "role_engaged"
    EXPANDED = "expanded"
    NEWS = "news"
    SAME_STAGE = "same_stage"


def movement(facts: AgendaFacts) -> MovementAnswer:
    """What the account did between its last held review and now; `reason` is one of `Reason`.

    Only accounts on the list at both ends can advance or regress. A step up counts as advanced when the highest one
    has evidence dated from 30 days before the review until now; its evidence may also come with later news.
    `evidence` holds what shows the movement; for an unchanged or new account, all that was recorded since.
    """
    events = standing(facts.events)
    before = facts.before
    is_named = facts.account.list_status is ListStatus.NAMED
    if before is None and is_named:
        return _answer(Movement.NEW, facts, Reason.FIRST_REVIEW, evidence=_evidence(events))
    if before is None:
        return _answer(Movement.UNCHANGED, facts, Reason.NOT_ON_LIST, evidence=_evidence(events))
    was_named = before.list_status is ListStatus.NAMED
    if was_named and is_named:
        return _compared(before, facts, events)
    if was_named:
        return _answer(Movement.LEFT_LIST, facts, Reason.LEFT_LIST)
    if is_named:
        reason = Reason.BACK_ON_LIST if before.list_status is ListStatus.PAUSED else Reason.NEWLY_NAMED
        return _answer(Movement.NEW, facts, reason, evidence=_evidence(events))
    return _answer(Movement.UNCHANGED, facts, Reason.NOT_ON_LIST, evidence=_evidence(events))


def _compared(before: AccountState, facts: AgendaFacts, events: Sequence[EventFacts]) -> MovementAnswer:
    way = walk(before, events)
    ranks = facts.account.stage.rank - way.start.rank
    flags = _flags(before, facts, events, way)
    up = [step for step in way.steps if step.ranks > 0]
    down = [step for step in way.steps if step.ranks < 0]
    if ranks > 0 and up:
        return _advanced(facts, events, way, flags)
    if ranks < 0 and down:
        evidence = _evidence(step.event for step in down)
        return _answer(Movement.REGRESSED, facts, Reason.MOVED_DOWN, start=way.start, flags=flags, evidence=evidence)
    return _unchanged(facts, events, way, flags)


def _advanced(facts: AgendaFacts, events: Sequence[EventFacts], way: Walk, flags: set[str]) -> MovementAnswer:
    up = [step for step in way.steps if step.ranks > 0]
    if any(step.ranks > 1 for step in up):
        flags.add("skipped_stage")
    highest = max(up, key=lambda step: step.to_stage.rank)
    shown = _evidence(_news_since(highest, events, way))
    earliest = None if facts.since is None else facts.since - EVIDENCE_WINDOW
    counted = tuple(e for e in shown if (earliest is None or earliest <= e.dated_at) and e.dated_at <= facts.now)
    if counted:
        return _answer(Movement.ADVANCED, facts, Reason.EVIDENCE, start=way.start, flags=flags, evidence=counted)
    reason = Reason.EVIDENCE_OUT_OF_WINDOW if shown else Reason.NO_EVIDENCE
    return _answer(Movement.ADVANCED_UNVERIFIED, facts, reason, start=way.start, flags=flags)


def _unchanged(facts: AgendaFacts, events: Sequence[EventFacts], way: Walk, flags: set[str]) -> MovementAnswer:
    reason = Reason.SAME_STAGE
    if way.start is not facts.account.stage:
        flags.add("corrected")
        reason = Reason.CORRECTED
    elif way.steps:
        flags.add("bounced")
        reason = Reason.UP_AND_BACK if way.steps[0].ranks > 0 else Reason.DOWN_AND_BACK
    elif way.was_found:
        reason = Reason.IMPORTED
    elif "expanded" in flags:
        reason = Reason.EXPANDED
    elif any(isinstance(event.change, Moved) for event in events):
        reason = Reason.NEWS
    if any(isinstance(e.change, BlockerChanged) and e.change.what == "resolved" for e in events):
        flags |= {"momentum", "blocker_resolved"}
        reason = Reason.BLOCKER_RESOLVED if reason is Reason.SAME_STAGE else reason
    if newly_engaged(facts):
        flags |= {"momentum", "role_engaged"}
        reason = Reason.ROLE_ENGAGED if reason is Reason.SAME_STAGE else reason
    return _answer(Movement.UNCHANGED, facts, reason, start=way.start, flags=flags, evidence=_evidence(events))


def _flags(before: AccountState, facts: AgendaFacts, events: Sequence[EventFacts], way: Walk) -> set[str]:
    """The flags that go with any movement."""
    flags: set[str] = set()
    counted = [step.event for step in way.steps]
    if before.stage is Stage.CUSTOMER:
        grown = [e for e in events if isinstance(e.change, Moved) and e.change.expansion is not None]
        counted += grown
        flags |= {"expanded"} if grown else set()
    if way.was_found:
        flags.add("reclassified")
    if facts.since is not None and any(event.happened_at <= facts.since for event in counted):
        flags.add("recorded_late")
    return flags


def _news_since(highest: Step, events: Sequence[EventFacts], way: Walk) -> Iterable[EventFacts]:
    """The step and the movements told after it; a step back down proves nothing."""
    down = {step.event.id for step in way.steps if step.ranks < 0}
    later = events[events.index(highest.event) :]
    return (event for event in later if isinstance(event.change, Moved) and event.id not in down)


def _evidence(events: Iterable[EventFacts]) -> tuple[Evidence, ...]:
    return tuple(evidence for event in events for evidence in event.evidence)


def _answer(
    kind: Movement,
    facts: AgendaFacts,
    reason: Reason,
    *,
    start: Stage | None = None,
    flags: Iterable[str] = (),
    evidence: tuple[Evidence, ...] = (),
) -> MovementAnswer:
    from_stage = start or (facts.before.stage if facts.before else None)
    return MovementAnswer(
        movement=kind,
        from_stage=from_stage,
        to_stage=facts.account.stage,
        reason=reason.value,
        flags=frozenset(flags),
        evidence=evidence,
    )
