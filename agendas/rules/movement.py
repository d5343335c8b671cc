"""Movement of an account since its last held review: up with or without evidence, down, or none."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.account import AccountState, EventFacts, ListStatus, Movement, Source, Stage
from agendas.facts.answered_items import Moving, StageMove
from agendas.facts.deals import OpportunityChanged, Phase
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Change,
    Decided,
    ItemEdited,
    Moved,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import Evidence, EvidenceAdded, WaitingSet
from agendas.facts.fit import FitScored
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.interventions import AskAnswered, AskTaken
from agendas.facts.narrative import Justified, NarrativeWritten, ProductInputGiven
from agendas.facts.people import Function
from agendas.facts.plays import PlayEnded, PlayStarted
from agendas.facts.program import of_tier
from agendas.facts.reviews import AgendaFacts, Expansion, MovementAnswer, MovementFlag, MovementReason, ReasonCode
from agendas.rules.deals import (
    EXCUSED_REVIEWS,
    DealStep,
    DealWalk,
    expansions,
    heard_on,
    in_stage_since,
    phase_of,
    walk_deals,
)
from agendas.rules.entries import as_history_has_it, is_buyers_act, proofs, uncorrected
from agendas.rules.fold import as_deals_have_it
from agendas.rules.group import active_people, contacts_with_role, deciders_met, departures, newly_engaged
from agendas.rules.history import is_since_naming
from agendas.text.dates import local_date

# Movement between the last held review and now.


def movement(facts: AgendaFacts) -> MovementAnswer:
    """Return the account's movement between its last held review and now, with its reason.

    Only accounts on the list can advance or regress: by their stage, and within a stage by the phase of their furthest
    deal. One that no held review saw on the list is compared with the day it was named, and is new as well. A step up
    counts as advanced if the highest one has evidence dated from 30 days before the review until now; the evidence may
    come later, even after a review that saw the step only claimed.
    `evidence` holds what shows the movement; for an unchanged or new account, all that was recorded since.
    """
    events = as_deals_have_it(as_history_has_it(uncorrected(facts.events)))
    before = facts.before
    is_named = facts.account.list_status is ListStatus.NAMED
    was_named = before is not None and before.list_status is ListStatus.NAMED
    if before is not None and was_named and is_named:
        return _compared(before, facts, events)
    if is_named:
        return _new(facts, events)
    if was_named:
        reason = MovementReason.PAUSED if facts.account.list_status is ListStatus.PAUSED else MovementReason.LEFT_LIST
        return _answer_without_steps(Movement.LEFT_LIST, facts, reason)
    return _answer_without_steps(Movement.UNCHANGED, facts, MovementReason.NOT_ON_LIST, evidence=_evidence(events))


def _new(facts: AgendaFacts, events: Sequence[EventFacts]) -> MovementAnswer:
    """The movement since it was named, or since the review at which it was paused; new where nothing moved.

    New too where the state in which it was named is not known: there is nothing to compare with.
    """
    before, named_at, start, since = facts.before, facts.account.named_at, facts.before, facts.since
    if before is not None and before.list_status is ListStatus.PAUSED:
        reason = MovementReason.BACK_ON_LIST
    else:
        reason = MovementReason.FIRST_REVIEW if before is None else MovementReason.NEWLY_NAMED
        start, since = facts.when_named, named_at
        events = [event for event in events if named_at is None or is_since_naming(event, named_at, facts.zone)]
    if start is None:
        return replace(_answer_without_steps(Movement.NEW, facts, reason, evidence=_evidence(events)), is_new=True)
    answer = _compared(start, replace(facts, before=start, since=since), events)
    # these flags compare with what a held review knew, and there was none
    flags = answer.flags - {MovementFlag.RECORDED_LATE, MovementFlag.RECLASSIFIED}
    answer = replace(answer, flags=flags, is_new=True)
    if answer.movement is Movement.UNCHANGED:
        return replace(answer, movement=Movement.NEW, reason=reason, from_stage=before.stage if before else None)
    return answer


def _compared(before: AccountState, facts: AgendaFacts, events: Sequence[EventFacts]) -> MovementAnswer:
    """The movement from the state `before` until now.

    A stage only claimed then that evidence has shown since is an advance; else the net steps up or down decide.
    """
    stages = walk(before, events, facts.since)
    changes = PeriodChanges(facts, before, events, stages, walk_deals(before, facts.account, events, facts.since))
    flags = _flags(changes)
    if proved := _claim_proved_by(changes):
        answer = _answer_with_steps(
            Movement.ADVANCED, changes, MovementReason.CLAIM_PROVED, flags=flags, evidence=proved
        )
        return replace(answer, from_stage=before.claimed_from)
    if changes.ranks > 0 and changes.steps(up=True):
        return _advanced(changes, flags)
    if changes.ranks < 0 and changes.steps(up=False):
        evidence = _evidence(step.event for step in changes.steps(up=False))
        return _answer_with_steps(
            Movement.REGRESSED, changes, MovementReason.MOVED_DOWN, flags=flags, evidence=evidence
        )
    return _unchanged(changes, flags)


def _answer_without_steps(
    kind: Movement, facts: AgendaFacts, reason: MovementReason, *, evidence: tuple[Evidence, ...] = ()
) -> MovementAnswer:
    """The answer where no steps are compared: it left the list, is not on it, or no earlier state is known."""
    return MovementAnswer(
        movement=kind,
        from_stage=facts.before.stage if facts.before else None,
        to_stage=facts.account.stage,
        reason=reason,
        flags=frozenset(),
        evidence=evidence,
    )


def _evidence(events: Iterable[EventFacts]) -> tuple[Evidence, ...]:
    return tuple(evidence for event in events for evidence in event.evidence)


# The steps between stages that an account took since a review, without those that only corrected the record.


@dataclass(frozen=True, slots=True)
class StageStep:
    """One change of stage. `is_found` when an import merely found the account there: that is no movement."""

    event: EventFacts
    from_stage: Stage
    to_stage: Stage
    is_found: bool

    @property
    def ranks(self) -> int:
        """Number of stages up; negative for down."""
        return self.to_stage.rank - self.from_stage.rank

    @property
    def to_rank(self) -> int:
        return self.to_stage.rank

    @property
    def is_skip(self) -> bool:
        return self.ranks > 1


@dataclass(frozen=True, slots=True)
class Walk:
    """From where movement counts, and the steps from there on, in order. `was_found`: an import moved the start."""

    start: Stage
    steps: tuple[StageStep, ...]
    was_found: bool


def walk(before: AccountState, events: Sequence[EventFacts], since: datetime | None) -> Walk:
    """The steps of stage from the state at the last held review, closed at `since`, through the uncorrected `events`.

    A stage that an import found, or that was confirmed from a deal, without a date or as of a day up to the review is
    no movement: counting starts again there.
    """
    steps: list[StageStep] = []
    stage = before.stage
    for event in events:
        change = event.change
        if not isinstance(change, Moved) or change.to_stage is None or _is_overtaken(event, before):
            continue
        to_stage = Stage(change.to_stage)
        if to_stage is not stage:
            is_before_review = since is not None and event.happened_at <= since
            is_not_since = is_before_review or change.is_reclassified or not change.since_known
            is_found = is_not_since and (bool(change.from_deal) or event.source is Source.IMPORT)
            steps.append(StageStep(event=event, from_stage=stage, to_stage=to_stage, is_found=is_found))
            stage = to_stage
    last_found = max((number for number, step in enumerate(steps) if step.is_found), default=None)
    if last_found is None:
        return Walk(start=before.stage, steps=tuple(steps), was_found=False)
    return Walk(start=steps[last_found].to_stage, steps=tuple(steps[last_found + 1 :]), was_found=True)


def _is_overtaken(event: EventFacts, before: AccountState) -> bool:
    """True for a step recorded late that happened before the one which set the stage at the review.

    A step confirmed from a deal is not overtaken, unless it leads no higher.
    """
    if before.stage_since is None or event.happened_at >= before.stage_since:
        return False
    change = event.change
    if isinstance(change, Moved) and change.from_deal:
        return Stage(change.to_stage or "").rank <= before.stage.rank
    return True


def may_move(change: Change) -> bool:
    """Return true if such a change may alter the facts by which an account's movement is judged.

    Movement without a stage and without an expansion is only news.
    """
    if isinstance(change, Moved):
        return change.to_stage is not None or change.expansion is not None
    return not isinstance(change, _WITHOUT_MOVEMENT)


_WITHOUT_MOVEMENT = (
    ActionAdded,
    ActionChanged,
    AskAnswered,
    AskTaken,
    BlockerChanged,
    BlockerOpened,
    Decided,
    FitScored,
    ItemEdited,
    Justified,
    NarrativeWritten,
    Noted,
    NothingMoved,
    PlayEnded,
    PlayStarted,
    ProductInputGiven,
    WaitingSet,
)

# The days that evidence may have to show a step in a review.

EVIDENCE_WINDOW = timedelta(days=30)
"""Time before the last held review in which evidence of a step may be dated. Our own default."""


def within_window(pieces: Iterable[Evidence], since: datetime | None, now: datetime) -> tuple[Evidence, ...]:
    """Return the pieces dated from 30 days before the last held review, which closed at `since`, until now."""
    earliest = None if since is None else since - EVIDENCE_WINDOW
    return tuple(
        piece for piece in pieces if (earliest is None or earliest <= piece.dated_at) and piece.dated_at <= now
    )


# The changes of an account since a review, by its stage and by its deals, and the evidence of where they led.


@dataclass(frozen=True, slots=True)
class PeriodChanges:
    """Steps of the stage and of the deals, from their starting points, by the uncorrected events of the period."""

    facts: AgendaFacts
    before: AccountState
    events: Sequence[EventFacts]
    stages: Walk
    deals: DealWalk

    @property
    def by_deals(self) -> bool:
        """True if the deals decide, as the account's stage is unchanged."""
        return self.stages.start is self.facts.account.stage

    @property
    def ranks(self) -> int:
        """Number of ranks above the start: by the stage, at an unchanged stage by the furthest deal."""
        if self.by_deals:
            return self.deals.end_rank - self.deals.start_rank
        return self.facts.account.stage.rank - self.stages.start.rank

    def steps(self, *, up: bool) -> list[StageStep | DealStep]:
        """The steps up, or down, of the deals where they decide, else of the stage."""
        steps: Sequence[StageStep | DealStep] = self.deals.steps if self.by_deals else self.stages.steps
        return [step for step in steps if (step.ranks > 0) is up]

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        """Amounts booked, and growth of the pipeline."""
        percent = self.facts.settings.number("list.expansion")
        return expansions(self.before, self.facts.account, self.events, self.deals, percent=percent)


