"""Working days and hours of one person: Monday to Friday from 9 to 17 in their own zone, days away left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.reviews.preparing import Away
from agendas.rules.reviews.first_touch import BEGINS, ENDS, WORKING_DAYS
from agendas.rules.reviews.holidays import holiday_on
from agendas.rules.reviews.schedule import local_instant

FARTHEST_DAYS = 366
"""Days looked at; who is away for longer has no next working day."""
TIME_TO_ACT = timedelta(hours=1)
"""The least working time that is left to whoever is told at the last moment. Ours: five accounts and a meeting."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Days on which a person works, from 9 to 17 in the IANA zone `zone`.

    `away` are days of the person and of everybody on which nobody of them works; `holidays_of` is a place whose public
    holidays are none either (`DE`, `DE-BY`), '' for no place.
    """

    zone: str
    away: tuple[Away, ...] = ()
    holidays_of: str = ""


def is_working_day(hours: WorkingHours, on: date) -> bool:
    """Return true if the person works on that local day."""
    if on.weekday() not in WORKING_DAYS or any(each.covers(on) for each in hours.away):
        return False
    return not holiday_on(hours.holidays_of, on)


def is_working(hours: WorkingHours, at: datetime) -> bool:
    """Return true if the person works at that instant; the end of the hours does not belong to them."""
    on = _local_day(hours, at)
    begins_at, ends_at = _hours_on(hours, on)
    return is_working_day(hours, on) and begins_at <= at < ends_at


def work_ends_at(hours: WorkingHours, at: datetime) -> datetime | None:
    """Return the end of the hours that the instant lies in, None where the person does not work then."""
    return _hours_on(hours, _local_day(hours, at))[1] if is_working(hours, at) else None


def next_working_instant(hours: WorkingHours, at: datetime) -> datetime | None:
    """Return `at` if the person works then, else when they begin next; None if they don't within a year."""
    for on in _working_days(hours, _local_day(hours, at)):
        begins_at, ends_at = _hours_on(hours, on)
        if at < ends_at:
            return max(at, begins_at)
    return None


def last_working_instant_before(hours: WorkingHours, cutoff: datetime) -> datetime | None:
    """Return the last instant of work after which an hour is left until the cutoff and until the end of that day.

    None if there is none in the year before.
    """
    for on in _working_days(hours, _local_day(hours, cutoff), step=-1):
        begins_at, ends_at = _hours_on(hours, on)
        last_at = min(cutoff, ends_at) - TIME_TO_ACT
        if last_at >= begins_at:
            return last_at
    return None


def next_working_morning(hours: WorkingHours, after: datetime, digest_at: time) -> datetime | None:
    """Return the first instant after `after` at which it is the wall time `digest_at` on a working day.

    None if there is none within a year.
    """
    for on in _working_days(hours, _local_day(hours, after)):
        morning_at, _ = local_instant(on, digest_at, hours.zone)
        if morning_at > after:
            return morning_at.astimezone(UTC)
    return None


def _working_days(hours: WorkingHours, start: date, *, step: int = 1) -> Iterator[date]:
    days = (start + timedelta(days=step * number) for number in range(FARTHEST_DAYS + 1))
    return (on for on in days if is_working_day(hours, on))


def _hours_on(hours: WorkingHours, on: date) -> tuple[datetime, datetime]:
    begins_at, _ = local_instant(on, BEGINS, hours.zone)
    ends_at, _ = local_instant(on, ENDS, hours.zone)
    return begins_at.astimezone(UTC), ends_at.astimezone(UTC)


def _local_day(hours: WorkingHours, at: datetime) -> date:
    return at.astimezone(ZoneInfo(hours.zone)).date()
