"""Times that are no single day, such as `next week`: the days that may be meant, most likely first."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from agendas.text.date_forms import DAYS_PER_WEEK, FRIDAY, MONTHS, add_months, month_end

MONTHS_PER_QUARTER = 3
ALONE = frozenset({"quarter", "year", "weekend"})
"""Words that without `by`, `end of` or `this` tell of a time in general: `once a year`."""

QUARTER = re.compile(r"q([1-4])(?: (\d{4}))?", re.ASCII)
WEEK = re.compile(r"(?:week|calendar week|w|cw|kw) ?(\d{1,2})", re.ASCII)
DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.ASCII)


def vague_dates(said: str, today: date, *, is_bare: bool) -> tuple[date, ...]:
    """The days that `said` (lower case, single spaces) may mean; none where it is no such time.

    The name of a month, a quarter or a year alone is one, unless it `is_bare`: no word before it asks for a date.
    """
    plain = said.removeprefix("the ").removeprefix("during ")
    is_end = plain.startswith("end of ")
    plain = plain.removeprefix("end of ").removeprefix("the ")
    found = None if is_bare and not is_end and plain in ALONE else _PERIODS.get(plain)
    if found is not None:
        days = found(today)
        return days[:1] if is_end else days
    month = MONTHS.get(plain.removeprefix("in "))
    if month is not None and (is_end or not is_bare or plain.startswith("in ")):
        first = date(today.year + (month < today.month), month, 1)
        return tuple(on for on in (month_end(first), first) if on >= today)[: 1 if is_end else 2]
    return _day_of_month(plain, today) or _quarter_named(plain, today) or _week_numbered(plain, today)


def _this_week(today: date) -> tuple[date, ...]:
    friday = _monday(today) + timedelta(days=FRIDAY)
    return (max(friday, today),)


def _next_week(today: date) -> tuple[date, ...]:
    monday = _monday(today) + timedelta(days=DAYS_PER_WEEK)
    return (monday + timedelta(days=FRIDAY), monday)


def _weekend(today: date) -> tuple[date, ...]:
    return tuple(dict.fromkeys((*_this_week(today), _next_week(today)[1])))


def _this_month(today: date) -> tuple[date, ...]:
    return (month_end(today),)


def _next_month(today: date) -> tuple[date, ...]:
    first = add_months(today.replace(day=1), 1)
    return (month_end(first), first)


def _quarter(today: date) -> tuple[date, ...]:
    last_month = -(-today.month // MONTHS_PER_QUARTER) * MONTHS_PER_QUARTER
    return (month_end(today.replace(day=1, month=last_month)),)


def _next_quarter(today: date) -> tuple[date, ...]:
    return (month_end(add_months(_quarter(today)[0].replace(day=1), MONTHS_PER_QUARTER)),)


def _year(today: date) -> tuple[date, ...]:
    return (today.replace(month=12, day=31),)


_PERIODS: Mapping[str, Callable[[date], tuple[date, ...]]] = {
    "this week": _this_week,
    "next week": _next_week,
    "weekend": _weekend,
    "this weekend": _weekend,
    "this month": _this_month,
    "next month": _next_month,
    "quarter": _quarter,
    "this quarter": _quarter,
    "eoq": _quarter,
    "next quarter": _next_quarter,
    "year": _year,
    "this year": _year,
    "eoy": _year,
}


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _day_of_month(said: str, today: date) -> tuple[date, ...]:
    """`4th`: the next such day of a month."""
    found = DAY_OF_MONTH.fullmatch(said)
    if found is None:
        return ()
    day = int(found[1])
    firsts = (add_months(today.replace(day=1), ahead) for ahead in range(3))
    days = (first.replace(day=day) for first in firsts if 1 <= day <= month_end(first).day)
    return next(((on,) for on in days if on >= today), ())


def _quarter_named(said: str, today: date) -> tuple[date, ...]:
    """`q1`: the last day of the next such quarter that has not passed."""
    found = QUARTER.fullmatch(said)
    if found is None:
        return ()
    month = int(found[1]) * MONTHS_PER_QUARTER
    year = int(found[2]) if found[2] else today.year + (month < today.month)
    last = month_end(date(year, month, 1))
    return (last,) if last >= today else ()


def _week_numbered(said: str, today: date) -> tuple[date, ...]:
    """`week 49`: the Friday of the next such week of ISO 8601 that has not passed."""
    found = WEEK.fullmatch(said)
    if found is None:
        return ()
    days = []
    for year in (today.year, today.year + 1):
        try:
            days.append(date.fromisocalendar(year, int(found[1]), FRIDAY + 1))
        except ValueError:
            continue
    return next(((on,) for on in days if on >= today), ())
