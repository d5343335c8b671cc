"""Cadences, their reviews, what they show of an account, and how people prepare them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from agendas.facts.account import AccountState, Blocker, Decision, EventFacts, Movement, NextAction, Rhythm, Stage
from agendas.facts.deals import Phase
from agendas.facts.events import ListChanged
from agendas.facts.evidence import Evidence, Waiting
from agendas.facts.people import Leads, Owners, PersonFacts
from agendas.facts.program import DEFAULTS, PauseReason, ProgramSettings
from agendas.facts.signals import Engagement

# Facts about one account for an agenda or a card, and the codes by which rules give their reasons.


class ReasonCode(StrEnum):
    """Reason why an account needs intervention or is stalled. Its number and limit are in days unless said otherwise.

    The number of people goes with single_threaded and the two against us, that of points with engagement_fell, of
    stages or phases with regressed and deal_back, of times with close_date_pushed, of reviews with not_reviewed.
    """

    REGRESSED = "regressed"
    BLOCKER_NEEDS_EXECUTIVE = "blocker_needs_executive"
    BLOCKER_OLD = "blocker_old"
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
    entry: EventFacts
    correction: EventFacts


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """One account of one review: the state at its last held review, the state now, and what was recorded between.

    `before` is None for an account that was never in a held review. `when_named` is the state in which an account was
    named that no held review saw on the list, where anything since may have moved it. `since` is that review's cutoff,
    `reviewed_on` the local day it was held for, by which people know it. `settings` are those in force at `now`,
    `engagement` is None where it was not loaded. `tier_1_owners` are the owners of the accounts named in tier 1, empty
    where they cannot change what the fit proposes; None for a closed review, for which nothing is proposed.
    `owner_is_deactivated` in Slack: nobody waits for an update of theirs then. `tiers_of_plays` are by the plays' keys,
    none for a closed review. `leads` are the leads to ask for a function's help, by function. `aged_before`: the
    account was stalled at its last held review already. `corrected` are entries that counted at that review and were
    corrected since; `before` is without them. `judged` are entries from before it whose evidence somebody judged since.
    `excused_before` are the held reviews in a row, the last one included, that count against the date it waits for;
    `left_out` the held ones since then that left the account out. `away` are those of its people who are away and said
    nothing, each until a day: nobody waits for them.
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
    left_out: int = 0
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
        """The tier at its last held review, without one that which the first change since left; None if unchanged."""
        changes = (event.change for event in self.events)
        first = next((each.from_tier for each in changes if isinstance(each, ListChanged) and each.from_tier), None)
        before, now = self.before.tier if self.before else first, self.account.tier
        return before if now is not None and before != now else None


# Frozen facts about preparing a review: who takes part and how, when they are asked, and who is away meanwhile.

PREP_MINUTES = 24 * 60
"""Time before a review at which people are asked to prepare it. The field asks 24 to 48 hours before."""
CUTOFF_MINUTES = 120
"""Time before a review until which what they say is on its agenda; what comes later is taken and said to be late."""


class Participation(StrEnum):
    """How a person takes part: asked and waited for, asked and not waited for, or informed and never asked."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    OBSERVING = "observing"


class Reminding(StrEnum):
    """How much people of a cadence are reminded.

    Light asks them to prepare and no more; standard reminds once and sends a digest on mornings with something overdue;
    active tells of new asks and blockers the same day too.
    """

    LIGHT = "light"
    STANDARD = "standard"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Preparation:
    """How the reviews of a cadence are prepared; `prep_minutes` is 0 where nobody is asked.

    Owners, marketing partners and our executives of its accounts take part as mandatory, unless `optional` or
    `observing` names them; both may name others too. All are user ids.
    """

    prep_minutes: int = PREP_MINUTES
    cutoff_minutes: int = CUTOFF_MINUTES
    reminding: Reminding = Reminding.STANDARD
    optional: tuple[str, ...] = ()
    observing: tuple[str, ...] = ()


AS_USUAL = Preparation()
"""Preparation of a cadence that nobody set up otherwise."""


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a person is away, both included, or everybody where `user_id` is ''; '' for no stand-in.

    `id` is that of the stored days, 0 where they are not.
    """

    user_id: str
    from_on: date
    until_on: date
    stand_in: str = ""
    name: str = ""
    id: int = field(default=0, compare=False)

    def covers(self, on: date) -> bool:
        return self.from_on <= on <= self.until_on