def proofs_of(changes: PeriodChanges) -> tuple[Evidence, ...]:
    """Return the evidence of the step that led to the account's present stage or phase, recorded with it or later.

    It is the last step from below; evidence of a climb that was lost again proves nothing. A step of a deal is shown by
    the CRM's row.
    """
    if changes.by_deals:
        climb = [step for step in changes.deals.steps if step.from_rank < changes.deals.end_rank <= step.to_rank]
        return tuple(piece for step in climb[-1:] for piece in step.event.evidence)
    stage, steps = changes.facts.account.stage, changes.stages.steps
    climbs = [number for number, step in enumerate(steps) if step.from_stage.rank < stage.rank <= step.to_rank]
    if not climbs:
        # what is known of the period leads to an earlier stage: nothing of it shows this one
        return ()
    rank_after = {step.event.id: step.to_rank for step in steps[climbs[-1] :]}
    later = changes.events[changes.events.index(steps[climbs[-1]].event) :]
    shown: list[Evidence] = []
    rank, stages = stage.rank, tuple(Stage)
    for event in later:
        # a step further up, from which the account came back, showed this stage too, but only while it was up there
        rank = rank_after.get(event.id, rank)
        shown += proofs(event, *stages[stage.rank : max(rank, stage.rank) + 1])
    return tuple(shown)


