"""Days in a text: "since Monday", "from 1 to 15 November", "older than 30 days", "by Friday"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from agendas.errors import NotUnderstood
from agendas.facts.query import Period
from agendas.text.dates import (
    COUNTS,
    DAYS_PER_WEEK,
    MONTHS,
    TODAY_WORDS,
    WEEKDAYS,
    add_months,
    dates_of,
    month_end,
    numbers_only,
    read_date,
)
from agendas.text.limits import shown
from assistant.words import Token, as_typed

# Spans of days, and the units that people count in.

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """Units of time that people count in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
MONTHS_PER_HALF = 6


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Days:
    """Days that words mean.

    Attributes:
        past, coming: as days of what happened, and of what is to come.
        is_day: true for a single day, false for a week, month and so on.
        again: the unit after which such days come again (`friday`, `3 nov`), None for days that come once.
    """

    past: Span
    coming: Span
    is_day: bool = False
    again: Unit | None = None

    def not_before(self, earliest: "Days") -> "Days":
        """Return the days moved ahead until they don't lie before others: `friday` in "from monday to friday"."""
        past, coming = self._ahead(self.past, earliest.past.first), self._ahead(self.coming, earliest.coming.first)
        return replace(self, past=past, coming=coming)

    def _ahead(self, span: Span, earliest: date) -> Span:
        while self.again and span.last < earliest:
            last = moved(span.last, self.again, 1)
            is_month = self.again is Unit.YEAR and span.last == month_end(span.last)
            span = Span(moved(span.first, self.again, 1), month_end(last) if is_month else last)
        return span


def _one_day(on: date) -> Days:
    return Days(Span(on, on), Span(on, on), is_day=True)


def _once(first: date, last: date) -> Days:
    return _alike(Span(first, last))


def _alike(span: Span) -> Days:
    """Return the days of a span, the same for what happened and what is to come."""
    return Days(span, span)


def unit_around(on: date, unit: Unit) -> Span:
    """Return the day, week (from Monday), month, quarter or year that a day is in."""
    if unit is Unit.DAY:
        return Span(on, on)
    if unit is Unit.WEEK:
        monday = on - timedelta(days=on.weekday())
        return Span(monday, monday + timedelta(days=DAYS_PER_WEEK - 1))
    return _months_around(on, MONTHS_IN[unit])