class Question(StrEnum):
    MOVED = "moved"
    """What moved, and what shows it: for its owner and our executive."""
    BUYER = "buyer"
    """What the buyer did with the last play or signal: for its marketing partner."""
    SUCCESS = "success"
    """How the customer fares, and what they could use more of: for customer success."""
    FIT = "fit"
    """Fit, use case and proof: for product."""


@dataclass(frozen=True, slots=True)
class ParticipationFacts:
    """Facts that decide who of these people takes part.

    `may_answer` are the user ids of those who may record something, `leads` the user ids of those who lead a function
    by function, `members` those of channels that accounts are private to, by channel. `away` are those who are away
    while the review is prepared.
    """

    may_answer: frozenset[str]
    leads: Mapping[str, str] = field(default_factory=dict)
    away: Mapping[str, Away] = field(default_factory=dict)
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who takes part in a planned review, and the question that they are asked about each account.

    `for_user_id` is the person who is away and whom they stand in for; `away` says that it is they who are away: then
    they are not asked.
    """

    user_id: str
    part: Participation
    questions: Mapping[int, Question] = field(default_factory=dict)
    for_user_id: str = ""
    away: Away | None = None

    @property
    def is_asked(self) -> bool:
        return self.part is not Participation.OBSERVING and self.away is None and bool(self.questions)


@dataclass(frozen=True, slots=True)
class OnRoster:
    """A person on the roster of a review that was opened: asked to prepare it, or away then until a day."""

    user_id: str
    part: Participation
    for_user_id: str = ""
    away_until: date | None = None


# Frozen facts about days away: what a person wishes, and everything that the page of days away shows.


@dataclass(frozen=True, slots=True)
class AwayFacts:
    """Days away that are not over, as one person sees them.

    Args:
        own: their own days, the earliest first.
        covering_for: days of those whom they stand in for today.
        now: people away today, each until the last day; `soon` those of the next two weeks.
        everyone: days on which everybody is away.
        holidays_of: the place whose public holidays nobody works on, '' for none.
    """

    person: PersonFacts
    today: date
    own: tuple[Away, ...] = ()
    covering_for: tuple[Away, ...] = ()
    now: tuple[Away, ...] = ()
    soon: tuple[Away, ...] = ()
    everyone: tuple[Away, ...] = ()
    holidays_of: str = ""


# The question that an account's agenda asks: one, made by rules from how the account moved.


class QuestionCode(StrEnum):
    """Kind of a question, most pressing first: of several that hold the first is asked.

    Its number is in days unless said otherwise: times with pushed_unexplained, pushed_often and slipped_often, stages
    or phases with regressed and deal_back, people with single_threaded and the two against us, points with
    engagement_fell, reviews with not_reviewed, the tier proposed with tier_unfit. The limit is in days, with
    engagement_fell the points before.
    """

    ASK_OVERDUE = "ask_overdue"
    ASK_OPEN = "ask_open"
    NO_OWNER = "no_owner"
    OWNER_GONE = "owner_gone"
    BLOCKER_FOR_EXECUTIVE = "blocker_for_executive"
    ECONOMIC_BUYER_LEFT = "economic_buyer_left"
    CHAMPION_LEFT = "champion_left"
    ONLY_DEAL_LOST = "only_deal_lost"
    REGRESSED = "regressed"
    DEAL_BACK = "deal_back"
    CLOSES_SOON = "closes_soon"
    BLOCKER_OLD = "blocker_old"
    STAGE_UNCONFIRMED = "stage_unconfirmed"
    PUSHED_UNEXPLAINED = "pushed_unexplained"
    CLOSE_DATE_PAST = "close_date_past"
    PUSHED_OFTEN = "pushed_often"
    PLAY_WITHOUT_OUTCOME = "play_without_outcome"
    PLAY_OVERDUE = "play_overdue"
    STALLED_UNTRIED = "stalled_untried"
    STALLED_TWICE = "stalled_twice"
    SLIPPED_OFTEN = "slipped_often"
    ECONOMIC_BUYER_AGAINST = "economic_buyer_against"
    CHAMPION_AGAINST = "champion_against"
    SILENT = "silent"
    STUCK = "stuck"
    SINGLE_THREADED = "single_threaded"
    NO_ECONOMIC_BUYER = "no_economic_buyer"
    CLAIMED = "claimed"
    NO_EVIDENCE = "no_evidence"
    EXPANSION_UNSPONSORED = "expansion_unsponsored"
    ACTION_OVERDUE = "action_overdue"
    NO_NEXT_ACTION = "no_next_action"
    ENGAGEMENT_FELL = "engagement_fell"
    NOT_REVIEWED = "not_reviewed"
    NEW_WITHOUT_MOTION = "new_without_motion"
    TIER_UNFIT = "tier_unfit"


@dataclass(frozen=True, slots=True)
class QuestionToDecide:
    """A question with its numbers, 0 where it has none; `about` names the ask, action, play or deal, or is ''."""

    code: QuestionCode
    number: int = 0
    limit: int = 0
    about: str = ""


# The sections of an account's agenda below its first line: which there are, and their usual order.


class AgendaSection(StrEnum):
    """A section of an agenda, in the usual order. What there is none of is not shown, whatever is chosen."""

    WHY = "why"
    NUMBERS = "numbers"
    MOVED = "moved"
    DUE = "due"
    BLOCKED = "blocked"
    GAPS = "gaps"
    PLAYS = "plays"
    TO_DECIDE = "to_decide"


USUAL = tuple(AgendaSection)
"""Sections of the agendas of a cadence where nobody chose others."""


def sections_of(stored: Iterable[str]) -> tuple[AgendaSection, ...]:
    """Return the stored sections in their order, each once; the usual ones where none of them exists any more."""
    known = {each.value: each for each in AgendaSection}
    return tuple(dict.fromkeys(known[each] for each in stored if each in known)) or USUAL


# Frozen facts about cadences: the plan of their dates, single occurrences that were changed, and their scope.


class CadenceKind(StrEnum):
    ACCOUNTS = "accounts"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day without a review, '' where it has no name."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Dates of a cadence: a rhythm from an anchor date, at a wall time in an IANA zone, without the days off.

    Weekly and biweekly: every 7 or 14 days from `anchor_on`. Monthly: the anchor's weekday and its position in the
    month (second Tuesday); a fifth one means the last. Days off are `days_off`, some with a name in `named_days_off`,
    the public holidays of the place `holidays_of` (`DE`, `DE-BY`), and the days of the workspace `everyone_away`.
    `nobody_works_in` is a place too, '' for none: its public holidays may have reviews, but nobody is asked to prepare
    one on them.
    """

    rhythm: Rhythm
    anchor_on: date
    local_time: time
    zone: str
    days_off: frozenset[date] = frozenset()
    named_days_off: tuple[DayOff, ...] = ()
    holidays_of: str = ""
    everyone_away: tuple[Away, ...] = ()
    nobody_works_in: str = ""


