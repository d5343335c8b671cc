"""Periods of the program: calendar months in its zone, whole ones and up to a day; the words that name them."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.facts.measures.program import Period
from agendas.text.date_forms import MONTHS, add_months, month_end
from agendas.text.dates import folded, past_date, read_date
from agendas.text.days import day_said, local_date
from agendas.text.limits import shown

INSTANT = timedelta(microseconds=1)
"""The finest difference of two instants: a month ends so much before the next one begins."""

MONTHS_BACK: Mapping[str, int] = {
    "this month": 0,
    "current month": 0,
    "last month": 1,
    "previous month": 1,
}
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})")
MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})")
NAMED = re.compile(r"(?P<name>[a-z]+)\.?,?(?: (?P<year>\d{4}))?")


def month_of(on: date, zone: str, *, now: datetime) -> Period:
    """The calendar month of a local day, which is today or before; the running month ends now."""
    today = local_date(now, zone)
    if (on.year, on.month) == (today.year, today.month):
        return _period(on.replace(day=1), today, zone, now=now)
    return _period(on.replace(day=1), month_end(on), zone)


def month_before(period: Period) -> Period:
    """The whole calendar month before that in which the period begins."""
    last = period.first.replace(day=1) - timedelta(days=1)
    return _period(last.replace(day=1), last, period.zone)


def up_to(on: date, zone: str, *, now: datetime) -> Period:
    """The month of a local day, today or before, up to the end of that day; up to now where it is today."""
    return _period(on.replace(day=1), on, zone, now=now if on >= local_date(now, zone) else None)


def begin_of(on: date, zone: str) -> datetime:
    """The first instant of a local day, in UTC."""
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(UTC)


def last_instant(on: date, zone: str) -> datetime:
    """The last instant of a local day, in UTC."""
    return begin_of(on + timedelta(days=1), zone) - INSTANT


def read_month(text: str, zone: str, *, now: datetime) -> Period:
    """The month that the words name: none for the running one, `2026-10`, `October`, `Oct 2026`, `last month`.

    A month without a year is the last such one. Raises NotUnderstood for other words and for a month to come.
    """
    today = local_date(now, zone)
    said = folded(text)
    first = _first_day(said, today) if said else today.replace(day=1)
    if first is None:
        raise NotUnderstood(f"{shown(text)} is not a month; write one like 2026-10, October or last month.")
    if first > today:
        raise NotUnderstood(
            f"{first:%B} {first.year} is still to come; give this month, {today:%B} {today.year}, or an earlier one."
        )
    return month_of(first, zone, now=now)


def is_month(text: str, today: date) -> bool:
    """Return true if the words name a month, one to come included."""
    return bool(text) and _first_day(folded(text), today) is not None


def read_period(text: str, zone: str, *, now: datetime) -> Period:
    """The month that the words name as `read_month` has it, or for a day its month up to the end of that day.

    Raises NotUnderstood for other words, and for a month or day to come.
    """
    today = local_date(now, zone)
    if not text.strip() or is_month(text, today):
        return read_month(text, zone, now=now)
    try:
        read_date(text, today)
    except AmbiguousDate:
        pass  # one of two days may be ahead
    except NotUnderstood:
        raise NotUnderstood(
            f"{shown(text)} is not a month; write one like 2026-10, October or last month, or a day like 2026-10-15."
        ) from None
    return up_to(past_date(text, today), zone, now=now)


def written(period: Period) -> str:
    """The period as buttons carry it and `read_period` reads it: `2026-10`, up to a day of the month `2026-10-15`."""
    return f"{period.first:%Y-%m}" if period.is_running or is_whole(period) else period.last.isoformat()


def is_whole(period: Period) -> bool:
    """Return true for a month that is over, up to its last day."""
    return not period.is_running and period.last == month_end(period.first)


def month_said(period: Period) -> str:
    """The period as sentences name it: `October 2026`, `November 2026 up to 12 Nov`."""
    whole = f"{period.first:%B} {period.first.year}"
    return whole if period.last == month_end(period.first) else f"{whole} up to {day_said(period.last)}"


def _period(first: date, last: date, zone: str, *, now: datetime | None = None) -> Period:
    ends_at = last_instant(last, zone) if now is None else now
    return Period(begin_of(first, zone) - INSTANT, ends_at, first, last, zone, is_running=now is not None)


def _first_day(said: str, today: date) -> date | None:
    """The first day of the month that the words name on `today`, None for other words."""
    if said in MONTHS_BACK:
        return add_months(today.replace(day=1), -MONTHS_BACK[said])
    if numbers := YEAR_FIRST.fullmatch(said) or MONTH_FIRST.fullmatch(said):
        return _month(int(numbers["year"]), int(numbers["month"]))
    named = NAMED.fullmatch(said)
    number = MONTHS.get(named["name"]) if named else None
    if named is None or number is None:
        return None
    year = int(named["year"]) if named["year"] else today.year - (number > today.month)
    return _month(year, number)


def _month(year: int, month: int) -> date | None:
    try:
        return date(year, month, 1)
    except ValueError:
        return None
