"""Steps of the stage and of the deals inside a period, written from the definitions alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from agendas.facts.account import EventFacts, Source
from agendas.facts.deals import Phase
from tests.naive.rules.counting import RANKS, judged, pieces_of, standing
from tests.naive.rules.deals import OPEN_RANKS, WON_RANK, Deal, deals_of, open_rank, won_in
from tests.naive.rules.state import state_of


@dataclass(frozen=True)
class Step:
    event: EventFacts
    from_stage: str
    to_stage: str


@dataclass
class StagePath:
    """From where the stage counts, its steps, where it ends, and the days of what shows that it got there.

    `claim_shown_by`: the days of what shows a stage that was only claimed at the review.
    """

    start: str
    end: str
    steps: list[Step] = field(default_factory=list)
    shown_by: list[datetime] = field(default_factory=list)
    was_found: bool = False
    claim_shown_by: list[datetime] = field(default_factory=list)


def stage_path(events: Sequence[EventFacts], before: Sequence[EventFacts], since: datetime) -> StagePath:
    """The way of the stage through what was recorded since; what an import found only moves the start."""
    state, state_before = state_of(events), state_of(before)
    path = StagePath(state_before.stage, state.stage)
    claimed = state_before.claimed_from is not None
    stage = path.start
    for event in _moves_since(events, before):
        to_stage = event.change.to_stage
        if _is_found(event, since) and to_stage != stage:
            path.start, path.was_found, path.steps, claimed = to_stage, True, [], False
        elif to_stage != stage:
            path.steps.append(Step(event, stage, to_stage))
        stage = to_stage
    path.shown_by = _shown_by(events, [step.event.id for step in path.steps], path.start)
    if claimed and state.claimed_from is None and path.end == path.start:
        path.claim_shown_by = [dated_at for rank, dated_at in state.shown_by if rank == RANKS[path.end]]
    return path


def _is_found(event: EventFacts, since: datetime) -> bool:
    """True where the CRM tells a stage without its day, or one of before the review: that is history."""
    return (
        event.change.is_reclassified
        or not event.change.since_known
        or (event.source is Source.IMPORT and event.happened_at <= since)
    )


def _shown_by(events: Sequence[EventFacts], steps: Sequence[int], start: str) -> list[datetime]:
    """The days of the evidence of the highest of these steps that still stands.

    Evidence of a step comes with it or after it. A fall takes the evidence along to where it ends.
    """
    stage = start
    shown: list[tuple[int, datetime]] = []
    for event in judged(events):
        if event.id in steps:
            stage = event.change.to_stage
            shown = [(min(rank, RANKS[stage]), dated_at) for rank, dated_at in shown]
        for piece in pieces_of(event):
            if piece.stage and RANKS[piece.stage] <= RANKS[stage]:
                shown.append((RANKS[piece.stage], piece.dated_at))
    return [dated_at for rank, dated_at in shown if rank == RANKS[stage]]


def _moves_since(events: Sequence[EventFacts], before: Sequence[EventFacts]) -> list[EventFacts]:
    """Moves recorded since, without those that an earlier recorded one had overtaken already."""
    known = {event.id for event in before}
    moves = [event for event in standing(events) if event.change.kind == "moved" and event.change.to_stage]
    last_known = max((number for number, event in enumerate(moves) if event.id in known), default=-1)
    return moves[last_known + 1 :]


@dataclass(frozen=True)
class DealStep:
    """A change of how far the furthest deal stands; `is_skip` where the deal itself left out a phase."""

    event: EventFacts
    from_rank: int
    to_rank: int
    is_skip: bool = False


@dataclass
class DealPath:
    """From where deals count, the steps of the furthest one, and where they end."""

    start: int
    end: int
    steps: list[DealStep] = field(default_factory=list)
    was_found: bool = False
    deals_at_start: dict[str, Deal] = field(default_factory=dict)


def deal_path(events: Sequence[EventFacts], since: datetime) -> DealPath:
    """The way of the furthest deal through the rows recorded since; an import of history only moves the start."""
    rows = [event for event in standing(events) if event.change.kind == "opportunity_changed"]
    known = deals_of(event for event in rows if event.recorded_at <= since)
    history = [event for event in rows if event.recorded_at <= since or event.happened_at <= since]
    start, news = deals_of(history), [event for event in rows if event not in history]
    for event in list(news):
        key = event.change.opportunity.key
        is_first = next(row for row in rows if row.change.opportunity.key == key) is event
        if is_first and _was_so(None, event, since):
            start[key] = deals_of([event])[key]
            news.remove(event)
    path = DealPath(0, rank_of(deals_of(rows), since))
    deals = dict(start)
    for event in news:
        key, rank_before = event.change.opportunity.key, rank_of(deals, since)
        old = deals.get(key)
        deals[key] = deals_of(each for each in rows[: rows.index(event) + 1] if each.change.opportunity.key == key)[key]
        if _was_so(old, event, since):
            start[key] = deals[key]
        else:
            path.steps.append(DealStep(event, rank_before, rank_of(deals, since), _skips(old, deals[key])))
    path.start, path.deals_at_start = open_rank(start.values()), start
    path.was_found = path.start != open_rank(known.values())
    return path


def rank_of(deals: dict[str, Deal], since: datetime) -> int:
    """The rank of the furthest deal; one won inside the period stands highest."""
    return WON_RANK if won_in(deals.values(), since) else open_rank(deals.values())


def _was_so(old: Deal | None, event: EventFacts, since: datetime) -> bool:
    """True where the row tells of nothing inside the period: it was found so, or a stage means another phase."""
    change = event.change
    profile = change.opportunity
    if old is None:
        if change.opened_at is None or profile.phase not in OPEN_RANKS:
            return not change.since_known
        return change.opened_at <= since
    return old.profile.stage_name == profile.stage_name and old.profile.phase is not profile.phase


def _skips(old: Deal | None, new: Deal) -> bool:
    """True where a deal that was open left out a phase; one that begins later than others leaves out none."""
    ranks = {**OPEN_RANKS, Phase.WON: WON_RANK, Phase.LOST: 0}
    return old is not None and old.is_open and ranks[new.profile.phase] - ranks[old.profile.phase] > 1