def _months_around(on: date, months: int) -> Span:
    first = on.replace(day=1, month=(on.month - 1) // months * months + 1)
    return Span(first, month_end(add_months(first, months - 1)))


def moved(on: date, unit: Unit, count: int) -> date:
    """Return the date so many units later, or earlier. Raises ValueError or OverflowError beyond the calendar."""
    if unit in MONTHS_IN:
        return add_months(on, count * MONTHS_IN[unit])
    return on + timedelta(days=count * (DAYS_PER_WEEK if unit is Unit.WEEK else 1))


def unit_of(span: Span) -> Unit | None:
    """Return the unit that the days are a whole one of, None for others."""
    return next((unit for unit in Unit if unit_around(span.first, unit) == span), None)


def shifted(period: Period, unit: Unit, count: int) -> Period:
    """Return the period so many units later or earlier: a whole week, month or quarter stays a whole one."""
    first, last = period.first, period.last
    if not (first and last):
        return Period(first and moved(first, unit, count), last and moved(last, unit, count))
    own = unit_of(Span(first, last))
    if own is None:
        return Period(moved(first, unit, count), moved(last, unit, count))
    around = unit_around(moved(first, unit, count), unit)
    return Period(around.first, around.last)


def _unit_named(word: str) -> Unit:
    """Return the unit, of its name, plural or short form; hours are counted in days, fortnights in weeks."""
    starts = {"d": Unit.DAY, "h": Unit.DAY, "w": Unit.WEEK, "f": Unit.WEEK, "m": Unit.MONTH, "q": Unit.QUARTER}
    return starts.get(word[0], Unit.YEAR)


# Days of the calendar: each form reads words that stand together, without `since`, `by` and the like.

FARTHEST_YEARS = 20
"""A year farther from today than this is no year."""

RECENT_DAYS = 14
RECENTLY = frozenset({"lately", "recently", "recent", "of late", "these days"})
DAYS_AHEAD = {
    **dict.fromkeys(("this morning", "this afternoon", "this evening", "earlier today"), 0),
    **dict.fromkeys(("last night", "yesterday morning", "yesterday afternoon", "yesterday evening"), -1),
    **dict.fromkeys(("tomorrow morning", "tomorrow afternoon", "tmrw", "tmr", "tmw"), 1),
    **dict.fromkeys(("the day before yesterday", "day before yesterday"), -2),
}

WHICH = r"(?P<which>this|last|past|next|coming)"
NTHS = ("first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
FEASTS = {"christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "new years": (1, 1), "new years eve": (12, 31)}
MONTH = re.compile(rf"(?:{WHICH} )?(?P<month>[a-z]+)(?: (?P<year>20\d\d))?")
QUARTER = re.compile(r"(?:(?:this|last|next) )?(?P<kind>q(?=[1-4])|h(?=[12]))(?P<nth>\d)(?: (?P<year>\d{4}|\d{2}))?")
WRITTEN_QUARTER = re.compile(rf"the ({'|'.join(NTHS)}) quarter")
SEASON = re.compile(rf"(?:the |{WHICH} )?(?P<season>{'|'.join(SEASONS)})(?: (?P<year>20\d\d))?")
WEEK = re.compile(r"(?:week|wk|calendar week|w|cw|kw) ?(\d{1,2})")
DAY_OF_MONTH = re.compile(r"the (\d{1,2})(?:st|nd|rd|th)(?: of (?:this|the) month)?")
WEEKDAY = re.compile(rf"(?:{WHICH} )?(?P<name>[a-z]+?)s?(?: (?:morning|afternoon|evening|night))?")
NTH = r"(?:the )?(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
DAY_TO_DAY = re.compile(
    rf"{NTH.format('one')} ?(?:-|\u2013| to | and | until | till ){NTH.format('two')}"
    r"(?: of)? (?P<month>[a-z]+)(?: (?P<year>20\d\d))?"
)


def days_of(said: str, today: date) -> Days | None:
    """Return the days that words (normal forms, single spaces) mean, None where they are no form of days.

    Raises:
        ValueError: where the form is right but the calendar has no such day.
        AmbiguousDate: where they may be two dates (`12/4`).
        NotUnderstood: where it is too far away.
    """
    return next((found for read in READERS if (found := read(said, today))), None)


def _in_a_year(find: Callable[[int], Span | None], today: date, year: str | None = None) -> Days | None:
    """Return days that come once a year: the latest that have begun, and the first that have not ended.

    `find` gives the days in one year, None where it has none; of the year said there is one alone.
    """
    if year:
        span = find(int(year) if len(year) > 2 else 2000 + int(year))
        return _alike(span) if span else None
    found = [span for each in range(today.year - 1, today.year + 2) if (span := find(each))]
    past = [span for span in found if span.first <= today]
    coming = [span for span in found if span.last >= today]
    return Days(past[-1], coming[0], again=Unit.YEAR) if past and coming else None


def _named(said: str, today: date) -> Days | None:
    """Read `today`, `last night`, `lately` and the like."""
    if said in RECENTLY:
        return _once(today - timedelta(days=RECENT_DAYS), today)
    words = said.removesuffix("s") if said in ("todays", "yesterdays", "tomorrows") else said
    ahead = 0 if words in TODAY_WORDS else DAYS_AHEAD.get(words)
    return None if ahead is None else _one_day(today + timedelta(days=ahead))


def _weekend(said: str, today: date) -> Days | None:
    if said not in ("weekend", "the weekend", "this weekend", "next weekend", "last weekend"):
        return None
    saturday = today + timedelta(days=5 - today.weekday())
    last, this, coming = (Span(saturday + each, saturday + each + ONE_DAY) for each in map(timedelta, (-7, 0, 7)))
    if said.startswith(("last", "next")):
        return _alike(last if said.startswith("last") else coming)
    return Days(this if this.first <= today else last, this)


def _month(said: str, today: date) -> Days | None:
    """Read `october`, `last march`, `october 2025`."""
    found = MONTH.fullmatch(said)
    number = MONTHS.get(found["month"]) if found else None
    if found is None or number is None:
        return None

    def month_in(year: int) -> Span:
        return unit_around(date(year, number, 1), Unit.MONTH)

    days = _in_a_year(month_in, today, found["year"])
    if days is None or found["year"] or not found["which"]:
        return days
    if found["which"] in ("last", "past"):
        return _alike(days.past if days.past.last < today else month_in(days.past.first.year - 1))
    return _alike(days.coming)


def _quarter(said: str, today: date) -> Days | None:
    """Read `q4`, `q1 2027`, `h2`, `the third quarter`."""
    written = WRITTEN_QUARTER.fullmatch(said)
    found = QUARTER.fullmatch(f"q{NTHS.index(written[1]) % 4 + 1}" if written else said)
    if found is None or (found["kind"] == "h" and (said[0] != "h" or len(found["year"] or "2026") < 4)):
        return None
    months = MONTHS_IN[Unit.QUARTER] if found["kind"] == "q" else MONTHS_PER_HALF
    first_month = (int(found["nth"]) - 1) * months + 1
    return _in_a_year(lambda year: _months_around(date(year, first_month, 1), months), today, found["year"])


def _season(said: str, today: date) -> Days | None:
    """Read `summer`, `last winter`: three months from March, June, September or December on."""
    found = SEASON.fullmatch(said)
    if found is None:
        return None

    def season_in(year: int) -> Span:
        first = date(year, SEASONS[found["season"]], 1)
        return Span(first, month_end(add_months(first, 2)))

    days = _in_a_year(season_in, today, found["year"])
    if days is None or found["which"] in (None, "this"):
        return days
    return _alike(days.past if found["which"] in ("last", "past") else days.coming)


def _year(said: str, today: date) -> Days | None:
    year = int(said) if re.fullmatch(r"20\d\d", said) else 0
    return _once(date(year, 1, 1), date(year, 12, 31)) if abs(year - today.year) <= FARTHEST_YEARS else None


def _week(said: str, today: date) -> Days | None:
    """Read `week 49` and `kw 49`, as ISO 8601 numbers weeks."""
    numbered = WEEK.fullmatch(said)
    if numbered is None:
        return None

    def week_in(year: int) -> Span | None:
        try:
            return unit_around(date.fromisocalendar(year, int(numbered[1]), 1), Unit.WEEK)
        except ValueError:
            return None

    return _in_a_year(week_in, today)


def _day_of_month(said: str, today: date) -> Days | None:
    """Read `the 15th`: the latest such day, and the next."""
    found = DAY_OF_MONTH.fullmatch(said)
    if found is None:
        return None
    firsts = [add_months(today.replace(day=1), ahead) for ahead in range(-2, 4)]
    days = [first.replace(day=int(found[1])) for first in firsts if 1 <= int(found[1]) <= month_end(first).day]
    past, coming = [on for on in days if on <= today], [on for on in days if on >= today]
    if not past or not coming:
        raise ValueError
    return Days(Span(past[-1], past[-1]), Span(coming[0], coming[0]), is_day=True, again=Unit.MONTH)


def _weekday(said: str, today: date) -> Days | None:
    """Read `friday`, `last tue`, `monday morning`; alone it is the last one before today, or the next after it."""
    found = WEEKDAY.fullmatch(said)
    name = next((each for each in (found["name"], f"{found['name']}s") if each in WEEKDAYS), "") if found else ""
    if found is None or not name:
        return None
    which = found["which"]
    if which == "this":
        on, of_week = dates_of(f"this {name}", today)[0], today + timedelta(days=WEEKDAYS[name] - today.weekday())
        return Days(Span(min(of_week, on), min(of_week, on)), Span(on, on), is_day=True)
    if which in ("next", "last"):
        return _one_day(dates_of(f"{which} {name}", today)[0])
    past, coming = dates_of(f"last {name}", today)[0], dates_of(name, today)[0]
    if which:
        return _one_day(past if which == "past" else coming)
    return Days(Span(past, past), Span(coming, coming), is_day=True, again=Unit.WEEK)


def _date(said: str, today: date) -> Days | None:
    """Read every form of a single date that commands take; without a year the past one is not after today."""
    said = said.removeprefix("the ")
    if not dates_of(said, today):
        return None
    on = read_date(said, today)
    if readings := numbers_only(said):
        is_yearless = readings[0][0] is None
    else:
        has_month = any(word in MONTHS for word in re.findall("[a-z]+", said))
        is_yearless = has_month and not re.search(r"\d{4}|'\d\d", said)
    if on <= today or not is_yearless:
        return _one_day(on)
    past = add_months(on, -12)
    return Days(Span(past, past), Span(on, on), is_day=True, again=Unit.YEAR)


def _days_of_one_month(said: str, today: date) -> Days | None:
    """Read `16-20 nov`, `1 to 15 november`."""
    found = DAY_TO_DAY.fullmatch(said)
    number = MONTHS.get(found["month"]) if found else None
    if found is None or number is None:
        return None
    one, two = int(found["one"]), int(found["two"])
    return _in_a_year(lambda year: Span(date(year, number, one), date(year, number, two)), today, found["year"])


def _feast(said: str, today: date) -> Days | None:
    day = FEASTS.get(said.removeprefix("the ").removesuffix(" day"))
    return _in_a_year(lambda year: Span(date(year, *day), date(year, *day)), today) if day else None


# Days counted in units: `this week`, `the last 30 days`, `3 weeks ago`, `quarter to date`.

HOURS_PER_DAY = 24
NUMBERS = COUNTS | {"couple of": 2, "a couple of": 2, "couple": 2, "few": 3, "a few": 3}
NUMBER = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,4}})"
UNIT = r"(?:hours?|hrs?|days?|weeks?|wks?|fortnights?|months?|quarters?|qtrs?|years?|yrs?)"
COUNTED = rf"(?P<count>{NUMBER})(?: |(?<=\d))(?P<unit>{UNIT}|d|w)"
BACK = ("last", "past", "previous", "prior")
AHEAD = ("next", "coming", "following", "upcoming")
ONE_UNIT = re.compile(
    rf"(?P<the>the )?(?P<which>this|current|{'|'.join((*BACK, *AHEAD))}|this past)(?P<full> full| whole)?"
    rf" (?P<unit>{UNIT})"
)
BEFORE_LAST = re.compile(rf"the (?P<unit>{UNIT}) (?P<which>before last|after next)")
SEVERAL = re.compile(
    r"(?:(?:the |these |in )(?:last|past|recent)|past|recent|(?:the |these |in )?(?P<ahead>coming|upcoming))"
    r" (?P<unit>days|weeks|months)"
)
SEVERAL_UNITS = {Unit.DAY: 7, Unit.WEEK: 3, Unit.MONTH: 3}
"""Units meant by "the past weeks" without a number. Our own default."""

