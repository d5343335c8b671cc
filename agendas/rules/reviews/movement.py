"""Movement of an account since its last held review: up with or without evidence, down, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from agendas.facts.account import AccountState, EventFacts, ListStatus, Movement, Stage
from agendas.facts.agenda import AgendaFacts
from agendas.facts.events import BlockerChanged, Evidence, Moved
from agendas.facts.review import Expansion, MovementAnswer
from agendas.rules.deals.expansion import expansions
from agendas.rules.deals.progress import DealStep, DealWalk, phase_of, walk_deals
from agendas.rules.group.triggers import newly_engaged
from agendas.rules.history.corrections import standing
from agendas.rules.history.deal_history import as_history_has_it
from agendas.rules.reviews.stage_steps import Step, Walk, walk

EVIDENCE_WINDOW = timedelta(days=30)
"""Time before the last held review in which evidence of a step may be dated. Our own default."""


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
    """Return the account's movement between its last held review and now; `reason` is one of `Reason`.

    Only accounts on the list at both ends can advance or regress: by their stage, and at the same stage by how far
    their furthest deal stands. A step up counts as advanced when the highest one has evidence dated from 30 days
    before the review until now; its evidence may also come with later news.
    `evidence` holds what shows the movement; for an unchanged or new account, all that was recorded since.
    """
    events = as_history_has_it(standing(facts.events))
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


@dataclass(frozen=True, slots=True)
class _Ways:
    """Steps of the stage and of the deals, from their starting points, by the standing events of the period."""

    facts: AgendaFacts
    before: AccountState
    events: Sequence[EventFacts]
    stages: Walk
    deals: DealWalk

    @property
    def by_deals(self) -> bool:
        """True if the deals decide: the stage is the one it was."""
        return self.stages.start is self.facts.account.stage

    @property
    def ranks(self) -> int:
        """Number of ranks above the start: by the stage, at an unchanged stage by the furthest deal."""
        if self.by_deals:
            return self.deals.end_rank - self.deals.start_rank
        return self.facts.account.stage.rank - self.stages.start.rank

    def steps(self, *, up: bool) -> list[Step | DealStep]:
        """The steps that led up, or down, in what decides."""
        steps: Sequence[Step | DealStep] = self.deals.steps if self.by_deals else self.stages.steps
        return [step for step in steps if (step.ranks > 0) is up]

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        """Amounts booked, and growth of the pipeline."""
        percent = self.facts.settings.number("list.expansion")
        return expansions(self.before, self.facts.account, self.events, self.deals, percent=percent)


def _compared(before: AccountState, facts: AgendaFacts, events: Sequence[EventFacts]) -> MovementAnswer:
    ways = _Ways(facts, before, events, walk(before, events), walk_deals(before, facts.account, events, facts.since))
    flags = _flags(ways)
    if ways.ranks > 0 and ways.steps(up=True):
        return _advanced(ways, flags)
    if ways.ranks < 0 and ways.steps(up=False):
        evidence = _evidence(step.event for step in ways.steps(up=False))
        return _moved(Movement.REGRESSED, ways, Reason.MOVED_DOWN, flags=flags, evidence=evidence)
    return _unchanged(ways, flags)


def _advanced(ways: _Ways, flags: set[str]) -> MovementAnswer:
    facts, up = ways.facts, ways.steps(up=True)
    if any(step.is_skip for step in up):
        flags.add("skipped_stage")
    highest = max(up, key=lambda step: step.to_rank)
    shown = _evidence(_news_since(highest, ways))
    earliest = None if facts.since is None else facts.since - EVIDENCE_WINDOW
    counted = tuple(e for e in shown if (earliest is None or earliest <= e.dated_at) and e.dated_at <= facts.now)
    if counted:
        return _moved(Movement.ADVANCED, ways, Reason.EVIDENCE, flags=flags, evidence=counted)
    reason = Reason.EVIDENCE_OUT_OF_WINDOW if shown else Reason.NO_EVIDENCE
    return _moved(Movement.ADVANCED_UNVERIFIED, ways, reason, flags=flags)


def _unchanged(ways: _Ways, flags: set[str]) -> MovementAnswer:
    facts, events = ways.facts, ways.events
    reason = _why_unchanged(ways, flags)
    if reason is Reason.CORRECTED:
        flags.add("corrected")
    if reason in (Reason.UP_AND_BACK, Reason.DOWN_AND_BACK):
        flags.add("bounced")
    if any(isinstance(e.change, BlockerChanged) and e.change.what == "resolved" for e in events):
        flags |= {"momentum", "blocker_resolved"}
        reason = Reason.BLOCKER_RESOLVED if reason is Reason.SAME_STAGE else reason
    if newly_engaged(facts):
        flags |= {"momentum", "role_engaged"}
        reason = Reason.ROLE_ENGAGED if reason is Reason.SAME_STAGE else reason
    return _moved(Movement.UNCHANGED, ways, reason, flags=flags, evidence=_evidence(events))


def _why_unchanged(ways: _Ways, flags: set[str]) -> Reason:
    steps: list[Step | DealStep] = [*ways.stages.steps, *ways.deals.steps]
    if ways.ranks != 0:
        return Reason.CORRECTED
    if steps:
        return Reason.UP_AND_BACK if steps[0].ranks > 0 else Reason.DOWN_AND_BACK
    if "reclassified" in flags:
        return Reason.IMPORTED
    if "expanded" in flags:
        return Reason.EXPANDED
    return Reason.NEWS if any(isinstance(event.change, Moved) for event in ways.events) else Reason.SAME_STAGE


def _flags(ways: _Ways) -> set[str]:
    """The flags that go with any movement."""
    flags: set[str] = set()
    facts, counted = ways.facts, [step.event for step in ways.stages.steps]
    if ways.before.stage is Stage.CUSTOMER:
        grown = [e for e in ways.events if isinstance(e.change, Moved) and e.change.expansion is not None]
        counted += grown
        flags |= {"expanded"} if grown else set()
    if ways.expansions:
        flags.add("expanded")
    if ways.stages.was_found or ways.deals.was_found:
        flags.add("reclassified")
    if ways.deals.lost:
        flags.add("opportunity_lost")
    if facts.since is not None and any(event.happened_at <= facts.since for event in counted):
        flags.add("recorded_late")
    return flags


def _news_since(highest: Step | DealStep, ways: _Ways) -> Iterable[EventFacts]:
    """The step and the movements told after it; a step back down proves nothing."""
    down = {step.event.id for step in ways.steps(up=False)}
    up = {step.event.id for step in ways.steps(up=True)}
    later = ways.events[ways.events.index(highest.event) :]
    return (event for event in later if event.id in up or (isinstance(event.change, Moved) and event.id not in down))


def _evidence(events: Iterable[EventFacts]) -> tuple[Evidence, ...]:
    return tuple(evidence for event in events for evidence in event.evidence)


def _moved(
    kind: Movement, ways: _Ways, reason: Reason, *, flags: Iterable[str], evidence: tuple[Evidence, ...] = ()
) -> MovementAnswer:
    return MovementAnswer(
        movement=kind,
        from_stage=ways.stages.start,
        to_stage=ways.facts.account.stage,
        reason=reason.value,
        flags=frozenset(flags),
        evidence=evidence,
        from_phase=phase_of(ways.deals.start_rank),
        to_phase=phase_of(ways.deals.end_rank),
        by_deals=ways.by_deals and ways.ranks != 0,
        expansions=ways.expansions,
    )


def _answer(
    kind: Movement,
    facts: AgendaFacts,
    reason: Reason,
    *,
    flags: Iterable[str] = (),
    evidence: tuple[Evidence, ...] = (),
) -> MovementAnswer:
    return MovementAnswer(
        movement=kind,
        from_stage=facts.before.stage if facts.before else None,
        to_stage=facts.account.stage,
        reason=reason.value,
        flags=frozenset(flags),
        evidence=evidence,
    )
