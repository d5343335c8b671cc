"""A question as a value: what is asked for, of which, of when, and in what form. `docs/questions.md` has the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agendas.facts.answered_items import AccountFilter
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind


class Subject(StrEnum):
    """Kinds of things that can be asked for."""

    ACCOUNTS = "accounts"
    ACTIONS = "actions"
    BLOCKERS = "blockers"
    ASKS = "asks"
    DECISIONS = "decisions"
    MOVEMENT = "movement"
    EVIDENCE = "evidence"
    CHANGES = "changes"
    LIST_CHANGES = "list_changes"
    SIGNALS = "signals"
    PEOPLE = "people"
    DEALS = "deals"
    PLAYS = "plays"
    REVIEWS = "reviews"
    MEMBERS = "members"
    PROGRAM = "program"
    """The program as a whole: its figures, of one period, by owner, segment or tier."""


class Form(StrEnum):
    """Forms of an answer: the whole card, a field, a list, a number, a sum, yes or no, and so on."""

    CARD = "card"
    BRIEF = "brief"
    """In a few lines, to be told on: one account, or what happened to those that fit; `limit` is how many lines."""
    FIELD = "field"
    LIST = "list"
    COUNT = "count"
    SUM = "sum"
    YES_NO = "yes_no"
    COMPARE = "compare"
    WHY = "why"
    WHEN = "when"
    WHO = "who"


_LISTED = frozenset({Form.LIST, Form.COUNT, Form.YES_NO})
FORMS: Mapping[Subject, frozenset[Form]] = {
    Subject.ACCOUNTS: frozenset(Form),
    Subject.ACTIONS: _LISTED | {Form.WHEN, Form.WHO, Form.COMPARE},
    Subject.BLOCKERS: _LISTED | {Form.WHEN, Form.WHO, Form.WHY},
    Subject.ASKS: _LISTED | {Form.WHEN, Form.WHO},
    Subject.DECISIONS: _LISTED | {Form.WHEN, Form.WHO, Form.WHY},
    Subject.MOVEMENT: _LISTED | {Form.WHEN, Form.WHO, Form.WHY},
    Subject.EVIDENCE: _LISTED | {Form.WHEN, Form.WHO},
    Subject.CHANGES: _LISTED | {Form.WHEN, Form.WHO},
    Subject.LIST_CHANGES: _LISTED | {Form.WHEN, Form.WHO, Form.WHY},
    Subject.SIGNALS: _LISTED | {Form.WHEN},
    Subject.PEOPLE: _LISTED | {Form.WHO},
    Subject.DEALS: _LISTED | {Form.SUM, Form.WHEN, Form.COMPARE},
    Subject.PLAYS: _LISTED,
    Subject.REVIEWS: _LISTED | {Form.CARD, Form.WHEN, Form.WHO},
    Subject.MEMBERS: frozenset({Form.CARD, Form.LIST, Form.COUNT, Form.WHO}),
    Subject.PROGRAM: frozenset({Form.CARD, Form.FIELD}),
}
"""The forms in which each subject can be asked for, and is answered; the table of docs/questions.md says the same."""


class Field(StrEnum):
    """Fields of an account; the last three are of actions, blockers and deals too."""

    TIER = "tier"
    STAGE = "stage"
    STATE = "state"
    STATUS = "status"
    OWNER = "owner"
    PARTNER = "partner"
    EXECUTIVE = "executive"
    SEGMENT = "segment"
    DOMAIN = "domain"
    CHANNEL = "channel"
    VALUE = "value"
    PIPELINE = "pipeline"
    CLOSE_DATE = "close_date"
    ROLES = "roles"
    FIT = "fit"
    ENGAGEMENT = "engagement"
    NARRATIVE = "narrative"
    JUSTIFICATION = "justification"
    LAST_REVIEW = "last_review"
    NEXT_REVIEW = "next_review"
    LAST_MOVEMENT = "last_movement"
    LAST_UPDATE = "last_update"
    LAST_TOUCH = "last_touch"
    DAYS_IN_STAGE = "days_in_stage"
    NAMED_ON = "named_on"
    DUE = "due"
    AGE = "age"
    AMOUNT = "amount"


class Measure(StrEnum):
    """Figures of the program, as its scoreboard shows them."""

    TARGET = "target"
    """The quarter's target: what is won of it, and what is left to win."""
    MOMENTUM = "momentum"
    """Accounts that came closer without a step up."""
    WIN_RATE = "win_rate"
    """Won of the deals that closed."""
    CYCLE = "cycle"
    """Days from the opening of a deal to its close."""
    VELOCITY = "velocity"
    """How fast accounts pass the stages, and what the pipeline yields a day."""
    COVERAGE = "coverage"
    """Required roles of the buying groups that are filled."""
    PIPELINE = "pipeline"
    """Open deals: how much, and how much of it holds."""
    ON_TIME = "on_time"
    """Actions done by their day."""
    TOUCHES = "touches"
    """Meetings of our executives with the buyer's."""
    BOUNCES = "bounces"
    """Accounts that went up and back in one period."""
    FIT = "fit"
    """Scores of fit."""
    ENGAGEMENT = "engagement"
    """Accounts whose engagement goes up, stays or goes down."""