def _advanced(changes: PeriodChanges, flags: set[MovementFlag]) -> MovementAnswer:
    """Advanced where evidence within the window shows the present stage or phase, else advanced but unverified."""
    facts = changes.facts
    if any(step.is_skip for step in changes.steps(up=True)):
        flags = flags | {MovementFlag.SKIPPED_STAGE}
    proving = proofs_of(changes)
    counted = within_window(proving, facts.since, facts.now)
    # a step recorded late may be shown by evidence recorded before it; one of a deal only by its own row
    is_shown_already = not proving and not changes.by_deals and facts.account.stage_has_evidence
    if counted or is_shown_already:
        return _answer_with_steps(Movement.ADVANCED, changes, MovementReason.EVIDENCE, flags=flags, evidence=counted)
    reason = MovementReason.EVIDENCE_OUT_OF_WINDOW if proving else MovementReason.NO_EVIDENCE
    return _answer_with_steps(
        Movement.ADVANCED_UNVERIFIED, changes, reason, flags=flags, evidence=_shown_below(changes)
    )


def _shown_below(changes: PeriodChanges) -> tuple[Evidence, ...]:
    """The evidence of the last stage that is shown below a claimed one, if it was reached in this period."""
    shown_stage, start = changes.facts.account.claimed_from, changes.stages.start
    if changes.by_deals or shown_stage is None or shown_stage.rank <= start.rank:
        return ()
    pieces = (piece for event in changes.events for piece in proofs(event, shown_stage))
    return within_window(pieces, changes.facts.since, changes.facts.now)


