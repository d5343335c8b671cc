"""Frozen facts about cadences: the plan of their dates, single occurrences that were changed, and their scope.

Instants are aware UTC; planned dates are local to the cadence's zone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from agendas.facts.account import Rhythm
from agendas.facts.program.health import PauseReason


@dataclass(frozen=True, slots=True)
class Plan:
    """Dates of a cadence: a rhythm from an anchor date, at a wall time in an IANA zone, without the days off.

    Weekly and biweekly: every 7 or 14 days from `anchor_on`. Monthly: the anchor's weekday and its position in the
    month (second Tuesday); a fifth one means the last.
    """

    rhythm: Rhythm
    anchor_on: date
    local_time: time
    zone: str
    days_off: frozenset[date] = frozenset()


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
class CadenceFacts:
    """A channel's cadence as people see it. Empty scope tuples mean everything; `upcoming` holds three dates.

    `wanted_more_often` are the tiers it reviews that by the settings want a closer rhythm, each with that.
    `paused_because` is None where a person paused it.
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
