"""Movement between two reviews, written from the definitions alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from agendas.facts.account import EventFacts
from agendas.facts.evidence import BuyerAct
from tests.naive.rules.counting import RANKS, judged, pieces_of, taken_back
from tests.naive.rules.coverage import holds, is_engaged, touched_on, was_active
from tests.naive.rules.deals import lost_in, open_rank, won_in
from tests.naive.rules.limits import local, required_roles
from tests.naive.rules.state import Person, State, state_of
from tests.naive.rules.steps import DealPath, StagePath, deal_path, stage_path

WINDOW = timedelta(days=30)


@dataclass
class Movement:
    """The movement and its flags: bounced, skipped_stage, reclassified, momentum, opportunity_lost."""

    movement: str
    flags: set[str] = field(default_factory=set)
    by_deals: bool = False


@dataclass(frozen=True)
class Period:
    """The events known now, those that made the account at the last held review, the review's cutoff, now, the zone.

    `excused_before` counts reviews in a row at which a date excused a stall, `left_out` held ones that left it out.
    `was_stalled`: it was at the last held review.
    """

    events: Sequence[EventFacts]
    before: Sequence[EventFacts]
    since: datetime | None
    now: datetime
    zone: str
    excused_before: int = 0
    left_out: int = 0
    was_stalled: bool = False

    @property
    def state(self) -> State | None:
        return state_of(self.events)

    @property
    def state_before(self) -> State | None:
        return state_of(self.before) if self.since else None


def movement_of(period: Period) -> Movement:
    """Return the movement: only accounts on the list at both ends can advance or regress."""
    state, before = period.state, period.state_before
    if state.status != "named":
        was_named = before is not None and before.status == "named"
        return Movement("left_list" if was_named else "unchanged")
    answer = _with_flags(counted(period))
    if before is None or before.status != "named":
        answer.flags.discard("reclassified")
        return replace(answer, movement="new" if answer.movement == "unchanged" else answer.movement)
    return answer


def counted(period: Period) -> Period:
    """The period in which a named account is compared: from its last review, or its naming where none saw it listed.

    What happened before the day of the naming, whenever told, was so then.
    """
    before = period.state_before
    if before is not None and before.status in ("named", "paused"):
        return period
    named_at = period.state.named_at
    gone = taken_back(period.events)
    then = [
        event
        for event in period.events
        if event.recorded_at <= named_at or local(event.happened_at, period.zone) < local(named_at, period.zone)
    ]
    return replace(period, before=[event for event in then if event.id not in gone], since=named_at)


def _with_flags(period: Period) -> Movement:
    state = period.state
    stages = stage_path(period.events, period.before, period.since)
    answer = _compared(period, stages, deal_path(period.events, period.since))
    if lost_in(state.deals.values(), period.since):
        answer.flags.add("opportunity_lost")
    if answer.movement == "unchanged" and has_momentum(period):
        answer.flags.add("momentum")
    return answer


def _compared(period: Period, stages: StagePath, deals: DealPath) -> Movement:
    """Compare the position, stage first, then the furthest deal."""
    if RANKS[stages.end] != RANKS[stages.start]:
        answer = _by_stage(period, stages)
    elif _in_window(period, stages.claim_shown_by):
        answer = Movement("advanced")
    elif deals.end != deals.start:
        answer = _by_deals(period, deals)
    else:
        answer = Movement("unchanged")
        left_stage = any(step.to_stage != stages.start for step in stages.steps)
        if left_stage or any(step.to_rank != deals.start for step in deals.steps):
            answer.flags.add("bounced")
    if answer.movement.startswith("advanced") and _skips(answer, stages, deals):
        answer.flags.add("skipped_stage")
    if stages.was_found or deals.was_found:
        answer.flags.add("reclassified")
    return answer


def _skips(answer: Movement, stages: StagePath, deals: DealPath) -> bool:
    """True if a step up left out a stage, or where the deals decide the furthest one a phase."""
    if RANKS[stages.end] != RANKS[stages.start]:
        return any(RANKS[step.to_stage] - RANKS[step.from_stage] > 1 for step in stages.steps)
    return answer.by_deals and any(step.is_skip and step.to_rank > step.from_rank for step in deals.steps)


def _by_stage(period: Period, stages: StagePath) -> Movement:
    if RANKS[stages.end] < RANKS[stages.start]:
        return Movement("regressed")
    is_shown = _in_window(period, stages.shown_by)
    return Movement("advanced" if is_shown else "advanced_unverified")


def _in_window(period: Period, days: Sequence[datetime]) -> bool:
    return any(period.since - WINDOW <= dated_at <= period.now for dated_at in days)


def _by_deals(period: Period, deals: DealPath) -> Movement:
    if deals.end < deals.start:
        return Movement("regressed", by_deals=True)
    ups = [step for step in deals.steps if step.to_rank > step.from_rank]
    top = max((step.to_rank for step in ups), default=deals.end)
    rows = [piece for step in ups if step.to_rank == top for piece in pieces_of(step.event) if piece.is_row]
    is_shown = _in_window(period, [piece.dated_at for piece in rows])
    return Movement("advanced" if is_shown else "advanced_unverified", by_deals=True)


def has_momentum(period: Period) -> bool:
    """A required role became engaged, a blocker closed, or a meeting with who decides was held."""
    state, before = period.state, period.state_before
    today, then = local(period.now, period.zone), local(period.since, period.zone)
    roles = required_roles(state)
    # somebody who had been active by the review and was only told of later is no news
    new_roles = {
        role
        for role in roles
        if not is_engaged(before, role, then)
        and any(was_active(person, today, 90) and touched_on(person) >= then for person in holds(state, role))
    }
    return (
        bool(new_roles)
        or _closed_blocker(state, before)
        or meeting_held(period.events, state, period.since, period.now)
    )


def _closed_blocker(state: State, before: State) -> bool:
    closed = {key for key, blocker in state.blockers.items() if blocker.resolved}
    return bool(closed - {key for key, blocker in before.blockers.items() if blocker.resolved})


def was_won(period: Period) -> bool:
    return won_in(period.state.deals.values(), period.since)


def no_deal_open(period: Period) -> bool:
    """True if no deal is open now."""
    return open_rank(period.state.deals.values()) == 0


def meeting_held(events: Sequence[EventFacts], state: State, since: datetime, now: datetime) -> bool:
    """A meeting inside the period with the economic buyer or the executive sponsor, as evidence with their contact."""
    for event in judged(events):
        for piece in pieces_of(event):
            is_meeting = piece.act is BuyerAct.MEETING and since < piece.dated_at <= now
            if is_meeting and any(_decides(state.people.get(number)) for number in piece.contact_ids):
                return True
    return False


def _decides(person: Person | None) -> bool:
    if person is None or person.profile.left_on:
        return False
    return bool({"economic_buyer", "executive_sponsor"} & set(person.profile.roles))