def _claim_proved_by(changes: PeriodChanges) -> tuple[Evidence, ...]:
    """Return the evidence, new since the last review, of a stage that was only claimed there; none if set from the CRM.

    The step counts in the review in which evidence shows it, recorded or judged since; it did not count in the review
    that saw it only claimed.
    """
    before, account, facts = changes.before, changes.facts.account, changes.facts
    # a stage that an import found since begins the counting again; one set from the CRM is claimed from itself
    is_claimed = not changes.stages.was_found and before.claimed_from not in (None, before.stage)
    if not is_claimed or account.stage is not before.stage or not account.stage_has_evidence:
        return ()
    events = uncorrected((*facts.judged, *facts.events))
    # evidence of a step further up, from which the account came back even before the review, shows this stage too
    above = tuple(stage for stage in Stage if stage.rank >= account.stage.rank)
    proving = (piece for event in events for piece in proofs(event, *above))
    return within_window(proving, facts.since, facts.now)


def _unchanged(changes: PeriodChanges, flags: set[MovementFlag]) -> MovementAnswer:
    """Unchanged, with other progress as flags.

    The reason is what the steps give. Where they give none (SAME_STAGE) it is the first that holds of: a blocker
    resolved, a role engaged, an entry corrected, a meeting held.
    """
    facts, events = changes.facts, changes.events
    reason, flags = _why_unchanged(changes, flags), set(flags)
    if reason in (MovementReason.UP_AND_BACK, MovementReason.DOWN_AND_BACK):
        flags.add(MovementFlag.BOUNCED)
    if _has_resolved(changes):
        flags |= {MovementFlag.MOMENTUM, MovementFlag.BLOCKER_RESOLVED}
        reason = MovementReason.BLOCKER_RESOLVED if reason is MovementReason.SAME_STAGE else reason
    # the present stage is above the last one that evidence shows, and was not reached in this period
    if facts.account.claimed_from is not None and changes.ranks == 0:
        flags.add(MovementFlag.STILL_CLAIMED)
    if newly_engaged(facts):
        flags |= {MovementFlag.MOMENTUM, MovementFlag.ROLE_ENGAGED}
        reason = MovementReason.ROLE_ENGAGED if reason is MovementReason.SAME_STAGE else reason
    if MovementFlag.CORRECTED in flags:
        reason = MovementReason.CORRECTED if reason is MovementReason.SAME_STAGE else reason
    if deciders_met(facts, events):
        flags |= {MovementFlag.MOMENTUM, MovementFlag.MEETING_HELD}
        reason = MovementReason.MEETING_HELD if reason is MovementReason.SAME_STAGE else reason
    return _answer_with_steps(Movement.UNCHANGED, changes, reason, flags=flags, evidence=_evidence(events))