LAST_COUNTED = re.compile(rf"(?:the |these |in )?(?:{'|'.join(BACK)}) {COUNTED}")
NEXT_COUNTED = re.compile(rf"(?:the |in )?(?:{'|'.join(AHEAD)}) {COUNTED}")
AGO = re.compile(rf"{COUNTED} (?:ago|back|earlier)")
IN_A_WHILE = re.compile(rf"in (?:about )?{COUNTED}(?: time)?")
FROM_NOW = re.compile(rf"{COUNTED} from (?:now|today)")
WHOLE = "year|quarter|month|week"
TO_DATE = re.compile(
    rf"(?P<unit>{WHOLE}) to date|(?P<short>[yqmw])td|(?:the )?(?P<rest>rest|remainder) of (?:the|this) (?P<of>{WHOLE})"
)
UNIT_NAMES = frozenset(each.value for each in Unit)


def _counted(found: re.Match[str]) -> tuple[Unit, int]:
    """Return the unit and number of "3 weeks"; fortnights are two weeks each."""
    count, unit = found["count"], found["unit"]
    number = NUMBERS.get(count) or int(count)
    if unit.startswith("h"):
        return Unit.DAY, number // HOURS_PER_DAY
    return _unit_named(unit), 2 * number if unit.startswith("fortnight") else number


