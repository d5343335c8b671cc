"""Days in a text: "since Monday", "from 1 to 15 November", "older than 30 days", "by Friday"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

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
from assistant.words import WORD_LISTS, Token, as_typed

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


class Span(NamedTuple):
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


def _day(past: date, coming: date | None = None, again: Unit | None = None) -> Days:
    """Return a single day, the same for what happened and what is to come unless the latter is another one."""
    return Days(Span(past, past), Span(coming or past, coming or past), is_day=True, again=again)


def _once(first: date, last: date) -> Days:
    """Return days that come once, the same for what happened and what is to come."""
    return Days(Span(first, last), Span(first, last))


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
    if first and last and unit_of(Span(first, last)):
        return Period(*unit_around(moved(first, unit, count), unit))
    return Period(first and moved(first, unit, count), last and moved(last, unit, count))


def _unit_named(word: str) -> Unit:
    """Return the unit, of its name, plural or short form; hours are counted in days, fortnights in weeks."""
    starts = {"d": Unit.DAY, "h": Unit.DAY, "w": Unit.WEEK, "f": Unit.WEEK, "m": Unit.MONTH, "q": Unit.QUARTER}
    return starts.get(word[0], Unit.YEAR)


# Forms of days, each read from words that stand together, without `since`, `by` and the like.

Reader = Callable[[re.Match[str], date], Days | None]
FORMS: list[tuple[re.Pattern[str], Reader]] = []
"""The patterns of whole texts, and what reads the days of each; the first that gives days wins."""


def _form(pattern: str) -> Callable[[Reader], Reader]:
    def add(read: Reader) -> Reader:
        FORMS.append((re.compile(pattern), read))
        return read

    return add


def days_of(said: str, today: date) -> Days | None:
    """Return the days that words (normal forms, single spaces) mean, None where they are no form of days.

    Raises:
        ValueError: where the form is right but the calendar has no such day.
        AmbiguousDate: where they may be two dates (`12/4`).
        NotUnderstood: where it is too far away.
    """
    tried = (read(found, today) for pattern, read in FORMS if (found := pattern.fullmatch(said)))
    return next(filter(None, tried), None)


def _any(words: Sequence[str]) -> str:
    """Return a pattern of any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


FARTHEST_YEARS = 20
"""A year farther from today than this is no year."""

RECENT_DAYS = 14
DAYS_AHEAD = {
    **dict.fromkeys((*TODAY_WORDS, "todays", "this morning", "this afternoon", "this evening", "earlier today"), 0),
    **dict.fromkeys(("last night", "yesterday morning", "yesterday afternoon", "yesterday evening"), -1),
    **dict.fromkeys(("tomorrow morning", "tomorrow afternoon", "tmrw", "tmr", "tmw"), 1),
    **dict.fromkeys(("the day before yesterday", "day before yesterday"), -2),
}
NUMBERS = COUNTS | {"couple of": 2, "a couple of": 2, "couple": 2, "few": 3, "a few": 3}
UNIT = r"(?:hours?|hrs?|days?|weeks?|wks?|fortnights?|months?|quarters?|qtrs?|years?|yrs?)"
COUNTED = rf"(?P<count>{_any([*NUMBERS])}|\d{{1,4}})(?: |(?<=\d))(?P<unit>{UNIT}|d|w)"
BACK, AHEAD = "last|past|previous|prior", "next|coming|following|upcoming"
WHOLE = "year|quarter|month|week"
WHICH = "(?P<which>this|last|past|next|coming)"
YEAR = r"(?P<year>20\d\d)"
MONTH = rf"(?P<month>{_any([*MONTHS])})"
UNIT_NAMES = frozenset(each.value for each in Unit)
HOURS_PER_DAY = 24
SEVERAL_UNITS = {Unit.DAY: 7, Unit.WEEK: 3, Unit.MONTH: 3}
"""Units meant by "the past weeks" without a number. Our own default."""