def _why_unchanged(changes: PeriodChanges, flags: set[MovementFlag]) -> MovementReason:
    """The reason by the steps alone: both up and down, an import, an expansion, or whether movement was recorded."""
    steps: list[StageStep | DealStep] = [*changes.stages.steps, *changes.deals.steps]
    went_up = [step.ranks > 0 for step in steps]
    if any(went_up) and not all(went_up):
        return MovementReason.UP_AND_BACK if went_up[0] else MovementReason.DOWN_AND_BACK
    if MovementFlag.RECLASSIFIED in flags:
        return MovementReason.IMPORTED
    if MovementFlag.EXPANDED in flags:
        return MovementReason.EXPANDED
    has_news = any(isinstance(event.change, Moved) for event in changes.events)
    return MovementReason.NEWS if has_news else MovementReason.SAME_STAGE


def _flags(changes: PeriodChanges) -> set[MovementFlag]:
    """The flags that hold whatever the movement is; each kind of movement adds flags of its own."""
    flags: set[MovementFlag] = set()
    facts, step_events = changes.facts, [step.event for step in changes.stages.steps]
    if changes.before.stage is Stage.CUSTOMER:
        expanding = [e for e in changes.events if isinstance(e.change, Moved) and e.change.expansion is not None]
        step_events += expanding
        flags |= {MovementFlag.EXPANDED} if expanding else set()
    if changes.expansions:
        flags.add(MovementFlag.EXPANDED)
    if changes.stages.was_found or changes.deals.was_found:
        flags.add(MovementFlag.RECLASSIFIED)
    if changes.deals.lost:
        flags.add(MovementFlag.OPPORTUNITY_LOST)
    if any(_is_step(each.entry) for each in facts.corrected):
        flags.add(MovementFlag.CORRECTED)
    if facts.since is not None and any(event.happened_at <= facts.since for event in step_events):
        flags.add(MovementFlag.RECORDED_LATE)
    return flags


def _is_step(event: EventFacts) -> bool:
    """True for what may have moved the account or a deal of it."""
    change = event.change
    return isinstance(change, OpportunityChanged) or (isinstance(change, Moved) and change.to_stage is not None)


def _has_resolved(changes: PeriodChanges) -> bool:
    """True if a blocker that nobody corrected, open at the last review or opened since, was resolved in the period."""
    resolved = {blocker.id: blocker.resolved_at for blocker in changes.facts.account.blockers}
    known_then = {blocker.id for blocker in changes.before.blockers}
    open_then = {blocker.id for blocker in changes.before.open_blockers} | (resolved.keys() - known_then)
    return any(
        event.change.what == "resolved" and resolved.get(event.change.blocker_id) == event.happened_at
        for event in changes.events
        if isinstance(event.change, BlockerChanged) and event.change.blocker_id in open_then
    )