def _one_unit(said: str, today: date) -> Days | None:
    """Read `this week`, `last month`, `next quarter`: of the calendar, but `the last week`, `past week` end today."""
    if found := BEFORE_LAST.fullmatch(said):
        unit, count = _unit_named(found["unit"]), -2 if found["which"] == "before last" else 2
        return _alike(unit_around(moved(unit_around(today, unit).first, unit, count), unit))
    found = ONE_UNIT.fullmatch(said)
    if found is None:
        return None
    unit, which = _unit_named(found["unit"]), found["which"]
    is_until_today = which == "last" and found["the"] and unit is not Unit.QUARTER and not found["full"]
    if which in ("past", "this past") or is_until_today:
        return _once(moved(today, unit, -2 if found["unit"].startswith("fortnight") else -1), today)
    count = -1 if which in BACK else 1 if which in AHEAD else 0
    return _alike(unit_around(moved(unit_around(today, unit).first, unit, count), unit))


def _counted_units(said: str, today: date) -> Days | None:
    """Read `last 30 days`, `next 2 weeks`, `3 weeks ago`, `the past weeks`.

    `in 3 weeks` is that day, or the days since so long ago.
    """
    if found := SEVERAL.fullmatch(said):
        unit = _unit_named(found["unit"])
        count = SEVERAL_UNITS[unit]
        return _once(today, moved(today, unit, count)) if found["ahead"] else _once(moved(today, unit, -count), today)
    if found := LAST_COUNTED.fullmatch(said):
        unit, count = _counted(found)
        return _once(moved(today, unit, -count), today)
    if found := NEXT_COUNTED.fullmatch(said):
        return _once(today, moved(today, *_counted(found)))
    if found := AGO.fullmatch(said):
        unit, count = _counted(found)
        return _one_day(moved(today, unit, -count))
    if found := IN_A_WHILE.fullmatch(said) or FROM_NOW.fullmatch(said):
        unit, count = _counted(found)
        ahead = moved(today, unit, count)
        return Days(Span(moved(today, unit, -count), today), Span(ahead, ahead))
    return None


def _to_date(said: str, today: date) -> Days | None:
    """Read `quarter to date`, `ytd`, `the rest of the month`."""
    found = TO_DATE.fullmatch(said)
    if found is None:
        return None
    around = unit_around(today, _unit_named(found["unit"] or found["short"] or found["of"]))
    return _once(today, around.last) if found["rest"] else _once(around.first, today)


# Days told by others: `end of next week`, `q1 next year`, `the week of 9 nov`.

