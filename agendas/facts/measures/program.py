"""The program over a period: everything that the executive review, the scoreboard and the audit are worked out from.

Instants are aware UTC, local dates are those of the program's zone, money is in cents and never added up across
currencies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from agendas.facts.account import Decision, EventFacts, ListStatus, Stage
from agendas.facts.measures.practice import Practice
from agendas.facts.measures.trend import TrendPoint
from agendas.facts.people import Function
from agendas.facts.program.settings import DEFAULTS, ProgramSettings
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.review import Bucket, Placement


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time whose movement is told: after `begins_at`, up to and with `ends_at`.

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
        """The account's id."""
        return self.facts.account.account_id


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
        period: the span of time.
        settings: in force at its end, with stall limits as they were then.
        accounts: all accounts that are named or paused at its end, by tier and name.
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
        functions: their functions by user id.
    """

    period: Period
    settings: ProgramSettings = DEFAULTS
    accounts: tuple[ProgramAccount, ...] = ()
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
