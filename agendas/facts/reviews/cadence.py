"""Frozen facts about cadences: the plan of their dates, single occurrences that were changed, and their scope.

Instants are aware UTC; planned dates are local to the cadence's zone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from agendas.facts.account import Rhythm
from agendas.facts.program.health import PauseReason
from agendas.facts.reviews.preparing import AS_USUAL, Away, Preparation
from agendas.facts.reviews.sections import USUAL, AgendaSection


class CadenceKind(StrEnum):
    """Kind of the reviews of a cadence: of accounts one by one, or of the program by its executives."""

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
    the public holidays of the place `holidays_of` (`DE`, `DE-BY`), and the days of the workspace `everyone_away`. On
    the public holidays of the place `nobody_works_in`, '' for none, there may be reviews, but nobody prepares one.
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

    `preparation` is None where the form did not ask of it: it stays as it is.
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

    `wanted_more_often` are the tiers it reviews that by the settings want a closer rhythm, each with that.
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
