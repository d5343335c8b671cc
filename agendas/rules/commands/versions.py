"""The words after /abm versions, read into one date, two, or none."""

import calendar
from datetime import date

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.rules.commands.reviews import TO
from agendas.text.date_forms import DAY_FIRST, MONTH_FIRST, MONTHS
from agendas.text.date_numbers import numbers_only
from agendas.text.dates import folded, read_date
from agendas.text.days import day_said, weekday_said
from agendas.text.limits import shown

LEAP_YEARS_APART = 8
"""Most years between two that have a 29 February."""

USAGE = "/abm versions [DATE | DATE to DATE]"


def read_versions(text: str, today: date) -> tuple[date, ...]:
    """No date, one, or two of which the first is the earlier.

    A day and month without a year is the last such date. Raises NotUnderstood for what is no date or lies in the
    future, and for two dates in the wrong order.
    """
    parts = [part.strip() for part in TO.split(text)] if text.strip() else []
    if len(parts) > 2 or (len(parts) == 2 and not all(parts)):
        raise NotUnderstood(f"Give one date, or two with to between them: {USAGE}.")
    dates = tuple(past_date(part, today) for part in parts)
    if len(dates) == 2 and dates[0] >= dates[1]:
        first, last = (day_said(each, today) for each in dates)
        raise NotUnderstood(f"{first} is not before {last}; give the earlier date first: {USAGE}.")
    return dates


def past_date(text: str, today: date) -> date:
    """Return the date written, today or before.

    Raises NotUnderstood for what is no date or lies in the future, AmbiguousDate where it may be two.
    """
    try:
        on = _last(read_date(text, today), text, today)
    except AmbiguousDate as two:
        last = dict.fromkeys(_last(each, text, today) for each in two.dates)
        dates = tuple(each for each in last if each <= today)
        if len(dates) == 1:
            return dates[0]
        ways = " or ".join(weekday_said(each, today) for each in dates)
        raise AmbiguousDate(f"{shown(text)} can be read in two ways; write {ways}.", text, dates) from None
    if on > today:
        raise NotUnderstood(
            f"{day_said(on, today)} is in the future; give today, {day_said(today)}, or an earlier date."
        )
    return on


def _last(on: date, text: str, today: date) -> date:
    """The last such date, where a day and month without a year lie ahead."""
    said = folded(text)
    has_month = any(word.strip(".,") in MONTHS for word in said.split())
    found = DAY_FIRST.fullmatch(said) or MONTH_FIRST.fullmatch(said)
    has_year = str(on.year) in said or bool(found and found["year"])
    if on <= today or not ((has_month and not has_year) or any(year is None for year, _, _ in numbers_only(said))):
        return on
    years = range(today.year, today.year - LEAP_YEARS_APART - 1, -1)
    told = (date(year, on.month, on.day) for year in years if on.day <= calendar.monthrange(year, on.month)[1])
    return next(each for each in told if each <= today)
