"""Frozen facts of the reminder of reviews to prepare."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unprepared:
    """A planned review that waits for a person: until when, and the accounts that they have said nothing of."""

    channel_id: str
    at: datetime
    cutoff: datetime
    accounts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """The reviews that wait for a person, the soonest first, and the choices of when to be reminded again.

    Those that still wait where `snoozed_until` is set are the ones whose updates end before then.
    Where none waits any more it tells what became of it: `snoozed_until`, that it is `is_stopped`, that updates ended
    or no review is planned for that day any more (`has_ended`), or that all is said.
    """

    user_id: str
    zone: str
    reviews: tuple[Unprepared, ...] = ()
    snoozes: tuple[tuple[str, datetime], ...] = ()
    snoozed_until: datetime | None = None
    is_stopped: bool = False
    has_ended: bool = False
