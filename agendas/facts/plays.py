"""Plays: coordinated sets of steps that run on an account and end with something the buyer did."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class PlayEnd(StrEnum):
    """End of a play: the buyer did something, nothing came by its date, or it was stopped."""

    OUTCOME = "outcome"
    NONE = "none"
    STOPPED = "stopped"


class StepOwner(StrEnum):
    SALES = "sales"
    MARKETING = "marketing"
    PRODUCT = "product"
    EXECUTIVE = "executive"


class PlayMotion(StrEnum):
    CAMPAIGN = "campaign"
    OUTBOUND = "outbound"
    EXECUTIVE = "executive"
    PARTNER = "partner"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class PlayStep:
    """One step: what is done, whose part it is, and how many days after the start it is due."""

    text: str
    owner: StepOwner
    due_in_days: int


@dataclass(frozen=True, slots=True)
class Play:
    """A play of the library: for which tiers, what the buyer is to do, within how many days, by which steps.

    `motion` is None for one that was written before plays had a motion.
    """

    key: str
    name: str
    tiers: tuple[int, ...]
    outcome: str
    outcome_in_days: int
    steps: tuple[PlayStep, ...]
    motion: PlayMotion | None = None


@dataclass(frozen=True, slots=True)
class PlayStarted:
    """A play of the library began, known from now on by this event's id; its steps are next actions of the account.

    `play` is its key in the library, `outcome_expected` what the buyer is to do, by `outcome_due_on`; `steps` is
    how many there are. Older entries have no motion.
    """

    play: str
    name: str
    outcome_expected: str
    outcome_due_on: date
    steps: int = 0
    motion: PlayMotion | None = None
    kind: Literal["play_started"] = "play_started"


@dataclass(frozen=True, slots=True)
class PlayEnded:
    """The play is over; `text` is what the buyer did, or why it was stopped."""

    play_id: int
    what: PlayEnd
    text: str = ""
    kind: Literal["play_ended"] = "play_ended"


@dataclass(frozen=True, slots=True)
class PlayRun:
    """The present state of a play on an account; `id` is that of the event that started it, `end` None while it runs.

    `steps` is how many next actions it started with.
    """

    id: int
    play: str
    name: str
    outcome_expected: str
    outcome_due_on: date
    started_at: datetime
    started_by: str
    end: PlayEnd | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    steps: int = 0
    motion: PlayMotion | None = None


# Motions: how an account is worked. Each tier has one; a review may decide another for an account.


class Motion(StrEnum):
    """Motion of an account, in the words of ITSMA."""

    ONE_TO_ONE = "one_to_one"
    ONE_TO_FEW = "one_to_few"
    ONE_TO_MANY = "one_to_many"


_OF_TIERS = dict(enumerate(Motion, start=1))


def motion_of(tier: int | None, decided: Motion | None = None) -> Motion | None:
    return decided or (_OF_TIERS.get(tier) if tier is not None else None)


def worked_tier(tier: int | None, decided: Motion | None) -> int | None:
    """Return the tier by whose motion an account is worked, whose plays it may have."""
    if decided is None:
        return tier
    return next(number for number, motion in _OF_TIERS.items() if motion is decided)