EDGE = re.compile(
    r"(?:(?:the )?(?P<edge>end|beginning|start|middle|first half|second half)(?: of)?"
    r"|(?:early|late|mid|later|earlier)) (?P<rest>.+)"
)
SHORT_ENDS = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
SHORT_ENDS |= {f"{unit} end": unit for unit in SHORT_ENDS.values()}
WEEK_OF = re.compile(r"(?:the )?week (?:of|starting|commencing|beginning)(?: the)? (?P<day>.+)")
TIME_OF = re.compile(rf"(?:this|the same) time (?P<rest>(?:(?P<which>last|next) (?P<unit>{UNIT}))|.+)")
IN_YEAR = re.compile(r"(?P<rest>.+?)(?: of)? (?P<which>last|this|next) year")
WEEK_OF_MONTH = re.compile(r"(?:the )?(?P<which>first|1st|last|final) week of (?P<rest>.+)")


def _ends_of(said: str, today: date) -> Days | None:
    """Read `end of month`, `eow`, `quarter end`: a day; `early next week`, `mid december`: all of it."""
    short, found = SHORT_ENDS.get(said.removeprefix("the ")), EDGE.fullmatch(said)
    rest, edge = (short, "end") if short else (found["rest"], found["edge"]) if found else ("", "")
    plain = rest.removeprefix("the ").removesuffix("s")
    whole = _alike(unit_around(today, Unit(plain))) if plain in UNIT_NAMES else days_of(rest, today) if rest else None
    if whole is None or whole.is_day:
        return None
    if edge in ("first half", "second half"):
        return Days(_half(whole.past, edge), _half(whole.coming, edge))
    if edge == "end":
        return Days(_end(whole.past), _end(whole.coming), is_day=True)
    if edge in ("beginning", "start"):
        past, coming = whole.past.first, whole.coming.first
        return Days(Span(past, past), Span(coming, coming), is_day=True)
    return whole


