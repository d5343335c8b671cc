"""The look at a person's open work before their digest: whether it is shown this morning, and when it is next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from agendas.rules.notices.working_hours import WorkingHours, is_working_day
from agendas.rules.reviews.schedule import local_instant
from agendas.text.days import local_date

AHEAD = timedelta(minutes=10)
"""Time between the look and the digest, so that all of a morning is in one message."""
LATEST = timedelta(hours=4)
"""A look later than this after the digest's time is left to the next morning: ours, as long as a morning lasts."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a person's work: the local day whose digest is made, None for none now, sent at `at`; and the next."""

    on: date | None
    at: datetime
    next_at: datetime


def look(
    hours: WorkingHours, digest_at: time, now: datetime, *, planned_at: datetime, plans_only: bool = False
) -> Look:
    """Return what a look at `now` leads to that was planned at an instant before.

    On a working day it is at most ten minutes before the digest and four hours after it; one that comes sooner, since
    the zone or the digest was changed, is done again then. What was first planned later in the day has its digest on
    the next one, and a look that `plans_only` makes none. Days off are not looked ahead to, as they may change.
    """
    on = local_date(now + AHEAD, hours.zone)
    at = _digest(hours, digest_at, on)
    if now < at - AHEAD:
        return Look(None, at, at - AHEAD)
    next_at = _digest(hours, digest_at, on + timedelta(days=1)) - AHEAD
    is_planned = planned_at <= at - AHEAD and not plans_only
    is_sent = is_planned and now <= at + LATEST and is_working_day(hours, on)
    return Look(on if is_sent else None, at, next_at)


def _digest(hours: WorkingHours, digest_at: time, on: date) -> datetime:
    return local_instant(on, digest_at, hours.zone)[0].astimezone(UTC)
