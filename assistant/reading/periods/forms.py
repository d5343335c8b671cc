"""The forms in which people write days: each reads words that stand together, without `since`, `by` and the like."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from agendas.text.date_forms import TODAY_WORDS
from assistant.reading.periods.dates import (
    date_said,
    day_of_month,
    days_of_one_month,
    month,
    quarter,
    season,
    week,
    weekday,
    year,
)
from assistant.reading.periods.days import Days, Span, Unit, alike, latest_and_next, moved, once, one_day, unit_around
from assistant.reading.periods.units import (
    UNIT,
    UNIT_NAMES,
    counted_units,
    one_unit,
    several_units,
    to_date,
    unit_named,
    weekend,
)

RECENT_DAYS = 14
"""Days of "lately" and "recently"."""

EDGE = (
    r"(?:(?:the )?(?P<edge>end|beginning|start|middle|first half|second half)(?: of)?"
    r"|(?P<early>early|late|mid|later|earlier))"
)
WEEK_OF = re.compile(r"(?:the )?week (?:of|starting|commencing|beginning)(?: the)? (?P<day>.+)")
TIME_OF = re.compile(r"(?:this|the same) time (?P<rest>.+)")
FEASTS = {"christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "new years": (1, 1), "new years eve": (12, 31)}
SHORT_ENDS = {
    "eow": "week",
    "eom": "month",
    "eoq": "quarter",
    "eoy": "year",
    **{f"{unit} end": unit for unit in ("week", "month", "quarter", "year")},
}


def days_of(said: str, today: date) -> Days | None:
    """Return the days that words (normal forms, single spaces) mean, None where they are no form of days.

    Raises:
        ValueError: where the form is right but the calendar has no such day.
        AmbiguousDate: where they may be two dates (`12/4`).
        NotUnderstood: where it is too far away.
    """
    return next((found for read in READERS if (found := read(said, today))), None)


def _named(said: str, today: date) -> Days | None:
    words = said.removesuffix("s") if said in ("todays", "yesterdays", "tomorrows") else said
    if words in TODAY_WORDS or words in ("this morning", "this afternoon", "this evening", "earlier today"):
        return one_day(today)
    if words in ("last night", "yesterday morning", "yesterday afternoon", "yesterday evening"):
        return one_day(today - timedelta(days=1))
    if words in ("tomorrow morning", "tomorrow afternoon", "tmrw", "tmr", "tmw"):
        return one_day(today + timedelta(days=1))
    if words in ("the day before yesterday", "day before yesterday"):
        return one_day(today - timedelta(days=2))
    if words in ("lately", "recently", "recent", "of late", "these days"):
        return once(today - timedelta(days=RECENT_DAYS), today)
    if words in ("weekend", "the weekend", "this weekend", "next weekend", "last weekend"):
        return weekend(words, today)
    return None


def _ends_of(said: str, today: date) -> Days | None:
    """`end of month`, `eow`, `quarter end`, `end of next week`: a day; `early next week`, `mid december`: all of it."""
    short = SHORT_ENDS.get(said.removeprefix("the "))
    found = re.fullmatch(rf"{EDGE} (?P<rest>.+)", said)
    rest, edge = (short, "end") if short else (found["rest"], found["edge"]) if found else (None, None)
    if rest is None:
        return None
    plain = rest.removeprefix("the ").removesuffix("s")
    whole = alike(unit_around(today, Unit(plain))) if plain in UNIT_NAMES else days_of(rest, today)
    if whole is None or whole.is_day:
        return None
    if edge in ("first half", "second half"):
        return Days(_half(whole.past, edge), _half(whole.coming, edge))
    if edge == "end":
        return Days(_end(whole.past), _end(whole.coming), is_day=True)
    return Days(_start(whole.past), _start(whole.coming), is_day=True) if edge in ("beginning", "start") else whole


def _half(span: Span, which: str) -> Span:
    """Return the first or second half; of a month its first 15 days or the rest."""
    days = (span.last - span.first).days
    middle = span.first + timedelta(days=14 if days <= 30 else days // 2)
    return Span(span.first, middle) if which == "first half" else Span(middle + timedelta(days=1), span.last)


def _end(span: Span) -> Span:
    """Return the last day; of a week its Friday."""
    last = span.last - timedelta(days=2) if (span.last - span.first).days == 6 else span.last
    return Span(last, last)


def _start(span: Span) -> Span:
    return Span(span.first, span.first)


def _in_year(said: str, today: date) -> Days | None:
    """`q1 next year`, `march of last year`: those of that year."""
    found = re.fullmatch(r"(?P<rest>.+?)(?: of)? (?P<which>last|this|next) year", said)
    days = days_of(found["rest"], today) if found else None
    if found is None or days is None or days.again is not Unit.YEAR:
        return None
    year_meant = today.year + {"last": -1, "this": 0, "next": 1}[found["which"]]
    return alike(_moved_years(days.past, year_meant - days.past.first.year))


def _moved_years(span: Span, count: int) -> Span:
    first = moved(span.first, Unit.YEAR, count)
    return Span(first, moved(span.last, Unit.YEAR, count))


def _week_of_month(said: str, today: date) -> Days | None:
    """`first week of november`: its first seven days; `last week of november`: its last seven."""
    found = re.fullmatch(r"(?:the )?(?P<which>first|1st|last|final) week of (?P<rest>.+)", said)
    days = days_of(found["rest"], today) if found else None
    if found is None or days is None or days.again is not Unit.YEAR:
        return None
    is_first = found["which"] in ("first", "1st")
    return Days(_seven(days.past, is_first=is_first), _seven(days.coming, is_first=is_first))


def _seven(span: Span, *, is_first: bool) -> Span:
    six = timedelta(days=6)
    return Span(span.first, span.first + six) if is_first else Span(span.last - six, span.last)


def _feast(said: str, today: date) -> Days | None:
    """`christmas`, `new year`: the days that plans are made around."""
    day = FEASTS.get(said.removeprefix("the ").removesuffix(" day"))
    return latest_and_next(lambda year: Span(date(year, *day), date(year, *day)), today) if day else None


def _week_of(said: str, today: date) -> Days | None:
    found = WEEK_OF.fullmatch(said)
    day = days_of(found["day"], today) if found else None
    if day is None or not day.is_day:
        return None
    return Days(unit_around(day.past.first, Unit.WEEK), unit_around(day.coming.first, Unit.WEEK))


def _same_time(said: str, today: date) -> Days | None:
    """`this time last week`: the day that many days before."""
    found = TIME_OF.fullmatch(said)
    which = re.fullmatch(rf"(?P<which>last|next) (?P<unit>{UNIT})", found["rest"]) if found else None
    if which is not None:
        return one_day(moved(today, unit_named(which["unit"]), -1 if which["which"] == "last" else 1))
    return days_of(found["rest"], today) if found else None


READERS: tuple[Callable[[str, date], Days | None], ...] = (
    _named,
    _same_time,
    several_units,
    one_unit,
    counted_units,
    to_date,
    quarter,
    season,
    _week_of,
    week,
    day_of_month,
    weekday,
    month,
    year,
    days_of_one_month,
    date_said,
    _in_year,
    _week_of_month,
    _feast,
    _ends_of,
)