def _half(span: Span, which: str) -> Span:
    """Return the first or second half; of a month its first 15 days or the rest."""
    days = (span.last - span.first).days
    middle = span.first + timedelta(days=14 if days <= 30 else days // 2)
    return Span(span.first, middle) if which == "first half" else Span(middle + ONE_DAY, span.last)


def _end(span: Span) -> Span:
    """Return the last day; of a week its Friday."""
    last = span.last - 2 * ONE_DAY if (span.last - span.first).days == DAYS_PER_WEEK - 1 else span.last
    return Span(last, last)


def _in_year(said: str, today: date) -> Days | None:
    """Read `q1 next year`, `march of last year`."""
    found = IN_YEAR.fullmatch(said)
    days = days_of(found["rest"], today) if found else None
    if found is None or days is None or days.again is not Unit.YEAR:
        return None
    count = today.year + {"last": -1, "this": 0, "next": 1}[found["which"]] - days.past.first.year
    return _once(moved(days.past.first, Unit.YEAR, count), moved(days.past.last, Unit.YEAR, count))


def _week_of_month(said: str, today: date) -> Days | None:
    """Read `first week of november`: its first seven days; `last week of november`: its last seven."""
    found = WEEK_OF_MONTH.fullmatch(said)
    days = days_of(found["rest"], today) if found else None
    if found is None or days is None or days.again is not Unit.YEAR:
        return None

    def seven(span: Span) -> Span:
        six = timedelta(days=DAYS_PER_WEEK - 1)
        is_first = found["which"] in ("first", "1st")
        return Span(span.first, span.first + six) if is_first else Span(span.last - six, span.last)

    return Days(seven(days.past), seven(days.coming))


def _week_of(said: str, today: date) -> Days | None:
    found = WEEK_OF.fullmatch(said)
    day = days_of(found["day"], today) if found else None
    if day is None or not day.is_day:
        return None
    return Days(unit_around(day.past.first, Unit.WEEK), unit_around(day.coming.first, Unit.WEEK))


def _same_time(said: str, today: date) -> Days | None:
    """Read `this time last week`: the day that many days before."""
    found = TIME_OF.fullmatch(said)
    if found is not None and found["which"]:
        return _one_day(moved(today, _unit_named(found["unit"]), -1 if found["which"] == "last" else 1))
    return days_of(found["rest"], today) if found else None


READERS: tuple[Callable[[str, date], Days | None], ...] = (
    *(_named, _weekend, _same_time, _counted_units, _one_unit, _to_date, _quarter, _season, _week_of, _week),
    *(_day_of_month, _weekday, _month, _year, _days_of_one_month, _date, _in_year, _week_of_month, _feast, _ends_of),
)


# Words of days as they are spelled, and which words days can begin with: no other token is looked at for them.

SHORTEST_SLIP = 6
"""Letters of a word below which it is taken as it stands: `march` and `match` are both words."""

TWO_SLIPS = 8
"""Letters of a word from which two slips are forgiven."""

DAY_WORDS = {*MONTHS, *WEEKDAYS, "tomorrow", "yesterday", "quarter", "recently", "weekend", "fortnight"}
DAY_WORDS = {each for each in DAY_WORDS if len(each) >= SHORTEST_SLIP}
OTHER_WORDS = frozenset({"quarters", "weekends", "monthly", "mondays", "fridays", "sundays", "decembers", "recent"})
"""Words that are near to one of days and are none of its slips."""

SHORT = {"2day": "today", "2moro": "tomorrow", "2morrow": "tomorrow", "tmro": "tomorrow", "yday": "yesterday"}


@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    """Return the word, or the word of days that it is a slip of: `tommorow` is `tomorrow`."""
    if word in SHORT:
        return SHORT[word]
    if len(word) < SHORTEST_SLIP or word in OTHER_WORDS or word in DAY_WORDS or not word.isalpha():
        return word
    slips = 2 if len(word) >= TWO_SLIPS else 1
    near = [each for each in DAY_WORDS if each[0] == word[0] and OSA.distance(word, each, score_cutoff=slips) <= slips]
    return near[0] if len(near) == 1 else word


_STARTING = (
    "the this these last past previous prior next coming following upcoming current same day days week weeks "
    "month months quarter quarters year years hour hours weekend end beginning start starting middle first 1st "
    "final second early late later earlier mid today todays tomorrow tomorrows tmrw tmr tmw yesterday yesterdays "
    "eow eom eoq eoy lately recently recent of wk calendar rest remainder christmas xmas new more older longer "
    "greater over above beyond at > < upwards less fewer newer younger sooner under below within inside for in on "
    "by since from after before until till til through up upto no not prior ahead as between during throughout "
    "and or spring summer autumn winter"
)
STARTING = frozenset({*_STARTING.split(), *MONTHS, *WEEKDAYS, *(each.split()[0] for each in (*TODAY_WORDS, *NUMBERS))})
NUMBERED = ("q", "h", "w", "wk", "cw", "kw")
"""Beginnings of quarters, halves and weeks by number."""


def _may_begin_days(word: str) -> bool:
    if not word:
        return False
    is_numbered = word.rstrip("0123456789") in NUMBERED or word in ("ytd", "qtd", "mtd", "wtd")
    return word[0].isdigit() or is_numbered or word in STARTING or word.removesuffix("s") in STARTING


# Where words that have other meanings too are days: `may`, `march`, `sun`, `4/12`, `the 1st`.

SHORTEST_MONTH = 5
"""Letters from which the name of a month needs no word before it; `march` and `april` may be names as well."""

NAMES_TOO = frozenset({"may", "march", "mar", "april", "june", "august", "jan", "jun"})
CERTAIN_LEADS = frozenset({"in", "since", "until", "till", "til", "before", "after", "during", "through", "between"})
"""Words after which the name of a month is one, whoever has that name."""

DATE_LEADS = CERTAIN_LEADS | {"by", "from", "on", "starting", "as of", "up to", "no later than", "within", "throughout"}
CLOSING = frozenset({"due", "close", "closes", "closing", "closed", "end", "ends", "done", "delivered", "happening"})
"""Words after which `by` is said of a day."""

BEFORE_FIGURES = frozenset({"tier", "tiers", "t", "top", "stage", "usd", "eur", "gbp", "chf", "version", "number"})
AFTER_FIGURES = frozenset({"million", "mio", "m", "k", "percent", "x", "am", "pm", "roles", "accounts"})
FIGURES = re.compile(r"\d{1,2}[./]\d{1,2}")
DAY_NUMBER = re.compile(r"the \d{1,2}(?:st|nd|rd|th)|20\d\d")


def _may_be_days(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], lead: str) -> bool:
    """Return true if the tokens of the span may be days after the word `lead`, '' for none."""
    begin, end = span
    said = " ".join(words[begin:end])
    before = words[begin - 1] if begin and not lead else ""
    after = words[end] if end < len(words) else ""
    is_alone = begin == 0 and end == len(words)
    if any(each.quote or each.user_id or each.link for each in tokens[begin:end]):
        return False
    if said in MONTHS and said in NAMES_TOO:
        is_by = lead == "by" and (begin == 1 or words[begin - 2] in CLOSING)
        return lead in CERTAIN_LEADS or is_by
    if said in MONTHS:
        is_long = len(said) >= SHORTEST_MONTH or said in ("dec", "oct", "nov", "sept")
        return is_long or is_alone or lead in DATE_LEADS
    if said in SEASONS:
        return bool(lead) or is_alone
    if said in WEEKDAYS:
        return len(said) > len("thurs") or bool(lead) or is_alone or before in CLOSING
    if FIGURES.fullmatch(said):
        is_figure = before in BEFORE_FIGURES or after in AFTER_FIGURES or said == "24/7"
        return not is_figure and (bool(lead) or is_alone or "/" in said or tokens[end - 1].mark == ".")
    if DAY_NUMBER.fullmatch(said):
        return lead in DATE_LEADS
    return said != "recent" or (before not in ("most", "more") and after not in ("review", "reviews", "meeting", "one"))


# Days in a text, with the words before them that bound them.

MOST_WORDS = 10
"""Words of the longest form of days with what bounds it: `no later than the end of the week after next`."""


