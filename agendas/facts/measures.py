"""Facts of the whole program over a period: its accounts, their stays in stages, its reviews, and figures of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import AccountState, Decision, EventFacts, ListStatus, Stage
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.interventions import ExecutiveTouch
from agendas.facts.people import Function
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.facts.reviews import AgendaFacts, Bucket, Placement

# Results of the audit: five operating choices by their checks, the practical test, and missing foundations.


class Row(StrEnum):
    LIST = "list"
    MARKETING = "marketing"
    SALES = "sales"
    PRODUCT = "product"
    MEASUREMENT = "measurement"


class Verdict(StrEnum):
    """Verdict of a row by its judged checks: strong if all pass, weak if fewer than half do, else mixed.

    It is open where fewer than half of the checks can be judged.
    """

    STRONG = "strong"
    MIXED = "mixed"
    WEAK = "weak"
    OPEN = "open"


class Check(StrEnum):
    WITHIN_CAPS = "within_caps"
    ALL_TIERED = "all_tiered"
    JUSTIFIED = "justified"
    FUNCTIONS = "functions"
    LIST_REVIEWED = "list_reviewed"
    SAYS_NO = "says_no"
    NARRATIVES = "narratives"
    OWN_PLAYS = "own_plays"
    BUYER_FOLLOWED = "buyer_followed"
    MARKETING_WROTE = "marketing_wrote"
    NEXT_ACTIONS = "next_actions"
    ON_TIME = "on_time"
    PLAYS_IN_TIER = "plays_in_tier"
    FIRST_TOUCH = "first_touch"
    IMPLEMENTATION_FIT = "implementation_fit"
    USE_CASE_AND_PROOF = "use_case_and_proof"
    PRODUCT_INPUT = "product_input"
    REPORT_READ = "report_read"
    STEPS_SHOWN = "steps_shown"
    DEALS_COMPUTABLE = "deals_computable"
    NO_CAMPAIGN_FIGURES = "no_campaign_figures"


class PracticeLine(StrEnum):
    """Line of the practical test: whether the program changed how the company behaves."""

    PRIORITIES = "priorities"
    MEETINGS = "meetings"
    SALES_ACTIONS = "sales_actions"
    CONTENT = "content"
    EXECUTIVES = "executives"
    MEASUREMENT = "measurement"


class Foundation(StrEnum):
    ICP = "icp"
    POINT_OF_VIEW = "point_of_view"
    SALES_MOTION = "sales_motion"
    DISCIPLINE = "discipline"


class Unjudged(StrEnum):
    NO_ACCOUNTS = "no_accounts"
    NO_TIER_1 = "no_tier_1"
    NO_TIER_1_OR_2 = "no_tier_1_or_2"
    ONE_TIER = "one_tier"
    NO_PLAYS = "no_plays"
    NO_PLAYS_LONG_ENOUGH = "no_plays_long_enough"
    NO_REVIEWS = "no_reviews"
    NO_ACTIONS = "no_actions"
    NO_MQA = "no_mqa"
    NO_STEPS = "no_steps"
    NO_DEALS = "no_deals"
    TOO_YOUNG = "too_young"


class FigureUnit(StrEnum):
    ACCOUNTS = "accounts"
    PLAYS = "plays"
    REVIEWS = "reviews"
    ACTIONS = "actions"
    STEPS = "steps"
    DEALS = "deals"
    DAYS = "days"
    CHANGES = "changes"
    INPUTS = "inputs"
    READERS = "readers"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Figure:
    """A part of a whole, or a number alone where `of` is None."""

    number: int
    unit: FigureUnit
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A share in percent or a number that a figure is held against: at least so much, or `is_most`."""

    number: int
    is_percent: bool = False
    is_most: bool = False