@dataclass(frozen=True, slots=True)
class OccurrenceChange:
    """One occurrence, by its planned date, skipped (`moved_to` None) or moved to another instant."""

    planned_on: date
    moved_to: datetime | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting of a cadence. `planned_on` is its key; `held_forward`: that wall time does not exist."""

    planned_on: date
    at: datetime
    was_moved: bool = False
    held_forward: bool = False


@dataclass(frozen=True, slots=True)
class CadenceWish:
    """Values of the schedule form. A review of executives takes no accounts, so its scope counts for nothing.

    `preparation` is None where the form did not ask for it: it stays as it is.
    """

    plan: Plan
    minutes: int
    facilitator: str
    tiers: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    account_ids: tuple[int, ...] = ()
    close_after_minutes: int = 24 * 60
    is_private: bool = False
    kind: CadenceKind = CadenceKind.ACCOUNTS
    preparation: Preparation | None = None


@dataclass(frozen=True, slots=True)
class ScopeNow:
    """The accounts that a scope has now: how many, how many of them with something to discuss, and for how long.

    Of very many accounts `to_discuss` is None, and `minutes` those that all of them would take. `chosen` are the names
    of accounts chosen by name, `gone` of those that are not named any more. `deactivated` are
    the user ids of owners who left Slack, `empty_segments` those that no named account has.
    """

    accounts: int
    to_discuss: int | None
    minutes: int
    chosen: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    deactivated: tuple[str, ...] = ()
    empty_segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CadenceFacts:
    """A channel's cadence as people see it. Empty scope tuples mean everything; `upcoming` holds three dates.

    `scope_now` is None where nobody counted. `days_left_out` are the days off among the dates upcoming.
    `wanted_more_often` are the tiers that by the settings are to be reviewed more often, each with that rhythm.
    `paused_because` is None where a person paused it. `sections` are those of its agendas in order.
    """

    id: int
    channel_id: str
    plan: Plan
    minutes: int
    facilitator: str
    is_paused: bool
    upcoming: tuple[Occurrence, ...]
    tiers: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    account_ids: tuple[int, ...] = ()
    close_after_minutes: int = 24 * 60
    changes: tuple[OccurrenceChange, ...] = ()
    wanted_more_often: tuple[tuple[int, Rhythm], ...] = ()
    paused_because: PauseReason | None = None
    is_private: bool = False
    days_left_out: tuple[DayOff, ...] = ()
    scope_now: ScopeNow | None = None
    kind: CadenceKind = CadenceKind.ACCOUNTS
    preparation: Preparation = AS_USUAL
    sections: tuple[AgendaSection, ...] = USUAL


# Frozen facts about reviews: the place of an account, the accounts of a review, and how it was held.


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
    `shown_stage` is the last stage that evidence shows where the step beyond it is only claimed; `evidence` shows it.
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

    Causes that a confirmed date excuses are in `excuse` and not among them. With `phase` the days in stage and their
    limit are those of the account's furthest open deal, which is in it. `heard_on` is the day of the buyer's last act;
    without one, quiet days count from when the account was named.
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
    no_change_reported_by: tuple[str, ...] = ()
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
    """(account id, entry) of what it showed and was corrected after it had closed."""
    added: tuple[tuple[int, str], ...] = ()
    """(account id, user id) of the accounts that had no minutes and were added, and of those who did it."""
    left_out_by: tuple[tuple[int, str], ...] = ()
    """(account id, user id) of the accounts that somebody left out before the review opened."""
    late: tuple[str, ...] = ()
    """Names of the accounts with entries recorded between its close and the opening of the next one."""
    kind: CadenceKind = CadenceKind.ACCOUNTS
    asked: int = 0
    """The number of people who were asked to prepare it."""


# Frozen facts of a facilitator's brief before a review.


class Instead(StrEnum):
    """Why somebody other than the facilitator is briefed."""

    STANDS_IN = "stands_in"
    """They stand in for the facilitator, who is away."""
    AWAY = "away"
    """The facilitator is away without a stand-in: admins are told."""
    GONE = "gone"
    """The facilitator is deactivated or cannot be reached: admins are told."""
    NOBODY = "nobody"
    """The cadence has no facilitator: admins are told."""


class ChangeSinceReview(StrEnum):
    """Kind of change of an account since its last held review, in the order shown."""

    REGRESSED = "regressed"
    STALLED = "stalled"
    EXPANDED = "expanded"
    ADVANCED = "advanced"
    CLAIMED = "claimed"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class NotUpdated:
    """A person who owes updates, with the number of accounts, and whether the facilitator reminded them."""

    user_id: str
    accounts: int
    is_reminded: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """An open action or ask past its day; `who` is '' where nobody has it, and away until a day or here."""

    account_name: str
    text: str
    who: str
    days_late: int
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """A planned review an hour before it begins, as its facilitator may see it.

    `items` are in order of need, with their parts and minutes; `chosen_by` are those who chose an account's part, by
    account id. `matters` are the accounts where a decision matters most, each with its one question. `reader` is
    the person briefed.
    """

    cadence_id: int
    channel_id: str
    planned_on: date
    at: datetime
    zone: str
    minutes: int
    items: tuple[AgendaItem, ...]
    changes: Mapping[ChangeSinceReview, tuple[str, ...]] = field(default_factory=dict)
    not_updated: tuple[NotUpdated, ...] = ()
    away: tuple[Away, ...] = ()
    promised: tuple[Promise, ...] = ()
    matters: tuple[tuple[AgendaItem, QuestionToDecide], ...] = ()
    chosen_by: Mapping[int, str] = field(default_factory=dict)
    facilitator: str = ""
    instead: Instead | None = None
    reader: str = ""


# Frozen facts of calendars that people subscribe to: their meetings, and the address of one.


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A planned review. `sequence` rises with every change of its cadence, last at `changed_at`.

    `facilitator` is a name, '' for none; `url` leads to the channel, '' where the workspace's address is not known.
    """

    workspace_id: str
    cadence_id: int
    kind: CadenceKind
    planned_on: date
    begins_at: datetime
    lasts: timedelta
    sequence: int
    changed_at: datetime
    facilitator: str = ""
    url: str = ""

    @property
    def uid(self) -> str:
        """Its identity in every calendar, the same wherever it is moved."""
        return f"review-{self.cadence_id}-{self.planned_on.isoformat()}-{self.workspace_id}@cadence"


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """A calendar that has an address: of a person, or of the channel with this id; since when, and made by whom."""

    made_at: datetime
    made_by: str
    channel_id: str = ""


