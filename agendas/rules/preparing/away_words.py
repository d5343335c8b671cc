"""The words after /abm away: a range with a stand-in, being back, everybody's days, and public holidays."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.text.dates import read_date, read_future_date
from agendas.text.evidence import MENTION
from agendas.text.limits import shown

USAGE = "/abm away DATE to DATE [@who]"
EVERYBODY = re.compile(r"(?:everyone|everybody|all)\b\s*", re.IGNORECASE)
HOLIDAYS = re.compile(r"(?:public )?holidays?\b\s*(?:of|in)?\b\s*", re.IGNORECASE)
BACK = frozenset({"back", "i'm back", "im back", "i am back", "here"})
TO = re.compile(r"(?:^|\s+)(?:to|until|till|through|-|\u2013)\s+", re.IGNORECASE)
FROM = re.compile(r"(?:from|on|on the|starting)\s+", re.IGNORECASE)
INSTEAD = re.compile(r"(?:,|\b(?:stand[- ]?in|with|ask|instead|is))+\s*$", re.IGNORECASE)
HAS_DIGIT = re.compile(r"\d")
LONGEST_DATE_WORDS = 4


class AwayWord(StrEnum):
    """Deed that the words ask for."""

    SHOW = "show"
    AWAY = "away"
    BACK = "back"
    EVERYONE = "everyone"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class AwayWords:
    """Words as read. `stand_in` is a user id, `unknown` an @name that Slack did not recognise; '' for none.

    `name` is that of everybody's days; for public holidays it is the place as typed.
    """

    word: AwayWord
    first: date | None = None
    last: date | None = None
    stand_in: str = ""
    unknown: str = ""
    name: str = ""


def read_away(rest: str, today: date) -> AwayWords:
    """Read the words on the person's local date `today`. Dates may be reversed or over: that is for the caller.

    Raises NotUnderstood, AmbiguousDate: for a date that cannot be read, two stand-ins, or a place that is missing.
    """
    typed = " ".join(rest.split())
    if not typed:
        return AwayWords(AwayWord.SHOW)
    if typed.casefold().rstrip(".") in BACK:
        return AwayWords(AwayWord.BACK)
    if found := HOLIDAYS.match(typed):
        place = typed[found.end() :]
        if not place:
            raise NotUnderstood("Name the country: /abm away holidays Germany, or none.")
        return AwayWords(AwayWord.HOLIDAYS, name=place)
    if found := EVERYBODY.match(typed):
        first, last, name = _range(typed[found.end() :], today, takes_name=True)
        return AwayWords(AwayWord.EVERYONE, first, last, name=name)
    dates, stand_in, unknown = _without_person(typed)
    first, last, _ = _range(dates, today)
    return AwayWords(AwayWord.AWAY, first, last, stand_in, unknown)


def _without_person(typed: str) -> tuple[str, str, str]:
    """Return the words without the stand-in, their user id, and an @name that is nobody's."""
    named = MENTION.findall(typed)
    if len(named) > 1:
        raise NotUnderstood(f"Name one stand-in: {USAGE}.")
    rest = MENTION.sub("", typed)
    dates, at, unknown = rest.partition("@")
    dates = INSTEAD.sub("", dates.strip()).strip()
    return dates, named[0] if named else "", unknown.strip() if at else ""


def _range(typed: str, today: date, *, takes_name: bool = False) -> tuple[date, date, str]:
    """Return the first and the last day, and the name after them."""
    if not typed:
        raise NotUnderstood(f"Give the days: {'/abm away everyone DATE to DATE [NAME]' if takes_name else USAGE}.")
    first_text, *others = TO.split(FROM.sub("", typed, count=1) if FROM.match(typed) else typed, maxsplit=1)
    if not others:
        first, name = _date_and_name(first_text, today) if takes_name else (_day(first_text, today), "")
        return first, first, name
    first = _day(first_text, today) if first_text else today
    last_text = others[0]
    last, name = _date_and_name(last_text, today) if takes_name else (_day(last_text, today), "")
    if last < first and not HAS_DIGIT.search(last_text):
        # `mon to fri` means the Friday of that week
        last, name = _date_and_name(last_text, first) if takes_name else (read_date(last_text, first), "")
    return first, last, name


def _date_and_name(typed: str, today: date) -> tuple[date, str]:
    """Return the date that the words begin with, of as many words as are one, and the rest."""
    words = typed.split()
    for count in range(min(len(words), LONGEST_DATE_WORDS), 0, -1):
        try:
            return _day(" ".join(words[:count]), today), " ".join(words[count:])
        except AmbiguousDate:
            raise
        except NotUnderstood:
            continue
    raise NotUnderstood(f"{shown(typed)} does not begin with a date; write /abm away everyone DATE to DATE [NAME].")


def _day(typed: str, today: date) -> date:
    """Return the date, of two readings the one that is still to come; it may have passed."""
    try:
        return read_future_date(typed, today)
    except AmbiguousDate:
        raise
    except NotUnderstood:
        return read_date(typed, today)
