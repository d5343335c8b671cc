"""The one reminder of a review to prepare: when it comes, and until when it can be snoozed."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from agendas.rules.notices.early import instants_before, minutes_ahead
from agendas.rules.notices.working_hours import (
    WorkingHours,
    is_working,
    last_working_instant_before,
    next_working_morning,
)
from agendas.rules.reviews.schedule import local_instant

SOONEST = timedelta(hours=2)
"""Time that people have after they were asked before they are reminded."""
AN_HOUR = timedelta(hours=1)
AFTERNOON = time(14)
MORNING = time(9)


class Snooze(StrEnum):
    """A time to be reminded again."""

    HOUR = "hour"
    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"


def reminder_at(hours: WorkingHours, *, asked_at: datetime, cutoff: datetime) -> datetime | None:
    """Return when a person who has not answered is reminded: late, and with an hour of work left before the cutoff.

    None where no working hour fits that begins two hours after they were asked.
    """
    at = last_working_instant_before(hours, cutoff)
    return at if at is not None and at >= asked_at + SOONEST else None


def spread_reminders(at: datetime, people: Sequence[tuple[WorkingHours, datetime]]) -> list[datetime]:
    """Return when each of these people, all to be reminded at `at`, is, so that many leave at the pace of sending.

    The people are given as their hours and when they were asked. Whose turn would come before they work, or too soon
    after they were asked, has it as long after `at`.
    """
    ahead = minutes_ahead(len(people), 0)  # their conversations are known since they were asked
    return [
        early if is_working(hours, early) and early >= asked_at + SOONEST else early + ahead
        for early, (hours, asked_at) in zip(instants_before(at, [True] * len(people)), people, strict=True)
    ]


def snoozed_until(choice: Snooze, hours: WorkingHours, now: datetime) -> datetime | None:
    """Return the instant of the choice; None for an afternoon that has begun, and where no working day follows."""
    if choice is Snooze.HOUR:
        return now + AN_HOUR
    if choice is Snooze.TOMORROW:
        return next_working_morning(hours, now, MORNING)
    today = now.astimezone(ZoneInfo(hours.zone)).date()
    at = local_instant(today, AFTERNOON, hours.zone)[0].astimezone(UTC)
    return at if at > now else None


def snoozes(hours: WorkingHours, now: datetime, cutoff: datetime) -> tuple[tuple[Snooze, datetime], ...]:
    """Return the choices that lie before the cutoff, the soonest first, each instant once."""
    found: dict[datetime, Snooze] = {}
    for choice in Snooze:
        at = snoozed_until(choice, hours, now)
        if at is not None and at < cutoff:
            found.setdefault(at, choice)
    return tuple((found[at], at) for at in sorted(found))
