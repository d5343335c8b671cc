"""The forms in which people write a date; each reader gives the dates that may be meant, none for another form."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from agendas.text.date_numbers import numbers_only, year_in

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
COUNTS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"a": 1, "an": 1}

DAYS_PER_WEEK = 7
DAYS_IN = {"day": 1, "week": DAYS_PER_WEEK, "fortnight": 2 * DAYS_PER_WEEK}
FRIDAY = WEEKDAYS["friday"]
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?(?P<month>[a-z]+)\.?,?(?: (?P<year>\d{4}|'?\d{2}))?"
)
MONTH_FIRST = re.compile(r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?: (?P<year>\d{4}|'?\d{2}))?")
NAMED_FIRST = re.compile(r"(?P<name>[a-z]+)\.?,? (?P<rest>(?:the )?\d.*|[a-z]+\.? \d.*)")
IN_A_WHILE = re.compile(rf"(?:in|within) ({'|'.join(COUNTS)}|\d{{1,5}}) (day|week|fortnight|month)s?")

A_WHILE_AGO = re.compile(rf"({'|'.join(COUNTS)}|\d{{1,5}}) (day|week|fortnight|month)s? ago")

TODAY_WORDS = frozenset({"today", "tonight", "eod", "end of day", "end of the day", "cob"})


def dates_of(words: str, today: date) -> tuple[date, ...]:
    """The dates that `words` (lower case, single spaces) may mean on `today`; none when they have no form of a date.

    Raises:
        ValueError: when the form is right but the calendar has no such day.
        OverflowError: when it lies beyond the calendar.
    """
    return next((found for read in _READERS if (found := read(words, today))), ())


def exists_in_some_year(month: int, day: int) -> bool:
    """Return true if some year has that day; 29 February counts."""
    leap_year = 2028
    return 1 <= month <= len(MONTH_NAMES) and 1 <= day <= calendar.monthrange(leap_year, month)[1]


def month_end(on: date) -> date:
    """The last day of that month."""
    return on.replace(day=calendar.monthrange(on.year, on.month)[1])


def add_months(today: date, count: int) -> date:
    """The date so many months ahead, or that month's last. Raises ValueError beyond the calendar."""
    months = today.year * 12 + today.month - 1 + count
    year, month = months // 12, months % 12 + 1
    # The first day is made before the month's length is asked for, so a year past the calendar is a ValueError.
    first = date(year, month, 1)
    return first.replace(day=min(today.day, calendar.monthrange(year, month)[1]))


def _numbers(words: str, today: date) -> tuple[date, ...]:
    """`2026-12-04`, `4.12.` with the day first, `13/2`, and `4/12` in both ways."""
    readings = numbers_only(words)
    found: list[date] = []
    for year, month, day in readings:
        if year is None and not exists_in_some_year(month, day):
            continue
        try:
            found.append(_nearest_year(month, day, today) if year is None else date(year, month, day))
        except ValueError:
            continue
    if readings and not found:
        raise ValueError
    return tuple(dict.fromkeys(found))


def _named_day(words: str, today: date) -> tuple[date, ...]:
    match words:
        case _ if words in TODAY_WORDS:
            return (today,)
        case "tomorrow":
            return (today + timedelta(days=1),)
        case "day after tomorrow" | "the day after tomorrow":
            return (today + timedelta(days=2),)
        case "yesterday" | "yesterday morning" | "yesterday afternoon" | "yesterday evening" | "last night":
            return (today - timedelta(days=1),)
        case "day before yesterday" | "the day before yesterday":
            return (today - timedelta(days=2),)
        case "eow" | "end of week" | "end of the week":
            return (today + timedelta(days=(FRIDAY - today.weekday()) % DAYS_PER_WEEK),)
        case "eom" | "end of month" | "end of the month":
            return (month_end(today),)
    return ()


def _weekday(words: str, today: date) -> tuple[date, ...]:
    which, _, name = words.rpartition(" ")
    if words.endswith(" next week"):
        which, name = "next", words.removesuffix(" next week").removesuffix(" of")
    number = WEEKDAYS.get(name)
    if number is None or which not in {"", "this", "next", "last"}:
        return ()
    if which == "last":
        return (today - timedelta(days=(today.weekday() - number - 1) % DAYS_PER_WEEK + 1),)
    if which == "next":
        return (today + timedelta(days=DAYS_PER_WEEK - today.weekday() + number),)
    on = today + timedelta(days=(number - today.weekday()) % DAYS_PER_WEEK)
    return (on + timedelta(days=DAYS_PER_WEEK) if on == today and not which else on,)


def _in_a_while(words: str, today: date) -> tuple[date, ...]:
    """`in 2 weeks`, and `2 weeks ago`."""
    found = IN_A_WHILE.fullmatch(words) or A_WHILE_AGO.fullmatch(words)
    if found is None:
        return ()
    count = COUNTS.get(found[1]) or int(found[1])
    count = -count if words.endswith(" ago") else count
    if found[2] == "month":
        return (add_months(today, count),)
    return (today + timedelta(days=count * DAYS_IN[found[2]]),)


def _day_and_month(words: str, today: date) -> tuple[date, ...]:
    found = DAY_FIRST.fullmatch(words) or MONTH_FIRST.fullmatch(words)
    month = MONTHS.get(found["month"]) if found else None
    if found is None or month is None:
        return ()
    day = int(found["day"])
    year = year_in(found["year"])
    return (date(year, month, day) if year is not None else _nearest_year(month, day, today),)


def _weekday_and_date(words: str, today: date) -> tuple[date, ...]:
    """`fri 4 dec`: the date; where it is another weekday, the date and the weekday named, which may be meant."""
    found = NAMED_FIRST.fullmatch(words)
    if found is None or found["name"] not in WEEKDAYS:
        return ()
    told = _day_and_month(found["rest"].removeprefix("the "), today) or _numbers(found["rest"], today)
    fitting = tuple(on for on in told if on.weekday() == WEEKDAYS[found["name"]])
    if fitting or not told:
        return fitting
    return tuple(dict.fromkeys((*told, *_weekday(found["name"], today))))


def _nearest_year(month: int, day: int, today: date) -> date:
    """The first such day not more than 30 days ago; a 29 February waits for its leap year."""
    if not exists_in_some_year(month, day):
        raise ValueError
    earliest = today - timedelta(days=RECENT_DAYS)
    years = (year for year in range(earliest.year, earliest.year + 9) if day <= calendar.monthrange(year, month)[1])
    return next(on for year in years if (on := date(year, month, day)) >= earliest)


_READERS: tuple[Callable[[str, date], tuple[date, ...]], ...] = (
    _numbers,
    _named_day,
    _weekday,
    _in_a_while,
    _day_and_month,
    _weekday_and_date,
)
