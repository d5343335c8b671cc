"""The steps between stages that an account took since a review, without those that only corrected the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import AccountState, EventFacts, Source, Stage
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
from agendas.facts.evidence import WaitingSet
from agendas.facts.fit import FitScored
from agendas.facts.interventions.events import AskAnswered, AskTaken
from agendas.facts.justification import Justified
from agendas.facts.narrative import NarrativeWritten
from agendas.facts.plays import PlayEnded, PlayStarted
from agendas.facts.product import ProductInputGiven


@dataclass(frozen=True, slots=True)
class Step:
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
        """Rank of the stage that it led to."""
        return self.to_stage.rank

    @property
    def is_skip(self) -> bool:
        """True if it left out a stage on its way up."""
        return self.ranks > 1


@dataclass(frozen=True, slots=True)
class Walk:
    """From where movement counts, and the steps from there on, in order. `was_found`: an import moved the start."""

    start: Stage
    steps: tuple[Step, ...]
    was_found: bool


def walk(before: AccountState, events: Sequence[EventFacts], since: datetime | None) -> Walk:
    """The way from the state at the last held review, which closed at `since`, through the standing `events`, in order.

    A stage that an import found without a date, and one confirmed from a deal as of a day up to the review, are no
    movement, so counting starts anew there.
    """
    steps = _steps(before, events, since)
    last_found = max((number for number, step in enumerate(steps) if step.is_found), default=None)
    if last_found is None:
        return Walk(start=before.stage, steps=tuple(steps), was_found=False)
    return Walk(start=steps[last_found].to_stage, steps=tuple(steps[last_found + 1 :]), was_found=True)


def may_move(change: Change) -> bool:
    """Return true if such a change may alter the facts by which an account's movement is judged."""
    if isinstance(change, Moved):
        return change.to_stage is not None or change.expansion is not None
    return not isinstance(change, _STILL)


_STILL = (
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


def _steps(before: AccountState, events: Sequence[EventFacts], since: datetime | None) -> list[Step]:
    steps: list[Step] = []
    stage = before.stage
    for event in events:
        change = event.change
        if not isinstance(change, Moved) or change.to_stage is None or _is_overtaken(event, before):
            continue
        to_stage = Stage(change.to_stage)
        if to_stage is not stage:
            is_found = _is_found(event, change, since)
            steps.append(Step(event=event, from_stage=stage, to_stage=to_stage, is_found=is_found))
            stage = to_stage
    return steps


def _is_found(event: EventFacts, change: Moved, since: datetime | None) -> bool:
    if not change.from_deal and event.source is not Source.IMPORT:
        return False
    is_of_before = since is not None and event.happened_at <= since
    return is_of_before or change.is_reclassified or not change.since_known


def _is_overtaken(event: EventFacts, before: AccountState) -> bool:
    """True for a step recorded late that happened before the one which set the stage at the review.

    What was confirmed from a deal overtakes that one instead, unless it leads no higher.
    """
    if before.stage_since is None or event.happened_at >= before.stage_since:
        return False
    change = event.change
    if isinstance(change, Moved) and change.from_deal:
        return Stage(change.to_stage or "").rank <= before.stage.rank
    return True
