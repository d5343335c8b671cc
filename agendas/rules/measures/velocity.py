"""Velocity by tier and stage: the median of completed stays, with the open ones beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from agendas.facts.account import Stage
from agendas.facts.measures.program import Program, Stay
from agendas.facts.program.settings import TIERS
from agendas.rules.measures.share import Ids, ids_of, paused_in
from agendas.text.days import days_between

TRAILING_DAYS = 365
"""Stays that ended in so many days are looked at."""


@dataclass(frozen=True, slots=True)
class StayDays:
    """Days of an account in a stage; `at_least` where an import found it there without a day."""

    account_id: int
    days: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class StageVelocity:
    """Stays of a tier, or of all with `tier` None, in a stage; the longest first.

    `completed` ended with a step to another stage in the last year and have a known beginning; `open` last.
    """

    tier: int | None
    stage: Stage
    completed: tuple[StayDays, ...] = ()
    open: tuple[StayDays, ...] = ()

    @property
    def median_days(self) -> float | None:
        """The median of the completed stays; None without any."""
        return float(median(stay.days for stay in self.completed)) if self.completed else None

    @property
    def longest_open(self) -> StayDays | None:
        """The oldest open stay; None without any."""
        return self.open[0] if self.open else None


def velocity(program: Program, stage: Stage, tier: int | None = None) -> StageVelocity:
    """Return the velocity of a stage: of one tier, or of all; paused accounts are left out."""
    left_out = set(ids_of(paused_in(program)))
    now, zone = program.period.ends_at, program.period.zone
    stays = [
        stay
        for stay in program.stays
        if stay.stage is stage and stay.account_id not in left_out and tier in (None, stay.tier or TIERS[-1])
    ]

    def told(some: Iterable[Stay]) -> tuple[StayDays, ...]:
        days = (StayDays(stay.account_id, days_of(stay, now=now, zone=zone), not stay.is_known) for stay in some)
        return tuple(sorted(days, key=lambda stay: (-stay.days, stay.account_id)))

    return StageVelocity(
        tier=tier,
        stage=stage,
        completed=told(stay for stay in stays if is_completed(stay, now=now, zone=zone)),
        open=told(stay for stay in stays if stay.ended_at is None),
    )


def is_completed(stay: Stay, *, now: datetime, zone: str) -> bool:
    """Return true for a stay of known length that ended with a step, up or down, in the last year.

    One that ended because the account left the list tells nothing of how long the stage takes.
    """
    if stay.ended_at is None or stay.to_stage is None or not stay.is_known:
        return False
    return days_between(stay.ended_at, now, zone) <= TRAILING_DAYS


def days_of(stay: Stay, *, now: datetime, zone: str) -> int:
    """Return the days of a stay, those until now of one that lasts."""
    return days_between(stay.began_at, stay.ended_at or now, zone)


def accounts_of(stays: Iterable[StayDays]) -> Ids:
    """The accounts of these stays, each once."""
    return tuple(dict.fromkeys(stay.account_id for stay in stays))
