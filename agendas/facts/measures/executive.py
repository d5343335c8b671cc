"""The monthly executive review: what one page says of the program, each line with the accounts behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from agendas.facts.account import AccountState, Decision
from agendas.facts.interventions.touches import ExecutiveTouch
from agendas.facts.measures.audit import Foundation
from agendas.facts.measures.program import ListMove, Period, ProgramAccount
from agendas.facts.measures.trend import PipelineQuality, Progression
from agendas.facts.reviews.review import Bucket


class StallGroup(StrEnum):
    """Cause by which stalled accounts are grouped: too long in a stage, no word from the buyer, both, or moved back."""

    AGED = "aged"
    QUIET = "quiet"
    BOTH = "both"
    MOVED_BACK = "moved_back"


class DecisionState(StrEnum):
    """State of a decision of the month before: only an ask can be open, any other is done when it is taken.

    An open ask of an account that left the list is dropped: nobody can answer it.
    """

    DONE = "done"
    OPEN = "open"
    OVERDUE = "overdue"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision of the month before, and what became of it; `days_late` counts from the day it was due."""

    account_id: int
    name: str
    decision: Decision
    state: DecisionState
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class BucketCount:
    """Accounts in a bucket, now and at the end of the period before, and how many of them are in each tier now."""

    bucket: Bucket
    now: int
    before: int
    tiers: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intervention:
    """An account that needs intervention, with its soonest open ask; None is flagged without one."""

    account: ProgramAccount
    ask: Decision | None = None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class TierSize:
    """Named accounts of a tier and how many there may be."""

    tier: int
    named: int
    cap: int


@dataclass(frozen=True, slots=True)
class Trends:
    """Figures of the period, each beside those of the month before, None where none were kept.

    Progression is that of all tiers together, quality by currency, coverage (roles engaged, roles required).
    `foundations` are those that the audit finds missing at its end.
    """

    progression: Progression
    quality: Mapping[str, PipelineQuality]
    coverage: tuple[int, int]
    progression_before: Progression | None = None
    quality_before: Mapping[str, PipelineQuality] = field(default_factory=dict)
    coverage_before: tuple[int, int] | None = None
    foundations: tuple[Foundation, ...] = ()


@dataclass(frozen=True, slots=True)
class ExecutiveReport:
    """The executive review of a period, in the order in which it is told.

    Args:
        past: decisions of the month before, those late first, without those that keep an account as it is.
        counts: by bucket in its order, those empty now and before left out; they add up to `on_list`.
        on_list, on_list_before: named accounts at the end of the period and of the one before.
        comparable: accounts named at both ends.
        paused: accounts that are paused, by name.
        interventions: those in need, tier 1 first, asks that are late first.
        stalled: by cause.
        expanded, advanced, claimed: accounts by tier and name; claims are counted nowhere.
        bounced: accounts that went up and came back.
        momentum: accounts that stand where they stood, with a role engaged, a decider met or a blocker gone.
        passed_by: accounts that as many planned reviews passed by as are a reason to step in.
        later: entries of the period recorded or corrected after its end, which count in none of the figures.
        touches: (account's name, meeting of executives) of the 100 days before the end, latest first.
        one_to_one: how many accounts of tier 1 there are.
        untouched: those of them without such a meeting.
        list_moves: changes of the list.
        sizes: accounts of each tier against its cap.
        decided: decisions of the period, read back, without those that keep an account as it is, and without those
            that a change of the list tells.
        since: the first day of the history where it begins within the period or after the period before began, and no
            figures of that one were kept.
        now: accounts by id as they stand now, which says what can still be done: those of the period's end while it
            runs, of one that is over those that need something.
    """

    period: Period
    past: tuple[PastDecision, ...] = ()
    counts: tuple[BucketCount, ...] = ()
    on_list: int = 0
    on_list_before: int = 0
    comparable: int = 0
    paused: tuple[ProgramAccount, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    stalled: Mapping[StallGroup, tuple[ProgramAccount, ...]] = field(default_factory=dict)
    expanded: tuple[ProgramAccount, ...] = ()
    advanced: tuple[ProgramAccount, ...] = ()
    claimed: tuple[ProgramAccount, ...] = ()
    bounced: tuple[ProgramAccount, ...] = ()
    momentum: tuple[ProgramAccount, ...] = ()
    passed_by: tuple[ProgramAccount, ...] = ()
    later: int = 0
    touches: tuple[tuple[str, ExecutiveTouch], ...] = ()
    one_to_one: int = 0
    untouched: tuple[ProgramAccount, ...] = ()
    list_moves: tuple[ListMove, ...] = ()
    sizes: tuple[TierSize, ...] = ()
    trends: Trends | None = None
    decided: tuple[tuple[str, Decision], ...] = ()
    since: date | None = None
    now: Mapping[int, AccountState] = field(default_factory=dict)