# Frozen facts of the message that asks a person to prepare reviews.


class PlannedState(StrEnum):
    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"
    MISSED = "missed"
    SKIPPED = "skipped"
    """Skipped, paused, or planned for another day meanwhile."""


@dataclass(frozen=True, slots=True)
class ReviewAhead:
    """A planned review; `at` is None where it will not be held, `review_id` is 0 until it is opened."""

    channel_id: str
    planned_on: date
    state: PlannedState
    at: datetime | None = None
    cutoff_at: datetime | None = None
    was_moved: bool = False
    review_id: int = 0


@dataclass(frozen=True, slots=True)
class PrepAccount:
    """An account with what its reader is asked about it, and what answers that already, None where nothing does.

    `for_user_id` is the person whom the reader stands in for, '' where it is their own.
    """

    item: AgendaItem
    question: Question
    for_user_id: str = ""
    actions: tuple[NextAction, ...] = ()
    answer: EventFacts | None = None

    @property
    def account(self) -> AccountState:
        return self.item.facts.account

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        return self.account.open_blockers

    def is_done(self, today: date) -> bool:
        """Return true where nothing is left to say: the question is answered, and no promise is due."""
        return self.answer is not None and not self.due_actions(today)

    def due_actions(self, today: date) -> tuple[NextAction, ...]:
        return tuple(action for action in self.actions if action.due_on <= today)