class Step(StrEnum):
    MAKE_ROOM = "make_room"
    GIVE_TIER = "give_tier"
    JUSTIFY = "justify"
    SCORE = "score"
    ASK_FUNCTION = "ask_function"
    REVIEW_LIST = "review_list"
    SAY_NO = "say_no"
    WRITE_NARRATIVE = "write_narrative"
    START_PLAY = "start_play"
    END_PLAY = "end_play"
    BRING_MARKETING = "bring_marketing"
    ADD_ACTION = "add_action"
    SETTLE_ACTIONS = "settle_actions"
    KEEP_DATES = "keep_dates"
    STOP_PLAY = "stop_play"
    TOUCH = "touch"
    REACT_SOONER = "react_sooner"
    SCORE_IMPLEMENTATION = "score_implementation"
    ADD_USE_CASE = "add_use_case"
    ADD_PRODUCT_INPUT = "add_product_input"
    OPEN_REPORT = "open_report"
    SHOW_EVIDENCE = "show_evidence"
    FILL_DEALS = "fill_deals"
    REWORD = "reword"


@dataclass(frozen=True, slots=True)
class NextThing:
    """The next thing to do, at which account or by which function; `person` is the user id of who should."""

    step: Step
    account_id: int | None = None
    account_name: str = ""
    person: str | None = None
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check, passed or failed with its figure against its limit, or not judged for a reason.

    `failing` are the accounts that fail it, each once, in the order of the list. A passed check has no `next_thing`.
    """

    check: Check
    limit: Limit
    passed: bool | None = None
    figure: Figure | None = None
    unjudged: Unjudged | None = None
    failing: tuple[int, ...] = ()
    next_thing: NextThing | None = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """An operating choice with its verdict and its checks; those that cannot be judged are left out of the verdict."""

    row: Row
    verdict: Verdict
    checks: tuple[CheckResult, ...]

    @property
    def judged(self) -> tuple[CheckResult, ...]:
        return tuple(each for each in self.checks if each.passed is not None)

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        return tuple(each for each in self.checks if each.passed is False)


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """A line of the practical test, true or false with what shows it; `by_tier` are actions for each account."""

    line: PracticeLine
    holds: bool | None = None
    figure: Figure | None = None
    limit: Limit | None = None
    unjudged: Unjudged | None = None
    by_tier: tuple[tuple[int, float], ...] = ()
    account_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundationResult:
    foundation: Foundation
    shown_by: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    rows: tuple[RowResult, ...]
    practice: tuple[PracticeResult, ...] = ()
    foundations: tuple[FoundationResult, ...] = ()


# Habits of the team over the last 100 days, beyond what the states of accounts hold.


class Mark(StrEnum):
    """Sign that the program's figures are used: the executive page opened, an ask taken, the list reviewed."""

    PAGE_OPENED = "page_opened"
    ASK_TAKEN = "ask_taken"
    LIST_REVIEWED = "list_reviewed"


@dataclass(frozen=True, slots=True)
class ProgramMark:
    """One such sign by one person of this function; `month` is the first day of the month that the page covered."""

    kind: Mark
    user_id: str
    month: date
    at: datetime
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """Habits of the team in the 100 days before the end of a period, of accounts that the reader may see.

    Args:
        refusals: (account id, instant) of the accounts that were removed or rejected, oldest first.
        tiers_decided: (account id, instant) of the changes of tier that a review decided, oldest first.
        writers: functions of those who recorded or decided something in each held review, by the review's id.
        buyer_acts: instants of what the buyer did, by account, of accounts with a play of these days.
        updates: instants at which our people recorded something, by account, of accounts that became MQA meanwhile.
        touches: meetings of an executive of ours with one of theirs, latest first.
        marks: signs that the figures are used, oldest first.
    """

    refusals: tuple[tuple[int, datetime], ...] = ()
    tiers_decided: tuple[tuple[int, datetime], ...] = ()
    writers: Mapping[int, frozenset[Function]] = field(default_factory=dict)
    buyer_acts: Mapping[int, tuple[datetime, ...]] = field(default_factory=dict)
    updates: Mapping[int, tuple[datetime, ...]] = field(default_factory=dict)
    touches: tuple[ExecutiveTouch, ...] = ()
    marks: tuple[ProgramMark, ...] = ()


