"""The words after /abm trail, read into a person, a period and the name of an account, in any order."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.text.date_forms import MONTHS
from agendas.text.dates import past_date, read_date
from agendas.text.evidence import MENTION
from agendas.text.limits import shown

USAGE = "/abm trail [DATE | DATE to DATE | since DATE | last week] [@who] [ACCOUNT]"
LONGEST_PERIOD_WORDS = 9
"""Words of `since 24 Nov 2026 to ...`: the longest form is two dates of four words with `to` between them."""

LAST_DAYS = re.compile(r"(?:the )?last (\d{1,3}) (day|week|month)s?")
QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')
DAYS_OF = {"day": 1, "week": 7, "month": 30}

Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class TrailWords:
    """Entries asked for: local dates, both included, a person's user id, and text that names an account."""

    first: date | None = None
    last: date | None = None
    user_id: str = ""
    account: str = ""


def read_trail(text: str, today: date) -> TrailWords:
    """Read the words. Words that are neither a person nor a period are left as the name of an account.

    Raises NotUnderstood for two persons, two periods, a name after @ that Slack did not link, and a date in the future.
    """
    user_id, rest = _person(text)
    if rest.startswith('"') and QUOTED.fullmatch(rest):
        return TrailWords(user_id=user_id, account=rest)
    (first, last), account = _period_beside(rest.split(), today)
    return TrailWords(first, last, user_id, account)


def _person(text: str) -> tuple[str, str]:
    found = list(MENTION.finditer(text))
    if len(found) > 1:
        raise NotUnderstood(f"Name one person at a time: {USAGE}.")
    rest = " ".join(MENTION.sub(" ", text).split())
    typed = next((word for word in QUOTED.sub(" ", rest).split() if word.startswith("@")), "")
    if typed:
        raise NotUnderstood(f"{shown(typed)} names nobody here. Type @ and choose the person from Slack's list.")
    return (found[0][1] if found else ""), rest


def _period_beside(words: list[str], today: date) -> tuple[Period, str]:
    """Read the longest period that the words begin or end with, and return it with the other words."""
    for count in range(min(len(words), LONGEST_PERIOD_WORDS), 0, -1):
        for part, others in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            period = read_period(" ".join(part), today)
            if period is not None:
                return period, " ".join(others)
    return (None, None), " ".join(words)


def read_period(text: str, today: date) -> Period | None:
    """Read a period into its first and last day, None for words that are none. Raises NotUnderstood for the future."""
    words = " ".join(text.casefold().split()).strip(" .,;")
    if (named := _named(words, today)) is not None:
        return named
    if words.startswith("since "):
        first = _date(words.removeprefix("since "), today)
        return (first, None) if first else None
    begins, between, ends = words.partition(" to ")
    if not between:
        on = _date(words, today)
        return (on, on) if on else None
    first, last = _date(begins.removeprefix("from "), today), _date(ends, today)
    if first is None or last is None:
        return None
    return min(first, last), max(first, last)


def _named(words: str, today: date) -> Period | None:
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    match words:
        case "this week":
            return monday, today
        case "last week":
            return monday - timedelta(days=7), monday - timedelta(days=1)
        case "this month":
            return month, today
        case "last month":
            return before.replace(day=1), before.replace(day=calendar.monthrange(before.year, before.month)[1])
    found = LAST_DAYS.fullmatch(words)
    return (today - timedelta(days=int(found[1]) * DAYS_OF[found[2]]), today) if found else None


def _date(text: str, today: date) -> date | None:
    """Read a date, None for words that are none. A weekday is the last one. Raises NotUnderstood as `read_period`."""
    try:
        read_date(text, today)
    except AmbiguousDate:
        return past_date(text, today)
    except NotUnderstood:
        if _has_form_of_date(text):
            raise
        return None
    return past_date(text, today)


def _has_form_of_date(text: str) -> bool:
    """Return true for numbers with marks between them, and for numbers beside a month without any other word."""
    words = text.split()
    months = [word for word in words if word.strip(".,") in MONTHS]
    numbers = [word for word in words if word[0].isdigit()]
    is_day_and_month = len(months) == 1 and bool(numbers) and len(months) + len(numbers) == len(words)
    return is_day_and_month or re.fullmatch(r"\d+([/.-]\d+)+", text) is not None