NTHS = ("first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
FEASTS = {"christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "new years": (1, 1), "new years eve": (12, 31)}


def _counted(found: re.Match[str]) -> tuple[Unit, int]:
    """Return the unit and number of "3 weeks"; fortnights are two weeks each."""
    unit, number = found["unit"], NUMBERS.get(found["count"]) or int(found["count"])
    if unit.startswith("h"):
        return Unit.DAY, number // HOURS_PER_DAY
    return _unit_named(unit), 2 * number if unit.startswith("fortnight") else number


def _in_a_year(find: Callable[[int], Span | None], today: date, year: str | None = None) -> Days | None:
    """Return days that come once a year: the latest that have begun, and the first that have not ended.

    `find` gives the days in one year, None where it has none; of the year said there is one alone.
    """
    if year:
        span = find(int(year) if len(year) > 2 else 2000 + int(year))
        return _once(*span) if span else None
    found = [span for each in range(today.year - 1, today.year + 2) if (span := find(each))]
    past = [span for span in found if span.first <= today]
    coming = [span for span in found if span.last >= today]
    return Days(past[-1], coming[0], again=Unit.YEAR) if past and coming else None


@_form(_any([*DAYS_AHEAD]))
def _named(found: re.Match[str], today: date) -> Days:
    return _day(today + timedelta(days=DAYS_AHEAD[found[0]]))


@_form("lately|recently|recent|of late|these days")
def _lately(_: re.Match[str], today: date) -> Days:
    return _once(today - timedelta(days=RECENT_DAYS), today)


@_form(
    rf"(?!(?:last|previous|prior|next|following) [a-z]+s$)(?:the |these |in )?(?:(?P<back>{BACK}|recent)|{AHEAD}) "
    rf"(?:{COUNTED}|(?P<several>days|weeks|months))"
)
def _counted_units(found: re.Match[str], today: date) -> Days:
    """Read `last 30 days`, `next 2 weeks`, and `the past weeks` without a number."""
    unit = _unit_named(found["several"] or found["unit"])
    unit, count = (unit, SEVERAL_UNITS[unit]) if found["several"] else _counted(found)
    return _once(moved(today, unit, -count), today) if found["back"] else _once(today, moved(today, unit, count))


@_form(rf"(?=in |.+ from )(?:in (?:about )?)?{COUNTED}(?: time| from (?:now|today))?")
def _in_a_while(found: re.Match[str], today: date) -> Days:
    """Read `in 3 weeks`: that day, or the days since so long ago."""
    unit, count = _counted(found)
    ahead = moved(today, unit, count)
    return Days(Span(moved(today, unit, -count), today), Span(ahead, ahead))


@_form(rf"the (?P<unit>{UNIT}) (?:before last|(?P<ahead>after next))")
def _second_unit(found: re.Match[str], today: date) -> Days:
    return _unit_from(today, _unit_named(found["unit"]), 2 if found["ahead"] else -2)


@_form(
    rf"(?P<the>the )?(?:this|current|(?P<past>(?:this )?past)|(?P<back>{BACK})|(?P<ahead>{AHEAD}))"
    rf"(?P<full> full| whole)? (?P<unit>{UNIT})"
)
def _one_unit(found: re.Match[str], today: date) -> Days:
    """Read `this week`, `last month`, `next quarter`: of the calendar, but `the last week`, `past week` end today."""
    unit = _unit_named(found["unit"])
    is_until_today = found["back"] == "last" and found["the"] and unit is not Unit.QUARTER and not found["full"]
    if found["past"] or is_until_today:
        return _once(moved(today, unit, -2 if found["unit"].startswith("fortnight") else -1), today)
    return _unit_from(today, unit, -1 if found["back"] else 1 if found["ahead"] else 0)


def _unit_from(today: date, unit: Unit, count: int) -> Days:
    return _once(*unit_around(moved(unit_around(today, unit).first, unit, count), unit))


@_form(
    rf"(?P<unit>{WHOLE}) to date|(?P<short>[yqmw])td|(?:the )?(?P<rest>rest|remainder) of (?:the|this) (?P<of>{WHOLE})"
)
def _to_date(found: re.Match[str], today: date) -> Days:
    around = unit_around(today, _unit_named(found["unit"] or found["short"] or found["of"]))
    return _once(today, around.last) if found["rest"] else _once(around.first, today)


@_form(r"the (\d{1,2})(?:st|nd|rd|th)(?: of (?:this|the) month)?")
def _day_of_month(found: re.Match[str], today: date) -> Days:
    """Read `the 15th`: the latest such day, and the next."""
    firsts = [add_months(today.replace(day=1), ahead) for ahead in range(-2, 4)]
    days = [first.replace(day=int(found[1])) for first in firsts if 1 <= int(found[1]) <= month_end(first).day]
    if not days:
        raise ValueError
    return _day([on for on in days if on <= today][-1], next(on for on in days if on >= today), Unit.MONTH)


@_form(rf"(?:(?P<which>this|last|past|next|coming) )?(?P<name>{_any([*WEEKDAYS])})s?(?: [a-z]*(?:ing|noon|night))?")
def _weekday(found: re.Match[str], today: date) -> Days:
    """Read `friday`, `last tue`, `monday morning`; alone it is the last one before today, or the next after it."""
    which, name = found["which"], found["name"]
    last, coming, following = (dates_of(f"{each}{name}", today)[0] for each in ("last ", "", "next "))
    if which == "this":
        of_week = today + timedelta(days=WEEKDAYS[name] - today.weekday())
        return _day(of_week, max(of_week, coming) if of_week != today else today)
    if which:
        return _day(following if which == "next" else coming if which == "coming" else last)
    return _day(last, coming, Unit.WEEK)


@_form(r"(?:the |(?P<which>this|next|last) )?weekend")
def _weekend(found: re.Match[str], today: date) -> Days:
    saturday, week = today + timedelta(days=5 - today.weekday()), timedelta(days=DAYS_PER_WEEK)
    last, this, following = (Span(each, each + ONE_DAY) for each in (saturday - week, saturday, saturday + week))
    if found["which"] in ("last", "next"):
        only = last if found["which"] == "last" else following
        return Days(only, only)
    return Days(this if this.first <= today else last, this)


@_form(r"(?:the )?week (?:of|starting|commencing|beginning)(?: the)? (?P<day>.+)")
def _week_of(found: re.Match[str], today: date) -> Days | None:
    day = days_of(found["day"], today)
    if day is None or not day.is_day:
        return None
    return Days(unit_around(day.past.first, Unit.WEEK), unit_around(day.coming.first, Unit.WEEK))


@_form(
    rf"(?:{WHICH} |the (?={_any([*SEASONS, *NTHS])}))?(?:{MONTH}|(?P<season>{_any([*SEASONS])})|q(?P<nth>[1-4])"
    rf"|h(?P<half>[12])|(?P<written>{_any(NTHS)}) quarter|(?P<feast>{_any([*FEASTS])})(?: day)?"
    r"|(?:week|wk|calendar week|w|cw|kw) ?(?P<week>\d{1,2}))(?: (?P<year>20\d\d|(?<=[qh]\d )\d\d))?"
)
def _once_a_year(found: re.Match[str], today: date) -> Days | None:
    """Read `october`, `last march`, `q1 2027`, `h2`, `the third quarter`, `summer`, `christmas` and `kw 49`."""
    days = _in_a_year(lambda year: _span_in(found, year), today, found["year"])
    if days is None or found["year"] or found["which"] in (None, "this"):
        return days
    if found["which"] in ("last", "past"):
        is_over = days.past.last < today
        return _once(*(days.past if is_over else _span_in(found, days.past.first.year - 1) or days.past))
    return _once(*days.coming)


def _span_in(found: re.Match[str], year: int) -> Span | None:
    """Return the days in a year of what comes once in it, None where it has none; weeks as ISO 8601 numbers them."""
    if found["month"]:
        return unit_around(date(year, MONTHS[found["month"]], 1), Unit.MONTH)
    if found["feast"]:
        return unit_around(date(year, *FEASTS[found["feast"]]), Unit.DAY)
    if found["week"]:
        monday = date(year, 1, 4) + timedelta(weeks=int(found["week"]) - 1, days=-date(year, 1, 4).weekday())
        return unit_around(monday, Unit.WEEK) if monday.isocalendar()[:2] == (year, int(found["week"])) else None
    if found["season"]:
        first = date(year, SEASONS[found["season"]], 1)
        return Span(first, month_end(add_months(first, 2)))
    nth = int(found["nth"] or found["half"] or NTHS.index(found["written"]) % 4 + 1)
    months = MONTHS_IN[Unit.QUARTER] * (2 if found["half"] else 1)
    return _months_around(date(year, nth * months, 1), months)


@_form(YEAR)
def _year(found: re.Match[str], today: date) -> Days | None:
    year = int(found[0])
    return _once(date(year, 1, 1), date(year, 12, 31)) if abs(year - today.year) <= FARTHEST_YEARS else None


NTH = r"(?:the )?(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"


@_form(
    rf"{NTH.format('one')} ?(?:-|\u2013| to | and | until | till ){NTH.format('two')}(?: of)? {MONTH}(?: {YEAR})?",
)
def _days_of_one_month(found: re.Match[str], today: date) -> Days | None:
    """Read `16-20 nov`, `1 to 15 november`."""
    number, one, two = MONTHS[found["month"]], int(found["one"]), int(found["two"])
    return _in_a_year(lambda year: Span(date(year, number, one), date(year, number, two)), today, found["year"])


@_form("(?:the )?(?P<date>.+)")
def _date(found: re.Match[str], today: date) -> Days | None:
    """Read every form of a single date that commands take; without a year the past one is not after today."""
    said = found["date"]
    if not dates_of(said, today):
        return None
    on = read_date(said, today)
    if readings := numbers_only(said):
        is_yearless = readings[0][0] is None
    else:
        has_month = any(word in MONTHS for word in re.findall("[a-z]+", said))
        is_yearless = has_month and not re.search(r"\d{4}|'\d\d", said)
    if on <= today or not is_yearless:
        return _day(on)
    return _day(add_months(on, -12), on, Unit.YEAR)


# Days told by others: `q1 next year`, `end of next week`, `week of 9 nov`.


@_form(r"(?P<rest>.+?)(?: of)? (?P<which>last|this|next) year")
def _in_year(found: re.Match[str], today: date) -> Days | None:
    days = days_of(found["rest"], today)
    if days is None or days.again is not Unit.YEAR:
        return None
    count = today.year + {"last": -1, "this": 0, "next": 1}[found["which"]] - days.past.first.year
    return _once(moved(days.past.first, Unit.YEAR, count), moved(days.past.last, Unit.YEAR, count))


SHORT_ENDS = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
SHORT_ENDS |= {f"{unit} end": unit for unit in SHORT_ENDS.values()}


@_form(
    r"(?:(?:the )?(?P<edge>end|beginning|start|middle)(?: of)?"
    rf"|(?:early|late|mid|later|earlier)) (?P<rest>.+)|(?:the )?(?P<short>{_any([*SHORT_ENDS])})"
)
def _ends_of(found: re.Match[str], today: date) -> Days | None:
    """Read `end of month`, `eow`, `quarter end`: a day; `early next week`, `mid december`: all of it."""
    rest = SHORT_ENDS[found["short"]] if found["short"] else found["rest"]
    edge, plain = "end" if found["short"] else found["edge"], rest.removeprefix("the ").removesuffix("s")
    whole = _once(*unit_around(today, Unit(plain))) if plain in UNIT_NAMES else days_of(rest, today)
    if whole is None or whole.is_day:
        return None
    if edge == "end":
        return _day(_end(whole.past), _end(whole.coming))
    return _day(whole.past.first, whole.coming.first) if edge in ("beginning", "start") else whole


def _end(span: Span) -> date:
    """Return the last day; of a week its Friday."""
    return span.last - 2 * ONE_DAY if (span.last - span.first).days == DAYS_PER_WEEK - 1 else span.last


# Words of days as they are spelled, and which words days can begin with: no other token is looked at for them.

SHORTEST_SLIP = 6
"""Letters of a word below which it is taken as it stands: `march` and `match` are both words."""

TWO_SLIPS = 8
"""Letters of a word from which two slips are forgiven."""

DAY_WORDS = {*MONTHS, *WEEKDAYS, "tomorrow", "yesterday", "quarter", "recently", "weekend", "fortnight"}
DAY_WORDS = {each for each in DAY_WORDS if len(each) >= SHORTEST_SLIP}


@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    """Return the word, or the word of days that it is a slip of: `tommorow` is `tomorrow`."""
    if len(word) < SHORTEST_SLIP or word in WORD_LISTS["near to days"] or word in DAY_WORDS or not word.isalpha():
        return word
    slips = 2 if len(word) >= TWO_SLIPS else 1
    near = [each for each in DAY_WORDS if each[0] == word[0] and OSA.distance(word, each, score_cutoff=slips) <= slips]
    return near[0] if len(near) == 1 else word


STARTING = WORD_LISTS["begin days"].union(MONTHS, WEEKDAYS, (each.split()[0] for each in (*TODAY_WORDS, *NUMBERS)))


def _may_begin_days(word: str) -> bool:
    is_numbered = word[:1].isdigit() or re.fullmatch(r"(?:q|h|w|wk|cw|kw)\d*|[yqmw]td", word)
    return bool(is_numbered) or word in STARTING or word.removesuffix("s") in STARTING


# Where words that have other meanings too are days: `may`, `march`, `sun`, `4/12`, `the 1st`.

SHORTEST_MONTH = 5
"""Letters from which the name of a month needs no word before it; `march` and `april` may be names as well."""

NAMES_TOO = frozenset({"may", "march", "mar", "april", "june", "august", "jan", "jun"})
CERTAIN_LEADS = frozenset({"in", "since", "until", "till", "til", "before", "after", "during", "through", "between"})
"""Words after which the name of a month is one, whoever has that name."""

DATE_LEADS = CERTAIN_LEADS | {"by", "from", "on", "starting", "as of", "up to", "no later than", "within", "throughout"}
CLOSING = WORD_LISTS["before by a day"]
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
        is_figure = before in WORD_LISTS["before figures"] or after in WORD_LISTS["after figures"] or said == "24/7"
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
UNTIL = frozenset({"by", "until", "till", "til", "through", "up to", "upto", "no later than", "not later than"})
UNTIL |= {"at the latest by", "on or before", "at or before"}
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
    return _bounded(_once(*unit_around(today, Unit(unit))), "", start, end)


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
        of_days = [*words[begin : end - is_onwards]]
        if each in WITHIN and each != "on" and len(of_days) == 2 and of_days[0] == "the" and of_days[1] in UNIT_NAMES:
            of_days[0] = "this"  # "for the week"
        days = days_of(" ".join(of_days), today)
        if days is not None:
            is_end = each in BEFORE and "end" in words[begin : begin + 2]
            is_of_day = each == "from" and words[begin:end] == ["yesterday"]
            bound = "by" if is_end else "" if is_of_day else each
            return _bounded(days, "since" if is_onwards else bound, start, end)
        if each in RANGE_LEADS and (days := _range(tokens, words, (begin, end), today)):
            return _bounded(days, "", start, end)
    return None


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
    is_since = lead in SINCE - {"from", "after"}

    def bounded(span: Span) -> Period:
        if is_since or (lead == "from" and days.is_day):
            return Period(span.first)
        if lead == "after":
            return Period(span.last + ONE_DAY)
        if lead in BEFORE:
            return Period(None, span.first - ONE_DAY)
        return Period(None if lead in UNTIL else span.first, span.last)

    return When(start, end, bounded(days.past), bounded(days.past if is_since else days.coming))


def _joined(found: Sequence[When], words: Sequence[str]) -> list[When]:
    """Return the days with those that touch made one: "this week and next week", "today or tomorrow"."""
    joined: list[When] = []
    for when in found:
        last, past, coming = joined[-1] if joined else when, when.past, when.coming
        is_linked = words[last.end : when.start] in (["and"], ["or"], ["plus"])
        if is_linked and last.past and last.coming and past and coming and _touch(last.coming, coming):
            past, coming = Period(last.past.first, past.last), Period(last.coming.first, coming.last)
            joined[-1] = replace(last, end=when.end, past=past, coming=coming)
        else:
            joined.append(when)
    return joined


def _touch(one: Period, other: Period) -> bool:
    """Return true if the second days begin the day after the first end."""
    return bool(one.first and one.last and other.first == one.last + ONE_DAY)