@dataclass(frozen=True, slots=True)
class PrepFacts:
    """The reviews that a person was asked to prepare by one message, and their accounts by need.

    `letter_key` names the message. `zone` is the reader's.
    """

    letter_key: str
    user_id: str
    zone: str
    now: datetime
    reviews: tuple[ReviewAhead, ...]
    accounts: tuple[PrepAccount, ...]

    @property
    def is_ahead(self) -> bool:
        return any(each.state in (PlannedState.AHEAD, PlannedState.OPEN) for each in self.reviews)


# Frozen facts of the reminder of reviews to prepare.


@dataclass(frozen=True, slots=True)
class Unprepared:
    """A planned review that waits for a person, until when, and their accounts without an update."""

    channel_id: str
    at: datetime
    cutoff: datetime
    accounts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """The reviews that wait for a person, the soonest first, and the choices of when to be reminded again.

    With `snoozed_until`, `reviews` are those whose updates end before then. Without any review the message says why:
    it is snoozed, the person stopped it (`is_stopped`), updates ended or no review is planned for that day any more
    (`has_ended`), else nothing is missing.
    """

    user_id: str
    zone: str
    reviews: tuple[Unprepared, ...] = ()
    snoozes: tuple[tuple[str, datetime], ...] = ()
    snoozed_until: datetime | None = None
    is_stopped: bool = False
    has_ended: bool = False