def _answer_with_steps(
    kind: Movement,
    changes: PeriodChanges,
    reason: MovementReason,
    *,
    flags: Iterable[MovementFlag],
    evidence: tuple[Evidence, ...] = (),
) -> MovementAnswer:
    """The answer of this kind, with where stage and deals began and ended."""
    return MovementAnswer(
        movement=kind,
        from_stage=changes.stages.start,
        to_stage=changes.facts.account.stage,
        reason=reason,
        flags=frozenset(flags),
        evidence=evidence,
        from_phase=phase_of(changes.deals.start_rank),
        to_phase=phase_of(changes.deals.end_rank),
        by_deals=changes.by_deals and changes.ranks != 0,
        shown_stage=changes.facts.account.claimed_from if kind is Movement.ADVANCED_UNVERIFIED else None,
        expansions=changes.expansions,
    )


# The entry, person or deal that a reason rests on.


@dataclass(frozen=True, slots=True)
class EntrySource:
    """Words of an entry, or the name of a person or deal; the local day, and who recorded it as a user id."""

    text: str = ""
    on: date | None = None
    by: str | None = None


def source_of(code: ReasonCode, facts: AgendaFacts) -> EntrySource | None:
    """Return the entry behind the reason; None if it is about something missing, or about a number alone."""
    account, today = facts.account, local_date(facts.now, facts.zone)
    open_deals = [each for each in account.opportunities if each.is_open]

    def day(instant: datetime | None) -> date | None:
        """The local day of the instant, None without one."""
        return None if instant is None else local_date(instant, facts.zone)

    match code:
        case ReasonCode.REGRESSED:
            return _last_step_down(facts)
        case ReasonCode.ONLY_DEAL_LOST:
            lost = [each for each in account.opportunities if each.profile.phase is Phase.LOST]
            ended = [(each.closed_at, each) for each in lost if each.closed_at]
            at, deal = max(ended, key=lambda pair: pair[0], default=(None, None))
            return EntrySource(deal.profile.name, day(at)) if deal else None
        case ReasonCode.DEAL_BACK:
            deal = max(open_deals, key=lambda each: each.stage_since, default=None)
            return EntrySource(deal.profile.name, day(deal.stage_since)) if deal else None
        case ReasonCode.CLOSES_SOON | ReasonCode.CLOSE_DATE_PAST:
            is_past = code is ReasonCode.CLOSE_DATE_PAST
            dated = ((each.profile.closes_on, each) for each in open_deals if each.profile.closes_on)
            fitting = [pair for pair in dated if (pair[0] < today) is is_past]
            on, deal = min(fitting, key=lambda pair: pair[0], default=(None, None))
            return EntrySource(deal.profile.name, on) if deal else None
        case ReasonCode.CLOSE_DATE_PUSHED:
            deal = max(open_deals, key=lambda each: each.pushes, default=None)
            return EntrySource(deal.profile.name, deal.profile.closes_on) if deal else None
        case ReasonCode.BLOCKER_NEEDS_EXECUTIVE | ReasonCode.BLOCKER_OLD:
            for_executive = code is ReasonCode.BLOCKER_NEEDS_EXECUTIVE
            blockers = [each for each in account.open_blockers if (each.needs == Function.EXECUTIVE) is for_executive]
            oldest = min(blockers, key=lambda each: each.opened_at, default=None)
            return EntrySource(oldest.text, day(oldest.opened_at), oldest.owner) if oldest else None
        # open asks and open actions begin with the one due first
        case ReasonCode.ASK_OVERDUE:
            ask = next(iter(account.open_asks), None)
            return EntrySource(ask.text, day(ask.decided_at), ask.decided_by) if ask else None
        case ReasonCode.ACTION_OVERDUE:
            action = next(iter(account.open_actions), None)
            return EntrySource(action.text, action.due_on, action.owner) if action else None
        case ReasonCode.STALLED_AGED | ReasonCode.FAR_OVER_AGED | ReasonCode.NO_EVIDENCE:
            return EntrySource(on=day(in_stage_since(account)))
        case ReasonCode.STALLED_QUIET | ReasonCode.FAR_OVER_QUIET:
            return EntrySource(on=heard_on(account, facts.zone) or day(account.named_at))
        case ReasonCode.ECONOMIC_BUYER_LEFT | ReasonCode.CHAMPION_LEFT:
            is_buyer = code is ReasonCode.ECONOMIC_BUYER_LEFT
            role = BuyingRole.ECONOMIC_BUYER if is_buyer else BuyingRole.CHAMPION
            leaver = next((each for left_role, each in departures(facts) if left_role is role), None)
            return EntrySource(leaver.profile.name, leaver.profile.left_on) if leaver else None
        case ReasonCode.ECONOMIC_BUYER_AGAINST:
            return _names_of(contacts_with_role(account, BuyingRole.ECONOMIC_BUYER))
        case ReasonCode.CHAMPION_AGAINST:
            return _names_of(contacts_with_role(account, BuyingRole.CHAMPION))
        case ReasonCode.SINGLE_THREADED:
            return _names_of(active_people(account.contacts, facts.settings, today=today))
    return None


