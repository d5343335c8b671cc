"""Frozen facts about reviews: the place of an account, the accounts of a review, and how it was held.

Instants are aware UTC; planned dates are local to the cadence's zone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import Decision, Movement, Stage
from agendas.facts.deals import Phase
from agendas.facts.evidence import Evidence, Waiting
from agendas.facts.reviews.agenda import (
    AgendaFacts,
    CodedReason,
    CorrectedEntry,
    ItemPart,
    MovementFlag,
    MovementReason,
    StallKind,
)
from agendas.facts.reviews.cadence import CadenceKind
from agendas.facts.reviews.sections import USUAL, AgendaSection


class Bucket(StrEnum):
    """The one place an account takes on the agenda, in the order they are discussed."""

    NEEDS_INTERVENTION = "needs_intervention"
    STALLED = "stalled"
    EXPANDED = "expanded"
    ADVANCED = "advanced"
    NEW = "new"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Expansion:
    """Expansion since the last held review in one currency.

    `kind` is booked (won) or pipeline (open). `delta_cents` is None where no amount is known, `deals` how many.
    """

    kind: str
    currency: str
    delta_cents: int | None
    deals: int


@dataclass(frozen=True, slots=True)
class MovementAnswer:
    """Movement of an account since its last held review, and the reason for saying so.

    The flag opportunity_lost means that a deal was lost, whatever the movement.
    The phases are those of the furthest deal, None where none was open; `by_deals` where they and not the stage moved.
    `shown_stage` is how far evidence goes of a step that is claimed beyond it; `evidence` then shows that stage.
    `is_new`: no held review saw the account on the list, so that it moved since it was named, or came back.
    """

    movement: Movement
    from_stage: Stage | None
    to_stage: Stage
    reason: MovementReason
    flags: frozenset[MovementFlag] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    from_phase: Phase | None = None
    to_phase: Phase | None = None
    by_deals: bool = False
    shown_stage: Stage | None = None
    expansions: tuple[Expansion, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class StallCause:
    """One cause of a stall, in days."""

    kind: StallKind
    days: int
    limit_days: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Excuse:
    """A confirmed date that is still to come, and the causes of a stall that it excuses.

    `is_spent`: it would excuse a stall, but did so at as many reviews in a row as it may.
    """

    waiting: Waiting
    causes: tuple[StallCause, ...] = ()
    is_spent: bool = False


@dataclass(frozen=True, slots=True)
class StallAnswer:
    """Judgement whether the account is stalled; `causes` holds each exceeded limit, other numbers are given anyway.

    Causes that a confirmed date excuses are in `excuse` and not among them.

    With `phase` the days in stage and their limit are those of the account's furthest open deal, which is in it.
    `heard_on` is the day of the buyer's last act; without one, quiet days count from when the account was named.
    """

    is_stalled: bool
    causes: tuple[StallCause, ...]
    days_in_stage: int | None
    stage_limit_days: int | None
    quiet_days: int | None
    quiet_limit_days: int | None
    days_are_at_least: bool = False
    phase: Phase | None = None
    heard_on: date | None = None
    excuse: Excuse | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Place of an account on an agenda, with its reasons, the most serious first."""

    bucket: Bucket
    movement: MovementAnswer
    stall: StallAnswer
    reasons: tuple[CodedReason, ...] = ()

    @property
    def is_claimed(self) -> bool:
        """True for a steady account whose stage nothing shows: claimed since the last review, or before it."""
        is_claim = self.movement.movement is Movement.ADVANCED_UNVERIFIED
        return self.bucket is Bucket.STEADY and (is_claim or MovementFlag.STILL_CLAIMED in self.movement.flags)


@dataclass(frozen=True, slots=True)
class OpenReview:
    """A review that is open, known by the day it is held for; its link leads to the account's message or the header."""

    id: int
    channel_id: str
    planned_at: datetime
    zone: str
    closes_at: datetime | None = None
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One account on one review: its facts, its placement, and how it takes part.

    `opened_at` is when its review was opened and `review_on` the day it is held for, None outside of one.
    `times_left_out` counts the reviews of its channel in a row, up to the one before, that had no minutes for it.
    `open_review` is the one that it is in now, for a page outside of reviews. `is_updated`: somebody said something
    of it since its last held review, and nobody is waited for. `posted_in` is the channel of its message where that is
    another than the review's. `question` is the code of the one asked when its review opened, '' for none. `sections`
    are those of its agenda.
    What was recorded after `updates_ended_at`, before it opened, was late; None where nobody was asked to prepare it.
    """

    position: int
    facts: AgendaFacts
    placement: Placement
    part: ItemPart = ItemPart.DISCUSSED
    minutes: int = 0
    permalink: str = ""
    review_item_id: int = 0
    no_change_said_by: tuple[str, ...] = ()
    opened_at: datetime | None = None
    review_on: date | None = None
    times_left_out: int = 0
    open_review: OpenReview | None = None
    is_updated: bool = False
    posted_in: str = ""
    question: str = ""
    sections: tuple[AgendaSection, ...] = USUAL
    updates_ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """One review: its slot, its accounts in order of need, and how it was delivered and held."""

    id: int
    channel_id: str
    zone: str
    planned_at: datetime
    opened_at: datetime
    minutes: int
    facilitator: str
    items: tuple[AgendaItem, ...]
    closed_at: datetime | None = None
    closed_by: str = ""
    late_minutes: int = 0
    attended: tuple[tuple[str, str], ...] = ()
    """(user id, function or '') of those who recorded or decided something in it, or were named present at closing."""
    was_held: bool | None = None
    decisions: tuple[tuple[int, Decision], ...] = ()
    next_at: datetime | None = None
    corrected: tuple[tuple[int, CorrectedEntry], ...] = ()
    """(account id, entry) of what it told and was corrected after it had closed."""
    added: tuple[tuple[int, str], ...] = ()
    """(account id, user id) of the accounts that had no minutes and were added, and of those who did it."""
    left_out_by: tuple[tuple[int, str], ...] = ()
    """(account id, user id) of the accounts that somebody left out before the review opened."""
    late: tuple[str, ...] = ()
    """Names of the accounts of which something was recorded after it had closed, before the next one opened."""
    kind: CadenceKind = CadenceKind.ACCOUNTS
    asked: int = 0
    """The number of people who were asked to prepare it."""