@dataclass(frozen=True, slots=True)
class When:
    """Days that a text tells, and the tokens from `start` up to `end` that tell them.

    Attributes:
        past, coming: the days as those of what happened, and of what is to come; None where they can't be told.
        is_age: true for "older than 30 days", "for three weeks", "more than a month ago": `past.last` is the day that
            many days ago, with nothing since where it is said of what did not happen.
        is_since_review: true for "since the last review" of each account.
        step: the unit and number by which the days said before are moved: "the week before" is (`Unit.WEEK`, -1).
        problem: a sentence for days that are said but can't be read, '' for none.
    """

    start: int
    end: int
    past: Period | None = None
    coming: Period | None = None
    is_age: bool = False
    is_since_review: bool = False
    step: tuple[Unit, int] | None = None
    problem: str = ""


SINCE = frozenset({"on or after", "since", "from", "after", "starting", "as of"})
UNTIL = frozenset({"by", "until", "till", "til", "through", "up to", "upto"})
UNTIL |= {"no later than", "not later than", "at the latest by", "on or before", "at or before"}
BEFORE = frozenset({"before", "prior to", "earlier than", "ahead of"})
WITHIN = frozenset({"on", "in", "during", "over", "for", "within", "throughout", "of"})
LEADS = sorted(SINCE | UNTIL | BEFORE | WITHIN | {"between"}, key=lambda lead: -lead.count(" "))
"""The words before days, the longest first."""

ONWARDS = ("on", "onward", "onwards", "forward")
RANGE_LEADS = ("", "from", "between", "during", "for", "in")
TO = ("to", "and", "until", "till", "til", "through", "thru")
SINCE_REVIEW = re.compile(
    r"since (?:(?:(?:the|our|my|its|their) )?(?:last|previous|latest|most recent) (?:account )?"
    r"(?:reviews?|meetings?|sessions?)|we last met|(?:the|our) review)"
)
OLDER = r"(?:for |in )?(?:(?:more|older|longer|greater|later) than|over|above|beyond|at least|>|upwards of)"
YOUNGER = r"(?:(?:in )?(?:less|fewer|newer|younger|sooner) than|under|below|<|within|inside)"
AGE = re.compile(
    rf"(?:{OLDER}|for(?: about| almost| nearly| some)?) {COUNTED}"
    r"(?: (?:ago|old|now|(?P<ahead>from now|from today|away|ahead)))?"
)
OLD = re.compile(rf"{COUNTED} (?:or more|old|or older|plus)")
FRESH = re.compile(rf"{YOUNGER}(?: the next| next| the)? {COUNTED}(?: (?:ago|old))?")
STEP = re.compile(
    rf"the (?:(?P<way>previous|following) (?P<one>{WHOLE}|day)|(?P<unit>{WHOLE}|day) (?P<after>before|after))"
)


def read_periods(tokens: Sequence[Token], today: date) -> tuple[When, ...]:
    """Return the days that a text tells, in its order; today is the asker's local date."""
    words = [each.word if each.quote or each.user_id else _spelled(each.word) for each in tokens]
    found: list[When] = []
    position = 0
    while position < len(words):
        if words[position : position + 3] == ["as", "of", "today"]:
            # what is so now, and no day
            position += 3
            continue
        when = _when_at(tokens, words, position, today) if _may_begin_days(words[position]) else None
        when = when or _own_days(tokens, words, position, today)
        position = when.end if when else position + 1
        found += [when] if when else []
    exact = [each for each in found if SEASONS.keys().isdisjoint(words[each.start : each.end])]
    return tuple(_joined(exact or found, words))


def _when_at(tokens: Sequence[Token], words: Sequence[str], start: int, today: date) -> When | None:
    """Return the longest days that begin at a token."""
    for end in range(min(len(words), start + MOST_WORDS), start, -1):
        if len({*words[start:end]}) * 2 < end - start:
            continue  # no form of days says its words so often: "3 3 3 3 3"
        said = " ".join(words[start:end])
        try:
            found = _special(said, start, end, today) or _with_lead(tokens, words, (start, end), today)
        except NotUnderstood as problem:
            return When(start, end, problem=str(problem))
        except (ValueError, OverflowError):
            return When(start, end, problem=f"{shown(as_typed(tokens[start:end]))} is not in the calendar.")
        if found is not None:
            return found
    return None


def _own_days(tokens: Sequence[Token], words: Sequence[str], start: int, today: date) -> When | None:
    """Return the days of "my week" and "Nora's day", and of "how does the week look"."""
    is_led = words[start] in ("my", "our", "the") and start + 1 < len(words)
    unit, end = words[start + is_led], start + 1 + is_led
    if unit not in UNIT_NAMES or not (is_led or (start and tokens[start - 1].is_possessive)):
        return None
    if words[start] == "the" and not "".join(words[end : end + 1]).startswith("look"):
        return None
    return _bounded(_alike(unit_around(today, Unit(unit))), "", start, end)


