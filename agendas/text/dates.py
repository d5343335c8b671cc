"""Dates and times of day as people type them: `2026-12-04`, `fri`, `next tue`, `in 2 weeks`, `eow`, `9am`."""

import calendar
import re
from datetime import date, time

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.text.date_forms import DAY_FIRST, MONTH_FIRST, MONTHS, WEEKDAY_NAMES, WEEKDAYS, add_months, dates_of
from agendas.text.date_numbers import numbers_only
from agendas.text.days import day_said, weekday_said
from agendas.text.limits import shown

DATE_EXAMPLES = "2026-12-04, fri, next tue, tomorrow, in 2 weeks, eow or 4 dec"
TIME_EXAMPLES = "09:30, 14:00, 9am or 2:30 pm"

FARTHEST_YEARS = 20
"""A date farther from today than this is taken for a slip of the finger."""

LEAP_YEARS_APART = 8
"""Most years between two that have a 29 February."""

DAY_WORDS = (*WEEKDAY_NAMES, "tomorrow", "today", "yesterday")
CLOCK_24 = re.compile(r"(\d{1,2}):(\d{2})")
CLOCK_12 = re.compile(r"(\d{1,2})(?::(\d{2}))? ?([ap])\.?m\.?")


def read_date(text: str, today: date) -> date:
    """The date that `text` means on the local date `today`; it may lie in the past.

    A weekday is the next one after today, so `fri` on a Friday is a week away (`this fri` is today, `last fri` the
    one before today); `next tue` is the Tuesday of next week, weeks beginning on Monday. `eow` is this week's Friday
    (on a weekend the coming one), `eom` the month's last day. A month added to the 31st ends on the month's last day.
    Figures with dots have the day first.

    Raises:
        AmbiguousDate: when it can be two dates (`12/4`).
        NotUnderstood: when it is no date, or is more than 20 years away.
    """
    words = folded(text)
    try:
        found = dates_of(words, today)
    except (ValueError, OverflowError):
        raise NotUnderstood(f"{shown(text)} is not in the calendar; write a date like {DATE_EXAMPLES}.") from None
    if not found:
        raise NotUnderstood(f"{shown(text)} is not a date; write one like {DATE_EXAMPLES}.")
    within = tuple(on for on in found if abs(on.year - today.year) <= FARTHEST_YEARS)
    if not within:
        raise NotUnderstood(f"{day_said(found[0], today)} is more than {FARTHEST_YEARS} years away; check the year.")
    if len(within) > 1:
        ways = " or ".join(weekday_said(on, today) for on in within)
        raise AmbiguousDate(f"{shown(words)} can be read in two ways; write {ways}.", text, within)
    return within[0]


def read_future_date(text: str, today: date) -> date:
    """The date that `text` means, today or later.

    Of two dates that it can be, one that has passed is not meant; without a year it is next year's.

    Raises:
        AmbiguousDate, NotUnderstood: as `read_date`, and when the date has passed.
    """
    try:
        on = read_date(text, today)
    except AmbiguousDate as two:
        on = only_ahead(two, today)
    if on < today:
        raise NotUnderstood(f"{day_said(on, today)} has passed; give today, {day_said(today)}, or a later date.")
    return on


def ahead_of(two: AmbiguousDate, today: date) -> tuple[date, ...]:
    """The dates to come that the words can be, in order; where no year is written, a day that has passed comes again.

    So `4/12` is asked about on 7 December too: it can be 12 April, or 4 December a year later.
    """
    has_no_year = any(year is None for year, _, _ in numbers_only(folded(two.typed)))
    dates = (add_months(each, 12) if has_no_year and each < today else each for each in two.dates)
    return tuple(sorted(each for each in dates if each >= today))


def only_ahead(two: AmbiguousDate, today: date) -> date:
    """The only date to come that the words can be. Raises AmbiguousDate, with those to come, where there are two."""
    ahead = ahead_of(two, today)
    if len(ahead) == 1:
        return ahead[0]
    dates = ahead or two.dates
    ways = " or ".join(weekday_said(each, today) for each in dates)
    raise AmbiguousDate(f"{shown(folded(two.typed))} can be read in two ways; write {ways}.", two.typed, dates)


def past_date(text: str, today: date) -> date:
    """The date that `text` means, today or earlier: a weekday, or a day and month without a year, is the last such one.

    Raises:
        AmbiguousDate, NotUnderstood: as `read_date`, and when the date lies in the future.
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


def read_time(text: str) -> time:
    """The wall time that `text` means, without a zone. A bare `9` is refused: it may be morning or evening.

    Raises:
        NotUnderstood: when it is no time of day.
    """
    words = " ".join(text.casefold().split())
    hour, minute = -1, 0
    if found := CLOCK_24.fullmatch(words):
        hour, minute = int(found[1]), int(found[2])
    elif (found := CLOCK_12.fullmatch(words)) and 1 <= int(found[1]) <= 12:
        hour, minute = int(found[1]) % 12 + (12 if found[3] == "p" else 0), int(found[2] or 0)
    if 0 <= hour < 24 and minute < 60:
        return time(hour, minute)
    raise NotUnderstood(f"{shown(text)} is not a time of day; write one like {TIME_EXAMPLES}.")


def folded(text: str) -> str:
    """The words of a date in lower case, with a space between them, without marks around them."""
    return " ".join(text.casefold().split()).strip(" .,;!()")


def _last(on: date, text: str, today: date) -> date:
    """The last such date, where a weekday or a day and month without a year lie ahead."""
    said = folded(text)
    if said in WEEKDAYS:
        return read_date(f"last {said}", today)
    has_month = any(word.strip(".,") in MONTHS for word in said.split())
    found = DAY_FIRST.fullmatch(said) or MONTH_FIRST.fullmatch(said)
    has_year = str(on.year) in said or bool(found and found["year"])
    if on <= today or not ((has_month and not has_year) or any(year is None for year, _, _ in numbers_only(said))):
        return on
    years = range(today.year, today.year - LEAP_YEARS_APART - 1, -1)
    told = (date(year, on.month, on.day) for year in years if on.day <= calendar.monthrange(year, on.month)[1])
    return next(each for each in told if each <= today)