# Earlier figures of the program, kept when a review was held and when a month ended.


class TrendKind(StrEnum):
    REVIEW = "review"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Progression:
    """Accounts of a tier that can be compared over a period, and how many of them advanced and went back."""

    comparable: int = 0
    advanced: int = 0
    regressed: int = 0
    claimed: int = 0


@dataclass(frozen=True, slots=True)
class PipelineQuality:
    """Open pipeline of one currency in cents: all of it, weighed by the tests it passes, and where all due tests pass.

    `deals` counts those with an amount, `without_amount` those without, which no sum holds.
    """

    value_cents: int = 0
    passed_cents: int = 0
    clean_cents: int = 0
    deals: int = 0
    without_amount: int = 0

    @property
    def percent(self) -> int | None:
        return round(100 * self.passed_cents / self.value_cents) if self.value_cents else None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Figures of the program on one local day.

    Args:
        buckets: accounts by tier and bucket.
        coverage: (roles engaged, roles required) of the buying groups together, by tier.
        audit: verdict by row of the audit, as its codes are.
    """

    on: date
    kind: TrendKind
    buckets: Mapping[int, Mapping[Bucket, int]] = field(default_factory=dict)
    progression: Mapping[int, Progression] = field(default_factory=dict)
    quality: Mapping[str, PipelineQuality] = field(default_factory=dict)
    coverage: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    audit: Mapping[str, str] = field(default_factory=dict)


# The program over a period: everything that the executive review, the scoreboard and the audit are worked out from.


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time whose movement is shown: after `begins_at`, up to and including `ends_at`.

    Only what was recorded until `ends_at` counts: for a past period that is what was known then.

    Args:
        begins_at, ends_at: instants in UTC.
        first, last: the local days that it covers, both included.
        zone: the IANA zone of these days.
        is_running: it has not ended yet, and `ends_at` is now.
    """

    begins_at: datetime
    ends_at: datetime
    first: date
    last: date
    zone: str
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay of an account in a stage, begun at `began_at` and over at `ended_at`, None while it lasts.

    `tier` is the account's at its end, or now; None where it had none. `is_known` is false where an import found the
    account in the stage without a day: the stay is then at least as long. `to_stage` is where it went, None where it
    left the list instead.
    """

    account_id: int
    stage: Stage
    tier: int | None
    began_at: datetime
    ended_at: datetime | None = None
    to_stage: Stage | None = None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class ProgramAccount:
    """One account over the period.

    Args:
        facts: the account at the end of the period, with `before` as it was at its beginning (None where it was not on
            the list then) and the events recorded between: all that decide, the latest three others.
            `since` is the beginning of the period.
        placement: its bucket over the period, with movement, stall and reasons.
        was_named: it was named at the beginning, so that it can be compared.
        recorded_later: entries of the period that were recorded or corrected after its end, for past periods.
    """

    facts: AgendaFacts
    placement: Placement
    was_named: bool = False
    recorded_later: tuple[EventFacts, ...] = ()

    @property
    def account_id(self) -> int:
        return self.facts.account.account_id


@dataclass(frozen=True, slots=True)
class ClosedDeal:
    """A deal that closed on this local day, when its account was on the list, whether or not it is today.

    `account` is as it was at the period's end, or as it is now if it left the list before. `known_at` is when its
    closing was recorded, None if that was before the period.
    """

    account: AccountState
    deal: Opportunity
    on: date
    known_at: datetime | None = None

    @property
    def is_won(self) -> bool:
        return self.deal.profile.phase is Phase.WON

    @property
    def currency(self) -> str:
        return self.deal.profile.currency

    @property
    def amount_cents(self) -> int | None:
        return self.deal.profile.amount_cents


@dataclass(frozen=True, slots=True)
class Bridge:
    """How the open amount of one currency changed over a period, in cents, for the accounts of the list.

    Args:
        currency: '' for deals without one.
        start: open when the period began.
        opened, reopened, entered, grown: what it rose by; `entered` came with an account, `grown` are larger amounts.
        shrunk, won, lost, left: what it fell by; `left` went with an account.
        pushed: of what is open at the end, deals whose close date moved beyond the quarter of the end.
    """

    currency: str
    start: int = 0
    opened: int = 0
    reopened: int = 0
    entered: int = 0
    grown: int = 0
    shrunk: int = 0
    won: int = 0
    lost: int = 0
    left: int = 0
    pushed: int = 0

    @property
    def end(self) -> int:
        rose = self.opened + self.reopened + self.entered + self.grown
        return self.start + rose - self.shrunk - self.won - self.lost - self.left


@dataclass(frozen=True, slots=True)
class ListMove:
    """A change of an account's place on the list: from where to where, by whom and why; tiers are of named ones.

    `decision_id` is the event of the review's decision that led to it.
    """

    account_id: int
    name: str
    from_status: ListStatus
    to_status: ListStatus
    at: datetime
    actor: str
    because: str = ""
    from_tier: int | None = None
    to_tier: int | None = None
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """One planned review of the period, or of the 100 days before its end.

    `functions` are those of the people who took part, `account_ids` the accounts discussed or listed. `was_held` is
    None for one that is open, missed or skipped; `was_missed` and `was_skipped` tell which. `closed_at` is None until
    it is closed, `opened_at` for a date that was skipped.
    """

    id: int
    channel_id: str
    planned_at: datetime
    was_held: bool | None
    late_minutes: int = 0
    was_missed: bool = False
    was_skipped: bool = False
    is_executive: bool = False
    people: tuple[str, ...] = ()
    functions: frozenset[Function] = frozenset()
    account_ids: tuple[int, ...] = ()
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """The program over a period, as one reader may see it: accounts hidden from them are in no part of it.

    Args:
        settings: in force at its end, with stall limits as they were then.
        accounts: all accounts that are named or paused at its end, by tier and name.
        closed: deals that closed in the year until its end, the first day first, as they are known now.
        bridges: how the open amount of each currency changed over it, as it is known now.
        stays: of accounts that were named, ended or begun in the 365 days before the end, and all that last.
        reviews: planned reviews of the 100 days before the end, oldest first.
        decisions: (account id, decision) of the period before this one, oldest first, with whether they are done.
        decided: (account id, decision) of this period, oldest first.
        trend: earlier figures, oldest first: one a held review, and one a month.
        before: buckets of the accounts named at the beginning, over the period before, by account id.
        list_moves: changes of the list in the period, oldest first.
        practice: habits of the team in the 100 days before the end.
        history_since: the local day of the first entry of the program, None for an empty one.
        names: of accounts that decisions and changes of the list tell of and that are not among `accounts`, by id.
        people: names of our people by user id.
    """

    period: Period
    settings: ProgramSettings = DEFAULTS
    accounts: tuple[ProgramAccount, ...] = ()
    closed: tuple[ClosedDeal, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    stays: tuple[Stay, ...] = ()
    reviews: tuple[PlannedReview, ...] = ()
    decisions: tuple[tuple[int, Decision], ...] = ()
    decided: tuple[tuple[int, Decision], ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    before: Mapping[int, Bucket] = field(default_factory=dict)
    list_moves: tuple[ListMove, ...] = ()
    practice: Practice = field(default_factory=Practice)
    history_since: date | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)


# The accounts behind one figure of the program.


@dataclass(frozen=True, slots=True)
class BehindFigure:
    """The accounts that a figure counts, in the order of the list, and the number of those that left it since.

    `figure` is the figure as a button carries it: its code, its tier and what it is of.
    """

    figure: str
    period: Period
    accounts: tuple[ProgramAccount, ...]
    gone: int = 0
