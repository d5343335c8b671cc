"""The frozen facts that rules, sections and pages work on: instants in aware UTC, local dates, money in cents."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.deals import Opportunity
from agendas.facts.events import Change, DecisionKind, Profile
from agendas.facts.evidence import Evidence, Waiting
from agendas.facts.fit import FitScore
from agendas.facts.group import Contact
from agendas.facts.narrative import Justification, NarrativeVersion, ProductInput
from agendas.facts.plays import Motion, PlayRun


class Stage(StrEnum):
    """Stage of the buyer, in order. The common core of the Demandbase, RollWorks and 6sense journeys."""

    TARGET = "target"
    AWARE = "aware"
    ENGAGED = "engaged"
    MQA = "mqa"
    OPPORTUNITY = "opportunity"
    CUSTOMER = "customer"

    @property
    def rank(self) -> int:
        """0 for target up to 5 for customer."""
        return _STAGE_RANKS[self]


_STAGE_RANKS = {stage: rank for rank, stage in enumerate(Stage)}


class ListStatus(StrEnum):
    CANDIDATE = "candidate"
    NAMED = "named"
    PAUSED = "paused"
    REMOVED = "removed"
    REJECTED = "rejected"

    @property
    def is_closed(self) -> bool:
        """True for an account that left the list and takes no updates until it is restored."""
        return self in (ListStatus.REMOVED, ListStatus.REJECTED)

    @property
    def is_on_list(self) -> bool:
        """True for an account that is named, or paused for a while."""
        return self in (ListStatus.NAMED, ListStatus.PAUSED)


class Source(StrEnum):
    COMMAND = "command"
    MODAL = "modal"
    BUTTON = "button"
    SHORTCUT = "shortcut"
    THREAD = "thread"
    DM = "dm"
    IMPORT = "import"
    SYSTEM = "system"
    WEBHOOK = "webhook"


class Movement(StrEnum):
    ADVANCED = "advanced"
    ADVANCED_UNVERIFIED = "advanced_unverified"
    REGRESSED = "regressed"
    UNCHANGED = "unchanged"
    NEW = "new"
    LEFT_LIST = "left_list"


class ActionStatus(StrEnum):
    """The state of a next action. A slipped action is open again with a later date."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class EventFacts:
    id: int
    account_id: int
    change: Change
    happened_at: datetime
    recorded_at: datetime
    actor: str
    source: Source
    evidence: tuple[Evidence, ...] = ()
    review_id: int | None = None


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that blocks the account; `id` is that of the event that opened it, `needs` a function."""

    id: int
    text: str
    owner: str | None
    needs: str | None
    opened_at: datetime
    acknowledged_at: datetime | None = None
    resolved_at: datetime | None = None
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class NextAction:
    """A promise with one owner; `id` is that of the event that added it, `slips` counts the later dates."""

    id: int
    text: str
    owner: str
    due_on: date
    added_at: datetime
    status: ActionStatus = ActionStatus.OPEN
    slips: int = 0
    slipped_at: datetime | None = None
    closed_at: datetime | None = None
    outcome_expected: str = ""
    outcome: str = ""
    play_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Decision of a review about the account; an intervention has what is asked, a change of tier or motion has both.

    `due_on` moves with the next action that an ask made; `first_due_on` is then the day that was decided.
    """

    event_id: int
    decision: DecisionKind
    text: str
    decided_at: datetime
    decided_by: str
    ask_of: str | None = None
    due_on: date | None = None
    done_at: datetime | None = None
    from_tier: int | None = None
    to_tier: int | None = None
    first_due_on: date | None = None
    from_motion: Motion | None = None
    to_motion: Motion | None = None

    @property
    def is_open_ask(self) -> bool:
        return self.decision is DecisionKind.INTERVENE and self.done_at is None


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account at one instant: the fold of its events.

    `stage_since_known` is false when the stage came from an import without history: days are then "at least".
    `claimed_from` is the last stage that something shows, while the steps above it are only claimed; the stage itself
    where the claim was set from the CRM or counted by a closed review, and counts as no advance any more.
    `claimed_from_is_shown` if that stage had evidence, which it has again when the account comes back to it.
    `last_buyer_touch_at` is the latest evidence of the buyer's act, or the day on which a deal was won; our own plans
    and outbound never count. `left_customer_at` is when it moved to an earlier stage last, if it did.
    `private_channel` is the channel whose members alone see it, empty where everybody does.
    `motion_decided` is the motion that a review decided since its tier was set, None for that of its tier.
    `asks` are the interventions that nobody answered; states stored before there were any know `decision` alone.
    """

    account_id: int
    profile: Profile
    list_status: ListStatus = ListStatus.CANDIDATE
    tier: int | None = None
    because: str = ""
    justification: Justification = field(default_factory=Justification)
    named_at: datetime | None = None
    list_changed_at: datetime | None = None
    stage: Stage = Stage.TARGET
    stage_since: datetime | None = None
    stage_since_known: bool = True
    stage_has_evidence: bool = False
    claimed_from: Stage | None = None
    claimed_from_is_shown: bool = False
    last_movement_at: datetime | None = None
    last_buyer_touch_at: datetime | None = None
    left_opportunity_at: datetime | None = None
    left_customer_at: datetime | None = None
    last_update_at: datetime | None = None
    last_event_at: datetime | None = None
    blockers: tuple[Blocker, ...] = ()
    actions: tuple[NextAction, ...] = ()
    decision: Decision | None = None
    waiting: Waiting | None = None
    asks: tuple[Decision, ...] = ()
    fit: tuple[FitScore, ...] = ()
    contacts: tuple[Contact, ...] = ()
    narrative: NarrativeVersion | None = None
    product: tuple[ProductInput, ...] = ()
    plays: tuple[PlayRun, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    private_channel: str = ""
    motion_decided: Motion | None = None

    @property
    def name(self) -> str:
        return self.profile.name

    @property
    def has_left_list(self) -> bool:
        """True if it was removed, rejected or paused: it is not reviewed then."""
        return self.list_status.is_closed or self.list_status is ListStatus.PAUSED

    @property
    def open_asks(self) -> tuple[Decision, ...]:
        """Interventions whose ask is not answered, soonest due first; a later decision does not end one."""
        last = self.decision
        # states stored before there were `asks` know the last decision alone
        asks = self.asks or ((last,) if last is not None and last.is_open_ask else ())
        return tuple(sorted(asks, key=lambda ask: (ask.due_on or date.max, ask.event_id)))

    @property
    def open_blockers(self) -> tuple[Blocker, ...]:
        return tuple(b for b in self.blockers if b.resolved_at is None)

    @property
    def open_deals(self) -> tuple[Opportunity, ...]:
        return tuple(deal for deal in self.opportunities if deal.is_open)

    @property
    def open_actions(self) -> tuple[NextAction, ...]:
        return tuple(sorted((a for a in self.actions if a.status is ActionStatus.OPEN), key=lambda a: (a.due_on, a.id)))
