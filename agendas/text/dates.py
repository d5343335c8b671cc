"""Dates and times of day as people type them: `2026-12-04`, `fri`, `next tue`, `in 2 weeks`, `eow`, `9am`."""

import re
from collections.abc import Sequence
from datetime import date, time

from agendas.errors import NotUnderstood
from agendas.text.date_forms import MONTH_NAMES, MONTHS, WEEKDAY_NAMES, date_of, exists_in_some_year
from agendas.text.days import day_said
from agendas.text.limits import shown
from agendas.text.spelling import nearest

DATE_EXAMPLES = "2026-12-04, fri, next tue, tomorrow, in 2 weeks, eow or 4 dec"
TIME_EXAMPLES = "09:30, 14:00, 9am or 2:30 pm"

FARTHEST_YEARS = 20
"""A date farther from today than this is taken for a slip of the finger."""

LONGEST_DATE_WORDS = 4
LONGEST_DAY_AND_MONTH_WORDS = 3
DAY_WORDS = (*WEEKDAY_NAMES, "tomorrow", "today", "yesterday")
NUMBERS_ONLY = re.compile(r"(\d{1,4})[/.](\d{1,2})(?:[/.](\d{1,4}))?")
CLOCK_24 = re.compile(r"(\d{1,2}):(\d{2})")
CLOCK_12 = re.compile(r"(\d{1,2})(?::(\d{2}))? ?([ap])\.?m\.?")


def read_date(text: str, today: date) -> date:
    """The date that `text` means on the local date `today`; it may lie in the past.

    A weekday is the next one after today, so `fri` on a Friday is a week away (`this fri` is today, `last fri` the
    one before today); `next tue` is the Tuesday of next week, weeks beginning on Monday. `eow` is this week's Friday
    (on a weekend the coming one), `eom` the month's last day. A month added to the 31st ends on the month's last day.

    Raises:
        NotUnderstood: when it is no date, is ambiguous (`12/4`), or is more than 20 years away.
    """
    words = " ".join(text.casefold().split()).strip(" .,;")
    _refuse_numbers_only(words)
    try:
        on = date_of(words, today)
    except (ValueError, OverflowError):
        raise NotUnderstood(f"{shown(text)} is not in the calendar; write a date like {DATE_EXAMPLES}.") from None
    if on is None:
        raise NotUnderstood(f"{shown(text)} is not a date; write one like {DATE_EXAMPLES}.")
    if abs(on.year - today.year) > FARTHEST_YEARS:
        raise NotUnderstood(f"{day_said(on, today)} is more than {FARTHEST_YEARS} years away; check the year.")
    return on


def read_future_date(text: str, today: date) -> date:
    """The date that `text` means, today or later.

    Raises:
        NotUnderstood: as `read_date`, and when the date has passed.
    """
    on = read_date(text, today)
    if on < today:
        raise NotUnderstood(f"{day_said(on, today)} has passed; give today, {day_said(today)}, or a later date.")
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


def find_date(words: Sequence[str], today: date) -> tuple[date, int] | None:
    """The date of a trailing `by DATE` and how many words it takes, `by` included; None when the words end otherwise.

    `by` before something that is no date (`sign-off by legal`) is plain text.

    Raises:
        NotUnderstood: when a date was meant but is ambiguous, misspelt, not in the calendar or has passed.
    """
    for count in range(min(LONGEST_DATE_WORDS, len(words) - 1), 0, -1):
        if words[-count - 1].casefold() != "by":
            continue
        typed = " ".join(words[-count:])
        if _is_readable(typed, today) or _was_meant_as_date(typed):
            return read_future_date(typed, today), count + 1
    return None


def _is_readable(text: str, today: date) -> bool:
    try:
        read_date(text, today)
    except NotUnderstood:
        return False
    return True


def _was_meant_as_date(text: str) -> bool:
    """Return true for the form of a date, or one small slip from a word for one; names keep their capital."""
    words = text.strip(" .,;").split()
    if len(words) == 1:
        is_numbers = re.fullmatch(r"\d+([/.-]\d+)+", words[0]) is not None
        return is_numbers or (words[0].islower() and nearest(words[0], DAY_WORDS) is not None)
    has_month = any(word.casefold() in MONTHS for word in words)
    return len(words) <= LONGEST_DAY_AND_MONTH_WORDS and has_month and any(word[0].isdigit() for word in words)


def _refuse_numbers_only(words: str) -> None:
    """Refuse `12/4`, which is December to some and April to others, naming both."""
    found = NUMBERS_ONLY.fullmatch(words)
    if found is None:
        return
    first, second = int(found[1]), int(found[2])
    pairs = [(month, day) for month, day in ((first, second), (second, first)) if exists_in_some_year(month, day)]
    readings = list(dict.fromkeys(f"{day} {MONTH_NAMES[month - 1]}" for month, day in pairs))
    if len(readings) > 1:
        raise NotUnderstood(f"{shown(words)} can be read in two ways; write {' or '.join(readings)}.")
    raise NotUnderstood(f"{shown(words)} is not a date; write {''.join(readings) or 'it like 2026-12-04'}.")