def _special(said: str, start: int, end: int, today: date) -> When | None:
    """Return what stands on its own: ages, the last review, and steps from the days said before."""
    if SINCE_REVIEW.fullmatch(said):
        return When(start, end, is_since_review=True)
    if step := STEP.fullmatch(said):
        is_back = (step["way"] or step["after"]) in ("previous", "before")
        return When(start, end, step=(_unit_named(step["one"] or step["unit"]), -1 if is_back else 1))
    if found := AGE.fullmatch(said) or OLD.fullmatch(said):
        unit, count = _counted(found)
        period = Period(None, moved(today, unit, -count))
        is_ahead = said.startswith("in ") or bool(found.groupdict().get("ahead"))
        coming = Period(moved(today, unit, count) + ONE_DAY) if is_ahead else period
        return When(start, end, period, coming, is_age=True)
    if found := FRESH.fullmatch(said):
        unit, count = _counted(found)
        return When(start, end, Period(moved(today, unit, -count)), Period(today, moved(today, unit, count)))
    return None


def _with_lead(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], today: date) -> When | None:
    """Return days with the word before them that says from or up to when, if there is one."""
    start, end = span
    said = " ".join(words[start:end])
    lead = next((each for each in LEADS if said.startswith(f"{each} ")), "")
    for each in dict.fromkeys((lead, "")):
        begin = start + len(each.split())
        if begin >= end or not _may_be_days(tokens, words, (begin, end), each):
            continue
        is_onwards = words[end - 1] in ONWARDS and end - 1 > begin and (each in SINCE or words[end - 1] != "on")
        days = days_of(_days_said(each, words[begin : end - is_onwards]), today)
        if days is not None:
            is_end = each in BEFORE and "end" in words[begin : begin + 2]
            is_of_day = each == "from" and words[begin:end] == ["yesterday"]
            bound = "by" if is_end else "" if is_of_day else each
            return _bounded(days, "since" if is_onwards else bound, start, end)
        if each in RANGE_LEADS and (days := _range(tokens, words, (begin, end), today)):
            return _bounded(days, "", start, end)
    return None


def _days_said(lead: str, words: Sequence[str]) -> str:
    """Return the words of days; "for the week" is this week."""
    is_this = lead in WITHIN and lead != "on" and words[0] == "the" and len(words) == 2 and words[1] in UNIT_NAMES
    return " ".join(("this", *words[1:]) if is_this else words)


def _range(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], today: date) -> Days | None:
    """Return the days from one to another: `monday to friday`, `oct-dec`, `1 nov and 15 nov`."""
    begin, end = span
    for middle in range(begin + 1, end):
        is_word = words[middle] in TO
        if not (is_word or tokens[middle].is_glued or tokens[middle - 1].mark == "-"):
            continue
        first = days_of(" ".join(words[begin:middle]), today)
        last = days_of(" ".join(words[middle + is_word : end]), today) if first else None
        if first and last:
            last = last.not_before(first)
            past, coming = Span(first.past.first, last.past.last), Span(first.coming.first, last.coming.last)
            return replace(first, past=past, coming=coming, is_day=False)
    return None


def _bounded(days: Days, lead: str, start: int, end: int) -> When:
    """Return the days as the word before them bounds them: `since` from their first, `by` up to their last."""
    past, coming = days.past, days.coming
    if lead in ("since", "starting", "as of", "on or after") or (lead == "from" and days.is_day):
        return When(start, end, Period(past.first), Period(coming.first if lead == "from" else past.first))
    if lead == "after":
        return When(start, end, Period(past.last + ONE_DAY), Period(coming.last + ONE_DAY))
    if lead in UNTIL:
        return When(start, end, Period(None, past.last), Period(None, coming.last))
    if lead in BEFORE:
        return When(start, end, Period(None, past.first - ONE_DAY), Period(None, coming.first - ONE_DAY))
    return When(start, end, Period(past.first, past.last), Period(coming.first, coming.last))


def _joined(found: Sequence[When], words: Sequence[str]) -> list[When]:
    """Return the days with those that touch made one: "this week and next week", "today or tomorrow"."""
    joined: list[When] = []
    for when in found:
        last = joined[-1] if joined else None
        if last and words[last.end : when.start] in (["and"], ["or"], ["plus"]) and _touch(last.coming, when.coming):
            past, coming = _both(last.past, when.past), _both(last.coming, when.coming)
            joined[-1] = replace(last, end=when.end, past=past, coming=coming)
        else:
            joined.append(when)
    return joined


def _touch(one: Period | None, other: Period | None) -> bool:
    """Return true if the second days begin the day after the first end."""
    return bool(one and other and one.first and one.last and other.first == one.last + ONE_DAY)


def _both(one: Period | None, other: Period | None) -> Period | None:
    return Period(one.first, other.last) if one and other else None