def _last_step_down(facts: AgendaFacts) -> EntrySource | None:
    """The last step down in the period, from the stage at which counting began (the first, if not known), or None."""
    stage = facts.counted_from.stage if facts.counted_from else Stage.TARGET
    last_step: EntrySource | None = None
    for event in uncorrected(facts.events):
        if isinstance(event.change, Moved) and event.change.to_stage:
            to_stage = Stage(event.change.to_stage)
            if to_stage.rank < stage.rank:
                last_step = EntrySource(event.change.text, local_date(event.happened_at, facts.zone), event.actor)
            stage = to_stage
    return last_step


def _names_of(people: Iterable[Contact]) -> EntrySource | None:
    """The names of these people as one source; None for nobody."""
    names = [each.profile.name for each in people]
    return EntrySource(", ".join(names)) if names else None


# The steps of an account by day: up with evidence or only claimed, shown later, down, and expansions.

KINDS = ("moved", "evidence_added", "opportunity_changed")
"""Kinds of events that the steps are read from; corrections and judgements are read with them."""


def moves(events: Sequence[EventFacts]) -> Iterator[StageMove]:
    """Yield the steps of one account by its events, which are uncorrected and in order from its first on.

    A stage that an import found, or that was set from the CRM for an earlier day, is no step, but later steps start
    from it.
    """
    stage, won = Stage.TARGET, set[str]()
    for event in events:
        change = event.change
        if isinstance(change, Moved):
            if change.expansion is not None:
                yield StageMove(Moving.EXPANDED, event)
            if change.to_stage is not None and change.to_stage != stage.value and not _is_only_recorded(event, change):
                yield StageMove(_direction(event, stage, Stage(change.to_stage)), event, stage, Stage(change.to_stage))
            stage = Stage(change.to_stage) if change.to_stage is not None else stage
        elif isinstance(change, EvidenceAdded):
            yield StageMove(Moving.SHOWN, event, None, Stage(change.to_stage))
        elif isinstance(change, OpportunityChanged) and _is_booked(change, won):
            won.add(change.opportunity.key)
            yield StageMove(Moving.EXPANDED, event)


def _is_only_recorded(event: EventFacts, change: Moved) -> bool:
    """True for a stage that an import found without its day, or that corrects the record."""
    return change.is_reclassified or (event.source is Source.IMPORT and not change.since_known)


def _direction(event: EventFacts, from_stage: Stage, to_stage: Stage) -> Moving:
    """Whether the step went down, up with evidence of its stage or a higher one, or up by a mere claim."""
    if to_stage.rank < from_stage.rank:
        return Moving.REGRESSED
    at_least = tuple(stage for stage in Stage if stage.rank >= to_stage.rank)
    return Moving.ADVANCED if proofs(event, *at_least) else Moving.CLAIMED


def _is_booked(change: OpportunityChanged, won: Collection[str]) -> bool:
    """True for the entry by which a deal with a customer is won, on a day that is known."""
    deal = change.opportunity
    return deal.phase is Phase.WON and deal.is_expansion and deal.key not in won and change.since_known


