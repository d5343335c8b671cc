"""Facts about one account for an agenda or a card, and the codes by which rules give their reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import ListChanged
from agendas.facts.people import Leads, Owners
from agendas.facts.program.settings import DEFAULTS, ProgramSettings
from agendas.facts.signals import Engagement


class ReasonCode(StrEnum):
    """Reason why an account needs intervention or is stalled. Its number and limit are in days unless said otherwise.

    The number of people goes with single_threaded and the two against us, that of points with engagement_fell, of
    stages or phases with regressed and deal_back, of times with close_date_pushed, of reviews with not_reviewed.
    """

    REGRESSED = "regressed"
    BLOCKER_NEEDS_EXECUTIVE = "blocker_needs_executive"
    BLOCKER_OLD = "blocker_old"
    ASKED_FOR = "asked_for"
    ASK_OVERDUE = "ask_overdue"
    STALLED_TWICE = "stalled_twice"
    FAR_OVER_AGED = "far_over_aged"
    FAR_OVER_QUIET = "far_over_quiet"
    NO_NEXT_ACTION = "no_next_action"
    ACTION_OVERDUE = "action_overdue"
    ENGAGEMENT_FELL = "engagement_fell"
    NO_EVIDENCE = "no_evidence"
    STALLED_AGED = "stalled_aged"
    STALLED_QUIET = "stalled_quiet"
    ECONOMIC_BUYER_LEFT = "economic_buyer_left"
    CHAMPION_LEFT = "champion_left"
    SINGLE_THREADED = "single_threaded"
    NO_ECONOMIC_BUYER = "no_economic_buyer"
    ECONOMIC_BUYER_AGAINST = "economic_buyer_against"
    CHAMPION_AGAINST = "champion_against"
    ONLY_DEAL_LOST = "only_deal_lost"
    DEAL_BACK = "deal_back"
    CLOSES_SOON = "closes_soon"
    CLOSE_DATE_PAST = "close_date_past"
    CLOSE_DATE_PUSHED = "close_date_pushed"
    NOT_REVIEWED = "not_reviewed"


CodedReason = tuple[ReasonCode, int, int]
"""A reason with its number and its limit; 0 where there is no limit."""


class StallKind(StrEnum):
    """Kind of a stall: too many days in a stage, or since the buyer did anything."""

    AGED = "aged"
    QUIET = "quiet"


class MovementFlag(StrEnum):
    """Remark on an account's movement; with momentum goes its cause: blocker_resolved, role_engaged or meeting_held."""

    EXPANDED = "expanded"
    OPPORTUNITY_LOST = "opportunity_lost"
    MOMENTUM = "momentum"
    BLOCKER_RESOLVED = "blocker_resolved"
    ROLE_ENGAGED = "role_engaged"
    MEETING_HELD = "meeting_held"
    BOUNCED = "bounced"
    SKIPPED_STAGE = "skipped_stage"
    RECLASSIFIED = "reclassified"
    CORRECTED = "corrected"
    RECORDED_LATE = "recorded_late"
    STILL_CLAIMED = "still_claimed"


class MovementReason(StrEnum):
    """Reason for the answer about an account's movement."""

    FIRST_REVIEW = "first_review"
    NEWLY_NAMED = "newly_named"
    BACK_ON_LIST = "back_on_list"
    LEFT_LIST = "left_list"
    PAUSED = "paused"
    NOT_ON_LIST = "not_on_list"
    EVIDENCE = "evidence"
    CLAIM_PROVED = "claim_proved"
    NO_EVIDENCE = "no_evidence"
    EVIDENCE_OUT_OF_WINDOW = "evidence_out_of_window"
    MOVED_DOWN = "moved_down"
    UP_AND_BACK = "up_and_back"
    DOWN_AND_BACK = "down_and_back"
    IMPORTED = "imported"
    CORRECTED = "corrected"
    BLOCKER_RESOLVED = "blocker_resolved"
    ROLE_ENGAGED = "role_engaged"
    MEETING_HELD = "meeting_held"
    EXPANDED = "expanded"
    NEWS = "news"
    SAME_STAGE = "same_stage"


class ItemPart(StrEnum):
    """Part of an account in a review: listed ones were steady at its opening, left_out ones did not fit the minutes."""

    DISCUSSED = "discussed"
    LISTED = "listed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class CorrectedEntry:
    """An entry that counts nowhere any more, and the correction that says so."""

    entry: EventFacts
    correction: EventFacts


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """One account of one review: the state at its last held review, the state now, and what was recorded between.

    `before` is None for an account that was never in a held review. `when_named` is the state in which an account was
    named that no held review saw on the list, where anything since may have moved it. `since` is that review's cutoff,
    `reviewed_on` the local day it was held for, by which people know it. `settings` are
    those in force at `now`, `engagement` is None where nobody looked. `tier_1_owners` are those of the accounts named
    there, none where they do not matter for what the fit proposes; None for a closed review, which proposes nothing.
    `owner_is_deactivated` in Slack: nobody waits for an update of theirs then. `tiers_of_plays` by the plays' keys,
    none for a closed review. `leads` are those who can be asked where a function is, by function, where a blocker needs
    one.
    `corrected` are entries that counted at that review and were corrected since; `before` is without them. `judged` are
    entries from before it whose evidence somebody judged since.
    `excused_before` are the held reviews in a row, the last one included, that count against the date it waits for;
    `unreviewed` the planned ones since the last held review that passed the account by. `away` are those of its people
    who are away and said nothing, each until a day: nobody waits for them.
    """

    account: AccountState
    before: AccountState | None
    since: datetime | None
    now: datetime
    zone: str
    events: tuple[EventFacts, ...] = ()
    missing_updates_from: tuple[str, ...] = ()
    aged_before: bool = False
    excused_before: int = 0
    unreviewed: int = 0
    people: dict[str, str] = field(default_factory=dict)
    settings: ProgramSettings = DEFAULTS
    engagement: Engagement | None = None
    tier_1_owners: Owners | None = None
    owner_is_deactivated: bool = False
    reviewed_on: date | None = None
    tiers_of_plays: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    leads: Leads = field(default_factory=Leads)
    corrected: tuple[CorrectedEntry, ...] = ()
    judged: tuple[EventFacts, ...] = ()
    away: tuple[tuple[str, date], ...] = ()
    when_named: AccountState | None = None

    @property
    def counted_from(self) -> AccountState | None:
        """The state from which its movement counts: that of its last held review, or in which it was named since."""
        return self.when_named or self.before

    @property
    def tier_before(self) -> int | None:
        """The tier at the last held review, or in a first review that of the naming, if the account has another now."""
        before, now = self.before.tier if self.before else self._first_tier, self.account.tier
        return before if now is not None and before != now else None

    @property
    def _first_tier(self) -> int | None:
        """The tier before the first change of it that was recorded, None without one."""
        changes = (event.change for event in self.events)
        return next((each.from_tier for each in changes if isinstance(each, ListChanged) and each.from_tier), None)
