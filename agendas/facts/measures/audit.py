"""Results of the audit: five operating choices by their checks, the practical test, and missing foundations."""

from dataclasses import dataclass
from enum import StrEnum

from agendas.facts.people import Function


class Row(StrEnum):
    """Operating choice that the audit judges."""

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
    """One check of a row, in the order of the rows."""

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
    """Foundation that failed checks show to be missing."""

    ICP = "icp"
    POINT_OF_VIEW = "point_of_view"
    SALES_MOTION = "sales_motion"
    DISCIPLINE = "discipline"


class Unjudged(StrEnum):
    """Reason why a check or line cannot be judged yet."""

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
    """Unit of a figure and of its limit where that is no share."""

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
    """The one thing to do next about a failed check."""

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
        """Checks that passed or failed."""
        return tuple(each for each in self.checks if each.passed is not None)

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """Checks that failed."""
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
    """A missing foundation, and the failed checks that show it."""

    foundation: Foundation
    shown_by: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole audit of a program over a period."""

    rows: tuple[RowResult, ...]
    practice: tuple[PracticeResult, ...] = ()
    foundations: tuple[FoundationResult, ...] = ()
