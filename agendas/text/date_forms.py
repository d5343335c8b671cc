"""The forms in which people write a date; each reader gives the date or None for a form that is not its own."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

RECENT_DAYS = 30
"""A day and month without a year is the first such date that is not more than this many days ago."""

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {
    word: number
    for number, short in enumerate(MONTH_NAMES, start=1)
    for word in (short, calendar.month_name[number].casefold())
} | {"sept": 9}
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {word: number for number, name in enumerate(WEEKDAY_NAMES) for word in (name, name[:3])} | {
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}

DAYS_PER_WEEK = 7
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?(?P<month>[a-z]+)\.?,?(?: (?P<year>\d{4}))?")
MONTH_FIRST = re.compile(r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?: (?P<year>\d{4}))?")


def date_of(words: str, today: date) -> date | None:
    """The date that `words` (lower case, single spaces) means on `today`, None when they have no form of a date.

    Raises:
        ValueError: when the form is right but the calendar has no such day.
        OverflowError: when it lies beyond the calendar.
    """
    return next((on for read in _READERS if (on := read(words, today)) is not None), None)


def exists_in_some_year(month: int, day: int) -> bool:
    """Return true if some year has that day; 29 February counts."""
    leap_year = 2028
    return 1 <= month <= len(MONTH_NAMES) and 1 <= day <= calendar.monthrange(leap_year, month)[1]


def _iso(words: str, _today: date) -> date | None:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _named_day(words: str, today: date) -> date | None:
    match words:
        case "today":
            return today
        case "tomorrow":
            return today + timedelta(days=1)
        case "yesterday":
            return today - timedelta(days=1)
        case "eow" | "end of week" | "end of the week":
            return today + timedelta(days=(WEEKDAYS["friday"] - today.weekday()) % DAYS_PER_WEEK)
        case "eom" | "end of month" | "end of the month":
            return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    return None


def _weekday(words: str, today: date) -> date | None:
    which, _, name = words.rpartition(" ")
    number = WEEKDAYS.get(name)
    if number is None or which not in {"", "this", "next", "last"}:
        return None
    if which == "last":
        return today - timedelta(days=(today.weekday() - number - 1) % DAYS_PER_WEEK + 1)
    if which == "next":
        return today + timedelta(days=DAYS_PER_WEEK - today.weekday() + number)
    on = today + timedelta(days=(number - today.weekday()) % DAYS_PER_WEEK)
    return on + timedelta(days=DAYS_PER_WEEK) if on == today and not which else on


def _in_a_while(words: str, today: date) -> date | None:
    found = re.fullmatch(r"in (a|an|one|\d{1,5}) (day|week|month)s?", words)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    if found[2] == "month":
        return _add_months(today, count)
    return today + timedelta(days=count * (DAYS_PER_WEEK if found[2] == "week" else 1))


def _add_months(today: date, count: int) -> date:
    months = today.year * 12 + today.month - 1 + count
    year, month = months // 12, months % 12 + 1
    # The first day is made before the month's length is asked for, so a year past the calendar is a ValueError.
    first = date(year, month, 1)
    return first.replace(day=min(today.day, calendar.monthrange(year, month)[1]))


def _day_and_month(words: str, today: date) -> date | None:
    found = DAY_FIRST.fullmatch(words) or MONTH_FIRST.fullmatch(words)
    month = MONTHS.get(found["month"]) if found else None
    if found is None or month is None:
        return None
    day = int(found["day"])
    return date(int(found["year"]), month, day) if found["year"] else _nearest_year(month, day, today)


def _nearest_year(month: int, day: int, today: date) -> date:
    """The first such day not more than 30 days ago; a 29 February waits for its leap year."""
    if not exists_in_some_year(month, day):
        raise ValueError
    earliest = today - timedelta(days=RECENT_DAYS)
    years = (year for year in range(earliest.year, earliest.year + 9) if day <= calendar.monthrange(year, month)[1])
    return next(on for year in years if (on := date(year, month, day)) >= earliest)


_READERS: tuple[Callable[[str, date], date | None], ...] = (_iso, _named_day, _weekday, _in_a_while, _day_and_month)