# Dates that accounts wait for: those that the buyer confirmed, and not too far ahead.

FARTHEST_DAYS = 30
"""Days ahead of today that a confirmed date may lie. Our own default."""


def problems_of(until: date, evidence: Sequence[Evidence], *, today: date, shown: Mapping[str, date]) -> dict[str, str]:
    """Return what is wrong with a date to wait for, as a sentence by field: `until`, `evidence`, `actor`.

    `shown` has, by link, the date that it was given for before.
    """
    problems: dict[str, str] = {}
    latest = today + timedelta(days=FARTHEST_DAYS)
    if until < today:
        problems["until"] = f"{_day_text(until)} has passed. Choose today or a later day."
    elif until > latest:
        problems["until"] = (
            f"{_day_text(until)} is {(until - today).days} days ahead. A date counts up to {FARTHEST_DAYS} days ahead, "
            f"until {_day_text(latest)}: record a next action for a later one."
        )
    used_link = next((piece.url for piece in evidence if piece.url in shown), None)
    if not evidence:
        problems["evidence"] = (
            "Say what shows that the buyer confirmed the date: a link to their message, or a sentence."
        )
    elif used_link is not None:
        problems["evidence"] = (
            f"That link was given for {_day_text(shown[used_link])} already. "
            f"Give one that shows that the buyer confirmed {_day_text(until)}."
        )
    elif not any(is_buyers_act(each) for each in evidence):
        problems["actor"] = (
            "Only a date that the buyer confirmed counts: say who acted, or ask them for it as a next action."
        )
    return problems


def _day_text(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


def refusal_of(account: AccountState, excused_before: int) -> str:
    """Return why the account may not wait for a date, '' if it may.

    `excused_before` are the held reviews in a row, up to the last one, that count against a date. Once one was held at
    which it excused nothing, a new date may be set.
    """
    if account.list_status is not ListStatus.NAMED:
        return (
            f"{account.name} is {account.list_status.value}, so nothing was recorded: a date to wait for counts only "
            "for accounts on the list."
        )
    if excused_before == EXCUSED_REVIEWS:
        return (
            f"A date excused {account.name} at {excused_before} reviews in a row, which is the most, so nothing was "
            "recorded. Review it as it stands next time, or record what the buyer did since."
        )
    return ""


# Check that somebody reacted in time to an account that became marketing-qualified.

BEGINS, ENDS = time(9), time(17)
"""Business hours are these of Monday to Friday, on the wall of the reader's zone: eight a day. Our own default."""

WORKING_DAYS = range(5)
HOUR = timedelta(hours=1)


def late_first_touch(facts: AgendaFacts) -> tuple[int, int] | None:
    """The business hours since the account became MQA without anything recorded, and the limit; None within it.

    None too for an account that is not named or not at MQA. Hours count from the naming if it was MQA before it. If the
    day is not known, as after an import, nothing is late.
    """
    account = facts.account
    since = account.stage_since
    if account.list_status is not ListStatus.NAMED or account.stage is not Stage.MQA or since is None:
        return None
    if not account.stage_since_known or (account.last_update_at is not None and account.last_update_at > since):
        return None
    hours = business_hours(in_stage_since(account) or since, facts.now, facts.zone)
    limit = facts.settings.number(of_tier(account.tier, "response"))
    return (hours, limit) if hours > limit else None


def business_hours(since: datetime, until: datetime, zone: str) -> int:
    """The whole business hours between two instants: those from BEGINS to ENDS on working days in the IANA `zone`."""
    wall = ZoneInfo(zone)
    start, end = since.astimezone(wall), until.astimezone(wall)
    total = timedelta()
    on = start.date()
    while on <= end.date():
        if on.weekday() in WORKING_DAYS:
            opens, closes = (datetime.combine(on, at, tzinfo=wall) for at in (BEGINS, ENDS))
            total += max(timedelta(), min(end, closes) - max(start, opens))
        on += timedelta(days=1)
    return total // HOUR
