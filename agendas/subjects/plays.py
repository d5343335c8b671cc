"""Plays: coordinated sets of steps that run on an account and end with something the buyer did."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class PlayEnd(StrEnum):
    """How a play ended: the buyer did something, nothing came by its date, or it was stopped."""

    OUTCOME = "outcome"
    NONE = "none"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PlayStarted:
    """A play of the library began, known from now on by this event's id; its steps are next actions of the account.

    `play` is its key in the library, `outcome_expected` what the buyer is to do, by `outcome_due_on`.
    """

    play: str
    name: str
    outcome_expected: str
    outcome_due_on: date
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
    """A play on an account as it stands; `id` is that of the event that started it, `end` None while it runs."""

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