class Having(StrEnum):
    """Things that an account can have, or be without."""

    OWNER = "owner"
    PARTNER = "partner"
    EXECUTIVE = "executive"
    SEGMENT = "segment"
    VALUE = "value"
    NEXT_ACTION = "next_action"
    OVERDUE_ACTION = "overdue_action"
    BLOCKER = "blocker"
    ASK = "ask"
    DECISION = "decision"
    UPDATE = "update"
    MOVEMENT = "movement"
    EVIDENCE = "evidence"
    TOUCH = "touch"
    SIGNAL = "signal"
    CONTACT = "contact"
    ROLE = "role"
    NARRATIVE = "narrative"
    FIT = "fit"
    DEAL = "deal"
    PLAY = "play"
    PROOF = "proof"
    JUSTIFICATION = "justification"
    PROPOSAL = "proposal"
    REVIEW = "review"


class Progress(StrEnum):
    """How far an action, blocker, ask, play or deal has come; a resolved blocker and an answered ask are done."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    SLIPPED = "slipped"
    WON = "won"
    LOST = "lost"


class Way(StrEnum):
    """Ways in which an account can have moved."""

    ADVANCED = "advanced"
    REGRESSED = "regressed"
    EXPANDED = "expanded"
    CLAIMED = "claimed"


class Per(StrEnum):
    """Properties by which a number can be split."""

    TIER = "tier"
    STAGE = "stage"
    STATE = "state"
    STATUS = "status"
    SEGMENT = "segment"
    OWNER = "owner"
    CURRENCY = "currency"
    FUNCTION = "function"


class Which(StrEnum):
    """Review that is meant: the next one, the last one held, or the one that is open."""

    NEXT = "next"
    LAST = "last"
    OPEN = "open"


AWAY = "away"
"""The words of a question for those of our people who are away."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates of the asker from `first` to `last`, both included; None where it has no such end."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Query(AccountFilter):
    """One question. A filter that is empty asks nothing; several values of one filter widen it, filters narrow.

    Several things in `having` or `without` narrow: all of them, or none. The filter of accounts is that of the list.

    Attributes:
        subject: the kind of thing asked for.
        form: the form of the answer.
        of: ids of the accounts named, in the order of the question.
        fields: the fields asked for, with `Form.FIELD`; what is summed or compared, with `SUM` and `COMPARE`.
        having, without: what the accounts have, or are without; `period` says since when, `roles` which role.
        whose: user ids answerable for the things: action owners, asked persons, authors, who decided.
        needs: functions from which blockers need something.
        roles: buying roles of people.
        ways: ways of movement.
        progress: of actions, blockers, asks, plays and deals; empty for those that are open.
        is_overdue: true for what is past its day.
        signals, decisions: kinds of them.
        least_cents, most_cents: bounds of an amount, included, 0 for none: of the deal where deals are asked for, else
            of the account's value.
        currency: code that such an amount has, '' for any.
        about: words that the thing's own text must have, '' for any.
        period: the days asked about: due days, close days, days on which it happened.
        by, is_lowest, limit: order by a field, highest first unless `is_lowest`; how many, 0 for all.
        skip: how many of the first ones are left out, as they were shown before.
        per: the property by which a number is split.
        measures: figures of the program, with `Form.FIELD`; its card has them all.
        which: the review that is meant.
    """

    subject: Subject
    form: Form
    of: tuple[int, ...] = ()
    fields: tuple[Field, ...] = ()
    having: tuple[Having, ...] = ()
    without: tuple[Having, ...] = ()
    whose: tuple[str, ...] = ()
    needs: tuple[Function, ...] = ()
    roles: tuple[BuyingRole, ...] = ()
    ways: tuple[Way, ...] = ()
    progress: tuple[Progress, ...] = ()
    is_overdue: bool = False
    signals: tuple[SignalKind, ...] = ()
    decisions: tuple[DecisionKind, ...] = ()
    least_cents: int = 0
    most_cents: int = 0
    currency: str = ""
    about: str = ""
    period: Period | None = None
    by: Field | None = None
    is_lowest: bool = False
    limit: int = 0
    skip: int = 0
    per: Per | None = None
    which: Which | None = None
    measures: tuple[Measure, ...] = ()
