"""Dates of a cadence: a pure function of wall time, zone, anchor date and days off."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from agendas.facts.account import Rhythm
from agendas.facts.reviews.cadence import DayOff, Occurrence, OccurrenceChange, Plan
from agendas.rules.reviews.holidays import holiday_on

DAYS_PER_WEEK = 7
LAST_WEEK_OF_MONTH = 5
"""A monthly plan anchored on a fifth weekday means the last one of each month."""

EVERYONE_AWAY = "everyone is away"
"""Name of a day without a review as everybody of the workspace is away, where they have no name."""

LONGEST_GAP = timedelta(days=1)
"""The most that clocks were ever put forward at once (Samoa left out a whole day in 2011)."""


def upcoming(
    plan: Plan, after: datetime, changes: Sequence[OccurrenceChange], count: int = 3
) -> tuple[Occurrence, ...]:
    """The next `count` occurrences strictly after the instant `after`, soonest first.

    A change counts when its `planned_on` is one of the plan's dates, day off or not; the last one given for a date
    wins. A skipped date is left out, a moved one stands where it was moved to. Fewer than `count` only at the end of
    the calendar.
    """
    change_of = {change.planned_on: change for change in changes if is_planned(plan, change.planned_on)}
    moved = [
        Occurrence(change.planned_on, change.moved_to, was_moved=True)
        for change in change_of.values()
        if change.moved_to is not None and change.moved_to > after
    ]
    # A time held forward may fall on a later day than its planned date, so the search starts before `after`'s own day.
    first_day = (after.astimezone(ZoneInfo(plan.zone)) - LONGEST_GAP).date()
    regular = (_occurrence(plan, on) for on in planned_dates(plan, first_day) if on not in change_of)
    following = islice((occurrence for occurrence in regular if occurrence.at > after), count)
    return tuple(sorted([*moved, *following], key=lambda occurrence: (occurrence.at, occurrence.planned_on))[:count])


def next_occurrence(plan: Plan, after: datetime, changes: Sequence[OccurrenceChange]) -> Occurrence | None:
    """The first occurrence strictly after `after`, None at the end of the calendar."""
    return next(iter(upcoming(plan, after, changes, 1)), None)


def planned_dates(plan: Plan, start: date) -> Iterator[date]:
    """The plan's local dates from `start` on, in order, days off left out; none lies before the anchor."""
    return (on for on in _grid(plan, start) if day_off(plan, on) is None)


def day_off(plan: Plan, on: date) -> str | None:
    """The name of a day without a review, '' for one without a name, None for any other day."""
    own = next((each.name for each in plan.named_days_off if each.on == on), "")
    name = own or holiday_on(plan.holidays_of, on)
    if name or on in plan.days_off:
        return name
    return next((each.name or EVERYONE_AWAY for each in plan.everyone_away if each.covers(on)), None)


def left_out(plan: Plan, start: date, last: date, changes: Sequence[OccurrenceChange]) -> tuple[DayOff, ...]:
    """The plan's dates from `start` to `last` that are days off and were not moved or skipped."""
    changed = {change.planned_on for change in changes}
    dates = (on for on in takewhile(lambda on: on <= last, _grid(plan, start)) if on not in changed)
    return tuple(DayOff(on, name) for on in dates if (name := day_off(plan, on)) is not None)


def is_planned(plan: Plan, on: date) -> bool:
    """Return true if `on` is one of the plan's dates, were there no days off."""
    return next(_grid(plan, on), None) == on


def skipped_ahead(plan: Plan, after: datetime, changes: Sequence[OccurrenceChange]) -> tuple[Occurrence, ...]:
    """The skipped dates that would be held after the instant `after` were they not skipped, soonest first.

    None that is a day off.
    """
    dates = (each.planned_on for each in changes if each.moved_to is None)
    found = (_occurrence(plan, on) for on in dates if is_planned(plan, on) and day_off(plan, on) is None)
    return tuple(sorted((each for each in found if each.at > after), key=lambda each: each.at))


def instant_of(plan: Plan, on: date) -> tuple[datetime, bool]:
    """The instant in UTC of the plan's wall time on that date, and whether it was held forward."""
    return local_instant(on, plan.local_time, plan.zone)


def local_instant(on: date, local_time: time, zone_name: str) -> tuple[datetime, bool]:
    """The instant in UTC of a wall time in an IANA zone, and whether it was held forward.

    A wall time that the clocks leave out is held at the first one that exists; of one that exists twice, the first.
    """
    zone = ZoneInfo(zone_name)
    wall = datetime.combine(on, local_time.replace(fold=0), tzinfo=zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant, False
    # In a gap, fold 0 reads the wall time with the offset before the change, fold 1 with the one after it.
    return _clock_change(wall.replace(fold=1).astimezone(UTC), instant, zone), True


def _occurrence(plan: Plan, on: date) -> Occurrence:
    at, held_forward = instant_of(plan, on)
    return Occurrence(on, at, held_forward=held_forward)


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The whole second between two instants from which the later offset holds."""
    later_offset = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == later_offset:
            high = middle
        else:
            low = middle + 1
    return before.replace(microsecond=0) + timedelta(seconds=low)


def _grid(plan: Plan, start: date) -> Iterator[date]:
    if plan.rhythm is Rhythm.MONTHLY:
        return _monthly(plan.anchor_on, start)
    return _every(DAYS_PER_WEEK * (1 if plan.rhythm is Rhythm.WEEKLY else 2), plan.anchor_on, start)


def _every(days: int, anchor_on: date, start: date) -> Iterator[date]:
    steps = max(0, -((anchor_on - start).days // days))
    ordinal = anchor_on.toordinal() + steps * days
    return map(date.fromordinal, range(ordinal, date.max.toordinal() + 1, days))


def _monthly(anchor_on: date, start: date) -> Iterator[date]:
    first = max(anchor_on, start)
    position = (anchor_on.day - 1) // DAYS_PER_WEEK + 1
    for month in range(first.year * 12 + first.month - 1, date.max.year * 12 + 12):
        on = _weekday_of_month(date(month // 12, month % 12 + 1, 1), anchor_on.weekday(), position)
        if on >= first:
            yield on


def _weekday_of_month(first_day: date, weekday: int, position: int) -> date:
    """The `position`th such weekday of the month that begins on `first_day`; the fifth is the last."""
    earliest = first_day + timedelta(days=(weekday - first_day.weekday()) % DAYS_PER_WEEK)
    if position < LAST_WEEK_OF_MONTH:
        return earliest + timedelta(days=DAYS_PER_WEEK * (position - 1))
    fifth = earliest + timedelta(days=DAYS_PER_WEEK * 4)
    return fifth if fifth.month == first_day.month else fifth - timedelta(days=DAYS_PER_WEEK)
