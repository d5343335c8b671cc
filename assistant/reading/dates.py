"""Days of the calendar: months, quarters, weeks by number, weekdays and dates."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from rapidfuzz.distance import OSA

from agendas.text.dates import (
    COUNTS,
    MONTHS,
    TODAY_WORDS,
    WEEKDAYS,
    add_months,
    dates_of,
    month_end,
    numbers_only,
    read_date,
)
from assistant.reading.tokens import (
    MONTHS_PER_HALF,
    MONTHS_PER_QUARTER,
    Days,
    Span,
    Token,
    Unit,
    alike,
    latest_and_next,
    moved,
    once,
    one_day,
    unit_around,
)

FARTHEST_YEARS = 20
"""A year farther from today than this is no year."""

MONTH = re.compile(r"(?:(?P<which>this|last|past|next|coming) )?(?P<month>[a-z]+)(?: (?P<year>20\d\d))?")
QUARTER = re.compile(r"(?:(?P<which>this|last|next) )?q([1-4])(?: (?P<year>\d{4}|\d{2}))?")
NTHS = ("first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th")
WRITTEN_QUARTER = re.compile(rf"the ({'|'.join(NTHS)}) quarter")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
SEASON = re.compile(rf"(?:the |this |last |past |next |coming )?({'|'.join(SEASONS)})(?: (20\d\d))?")
HALF = re.compile(r"h([12])(?: (?P<year>\d{4}))?")
WEEK = re.compile(r"(?:week|wk|calendar week|w|cw|kw) ?(\d{1,2})")
DAY_OF_MONTH = re.compile(r"the (\d{1,2})(?:st|nd|rd|th)(?P<now> of (?:this|the) month)?")
WEEKDAY = re.compile(
    r"(?:(?P<which>this|last|past|next|coming) )?(?P<name>[a-z]+?)s?(?: (?:morning|afternoon|evening|night))?"
)
NTH = r"(?:the )?(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
DAY_TO_DAY = re.compile(
    NTH.format("one")
    + r" ?(?:-|\u2013| to | and | until | till )"
    + NTH.format("two")
    + r"(?: of)? (?P<month>[a-z]+)(?: (?P<year>20\d\d))?"
)


def month(said: str, today: date) -> Days | None:
    """Read `october`, `last march`, `october 2025`."""
    found = MONTH.fullmatch(said)
    number = MONTHS.get(found["month"]) if found else None
    if found is None or number is None:
        return None

    def month_in(year: int) -> Span:
        return unit_around(date(year, number, 1), Unit.MONTH)

    if found["year"]:
        return alike(month_in(int(found["year"])))
    days = latest_and_next(month_in, today)
    if days is None or not found["which"]:
        return days
    if found["which"] in ("last", "past"):
        last = days.past if days.past.last < today else month_in(days.past.first.year - 1)
        return alike(last)
    return alike(days.coming)


def quarter(said: str, today: date) -> Days | None:
    """Read `q4`, `q1 2027`, `h2`, `the third quarter`."""
    written = WRITTEN_QUARTER.fullmatch(said)
    said = f"q{NTHS.index(written[1]) % 4 + 1}" if written else said
    quarter, half = QUARTER.fullmatch(said), HALF.fullmatch(said)
    found = quarter or half
    if found is None:
        return None
    months, number = (MONTHS_PER_QUARTER, int(found[2])) if quarter else (MONTHS_PER_HALF, int(found[1]))

    def quarter_in(year: int) -> Span:
        first = date(year, (number - 1) * months + 1, 1)
        return Span(first, month_end(add_months(first, months - 1)))

    if found["year"]:
        year = int(found["year"])
        return alike(quarter_in(year if year > 99 else 2000 + year))
    return latest_and_next(quarter_in, today)


def season(said: str, today: date) -> Days | None:
    """Read `summer`, `last winter`: three months from March, June, September or December on."""
    found = SEASON.fullmatch(said)
    if found is None:
        return None

    def season_in(year: int) -> Span:
        first = date(year, SEASONS[found[1]], 1)
        return Span(first, month_end(add_months(first, MONTHS_PER_QUARTER - 1)))

    if found[2]:
        return alike(season_in(int(found[2])))
    days = latest_and_next(season_in, today)
    if days is None or not said.startswith(("last", "past", "next", "coming")):
        return days
    return alike(days.past if said.startswith(("last", "past")) else days.coming)


def year(said: str, today: date) -> Days | None:
    """Read `2025`."""
    found = re.fullmatch(r"(20\d\d)", said)
    year = int(found[1]) if found else 0
    return once(date(year, 1, 1), date(year, 12, 31)) if abs(year - today.year) <= FARTHEST_YEARS else None


def week(said: str, today: date) -> Days | None:
    """Read `week 49` and `kw 49`, as ISO 8601 numbers weeks."""
    numbered = WEEK.fullmatch(said)
    if numbered is None:
        return None
    number = int(numbered[1])

    def week_in(year: int) -> Span | None:
        try:
            return unit_around(date.fromisocalendar(year, number, 1), Unit.WEEK)
        except ValueError:
            return None

    return latest_and_next(week_in, today)


def day_of_month(said: str, today: date) -> Days | None:
    """`the 15th`: the latest such day, and the next."""
    found = DAY_OF_MONTH.fullmatch(said)
    if found is None:
        return None
    number = int(found[1])
    firsts = [add_months(today.replace(day=1), ahead) for ahead in range(-2, 4)]
    days = [first.replace(day=number) for first in firsts if 1 <= number <= month_end(first).day]
    past, coming = [on for on in days if on <= today], [on for on in days if on >= today]
    if not past or not coming:
        raise ValueError
    return Days(Span(past[-1], past[-1]), Span(coming[0], coming[0]), is_day=True, again=Unit.MONTH)


def weekday(said: str, today: date) -> Days | None:
    """Read `friday`, `last tue`, `monday morning`; alone it is the last one before today, or the next after it."""
    found = WEEKDAY.fullmatch(said)
    name = next((each for each in (found["name"], f"{found['name']}s") if each in WEEKDAYS), "") if found else ""
    if found is None or not name:
        return None
    which = found["which"] or ""
    if which in ("next", "last", "this"):
        told = dates_of(f"{which} {name}", today)[0]
        mine = today + timedelta(days=WEEKDAYS[name] - today.weekday())
        return (
            one_day(told)
            if which != "this"
            else Days(Span(min(mine, told), min(mine, told)), Span(told, told), is_day=True)
        )
    past, coming = dates_of(f"last {name}", today)[0], dates_of(name, today)[0]
    if which:
        return one_day(past if which == "past" else coming)
    return Days(Span(past, past), Span(coming, coming), is_day=True, again=Unit.WEEK)


def date_said(said: str, today: date) -> Days | None:
    """Read every form of a single date that commands take; without a year the past one is not after today."""
    said = said.removeprefix("the ")
    if not dates_of(said, today):
        return None
    on = read_date(said, today)
    if on <= today or not _is_yearless(said):
        return one_day(on)
    past = add_months(on, -12)
    return Days(Span(past, past), Span(on, on), is_day=True, again=Unit.YEAR)


def _is_yearless(said: str) -> bool:
    if readings := numbers_only(said):
        return readings[0][0] is None
    has_month = any(word in MONTHS for word in re.findall("[a-z]+", said))
    return has_month and not re.search(r"\d{4}|'\d\d", said)


def days_of_one_month(said: str, today: date) -> Days | None:
    """`16-20 nov`, `1 to 15 november`."""
    found = DAY_TO_DAY.fullmatch(said)
    number = MONTHS.get(found["month"]) if found else None
    if found is None or number is None:
        return None

    def days_in(year: int) -> Span:
        return Span(date(year, number, int(found["one"])), date(year, number, int(found["two"])))

    if found["year"]:
        return alike(days_in(int(found["year"])))
    return latest_and_next(days_in, today)


# Days counted in units: `this week`, `the last 30 days`, `3 weeks ago`, `quarter to date`.

HOURS_PER_DAY = 24
NUMBERS = COUNTS | {"couple of": 2, "a couple of": 2, "couple": 2, "few": 3, "a few": 3}
NUMBER = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,4}})"
UNIT = r"(?:hours?|hrs?|days?|weeks?|wks?|fortnights?|months?|quarters?|qtrs?|years?|yrs?)"
COUNTED = rf"(?P<count>{NUMBER})(?: |(?<=\d))(?P<unit>{UNIT}|d|w)"
LAST = r"(?P<which>last|past|previous|prior)"
NEXT = r"(?P<which>next|coming|following|upcoming)"
ONE_UNIT = re.compile(
    rf"(?P<the>the )?(?P<which>this|current|last|past|previous|prior|next|coming|following|upcoming|this past)"
    rf"(?P<full> full| whole)? (?P<unit>{UNIT})"
)
SEVERAL = re.compile(r"(?:the |these |in )?(?P<which>last|past|recent|coming|upcoming) (?P<unit>days|weeks|months)")
SEVERAL_UNITS = {Unit.DAY: 7, Unit.WEEK: 3, Unit.MONTH: 3}
"""Units meant by "the past weeks" without a number. Our own default."""

BEFORE_LAST = re.compile(rf"the (?P<unit>{UNIT}) (?P<which>before last|after next)")
LAST_COUNTED = re.compile(rf"(?:the |these |in )?{LAST} {COUNTED}")
NEXT_COUNTED = re.compile(rf"(?:the |in )?{NEXT} {COUNTED}")
AGO = re.compile(rf"{COUNTED} (?:ago|back|earlier)")
IN_A_WHILE = re.compile(rf"in (?:about )?{COUNTED}(?: time)?")
FROM_NOW = re.compile(rf"{COUNTED} from (?:now|today)")
WHOLE = "year|quarter|month|week"
TO_DATE = re.compile(
    rf"(?P<unit>{WHOLE}) to date|(?P<short>[yqmw])td|(?:the )?(?P<rest>rest|remainder) of (?:the|this) (?P<of>{WHOLE})"
)
UNIT_NAMES = frozenset(each.value for each in Unit)
UNIT_STARTS = (
    ("d", Unit.DAY),
    ("h", Unit.DAY),
    ("w", Unit.WEEK),
    ("fortnight", Unit.WEEK),
    ("m", Unit.MONTH),
    ("q", Unit.QUARTER),
    ("y", Unit.YEAR),
)


def unit_named(word: str) -> Unit:
    """Return the unit, of its name, plural or short form."""
    return next(unit for start, unit in UNIT_STARTS if word.startswith(start))


def counted(count: str, unit: str) -> tuple[int, Unit]:
    """Return the number and unit of "3 weeks"; fortnights are two weeks each."""
    number = NUMBERS.get(count) or int(count)
    if unit.startswith("h"):
        return number // HOURS_PER_DAY, Unit.DAY
    return (2 * number if unit.startswith("fortnight") else number), unit_named(unit)


def one_unit(said: str, today: date) -> Days | None:
    """`this week`, `last month`, `the past quarter`: of the calendar, but `the last week`, `past week` end today."""
    if found := BEFORE_LAST.fullmatch(said):
        unit, count = unit_named(found["unit"]), -2 if found["which"] == "before last" else 2
        return alike(unit_around(moved(unit_around(today, unit).first, unit, count), unit))
    found = ONE_UNIT.fullmatch(said)
    if found is None:
        return None
    unit, which = unit_named(found["unit"]), found["which"]
    if which in ("past", "this past") or (
        which == "last" and found["the"] and unit in (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR) and not found["full"]
    ):
        return once(moved(today, unit, -2 if found["unit"].startswith("fortnight") else -1), today)
    count = 0 if which in ("this", "current") else -1 if which in ("last", "previous", "prior") else 1
    return alike(unit_around(moved(unit_around(today, unit).first, unit, count), unit))


def several_units(said: str, today: date) -> Days | None:
    """Read `the past weeks` and `coming days`; `last weeks` is a possessive of `last week`."""
    found = SEVERAL.fullmatch(said)
    if found is None or (found["which"] == "last" and not said.startswith(("the ", "these ", "in "))):
        return None
    unit = unit_named(found["unit"])
    if found["which"] in ("coming", "upcoming"):
        return once(today, moved(today, unit, SEVERAL_UNITS[unit]))
    return once(moved(today, unit, -SEVERAL_UNITS[unit]), today)


def counted_units(said: str, today: date) -> Days | None:
    """Read `last 30 days`, `next 2 weeks`, `3 weeks ago`; `in 3 weeks` is that day, or the days since so long ago."""
    if found := LAST_COUNTED.fullmatch(said):
        number, unit = counted(found["count"], found["unit"])
        return once(moved(today, unit, -number), today)
    if found := NEXT_COUNTED.fullmatch(said):
        number, unit = counted(found["count"], found["unit"])
        return once(today, moved(today, unit, number))
    if found := AGO.fullmatch(said):
        number, unit = counted(found["count"], found["unit"])
        return one_day(moved(today, unit, -number))
    if found := IN_A_WHILE.fullmatch(said) or FROM_NOW.fullmatch(said):
        number, unit = counted(found["count"], found["unit"])
        ahead = moved(today, unit, number)
        return Days(Span(moved(today, unit, -number), today), Span(ahead, ahead))
    return None


def to_date(said: str, today: date) -> Days | None:
    """Read `quarter to date`, `ytd`, `the rest of the month`."""
    found = TO_DATE.fullmatch(said)
    if found is None:
        return None
    unit = unit_named(found["unit"] or found["short"] or found["of"])
    around = unit_around(today, unit)
    return once(today, around.last) if found["rest"] else once(around.first, today)


def weekend(words: str, today: date) -> Days:
    """Return the days of "the weekend", "last weekend" or "next weekend"."""
    saturday = today + timedelta(days=5 - today.weekday())
    spans = [
        Span(on, on + timedelta(days=1))
        for on in (saturday - timedelta(days=7), saturday, saturday + timedelta(days=7))
    ]
    if words.startswith(("last", "next")):
        chosen = spans[0 if words.startswith("last") else 2]
        return once(chosen.first, chosen.last)
    return Days(spans[1] if spans[1].first <= today else spans[0], spans[1])


# The forms in which people write days: each reads words that stand together, without `since`, `by` and the like.

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


# Words of days as they are spelled, for those that are typed with a slip.

SHORTEST_SLIP = 6
"""Letters of a word below which it is taken as it stands: `march` and `match` are both words."""

TWO_SLIPS = 8
"""Letters of a word from which two slips are forgiven."""

DAY_WORDS = tuple(
    sorted(
        word
        for word in {*MONTHS, *WEEKDAYS, "tomorrow", "yesterday", "quarter", "recently", "weekend", "fortnight"}
        if len(word) >= SHORTEST_SLIP
    )
)
OTHER_WORDS = frozenset({"quarters", "weekends", "monthly", "mondays", "fridays", "sundays", "decembers", "recent"})
"""Words that are near to one of days and are none of its slips."""

SHORT = {"2day": "today", "2moro": "tomorrow", "2morrow": "tomorrow", "tmro": "tomorrow", "yday": "yesterday"}


def spelled(token: Token) -> str:
    """Return the token's word, or the word of days that it is a slip of: `tommorow` is `tomorrow`."""
    return token.word if token.quote or token.user_id else _nearest(token.word)


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str:
    if word in SHORT:
        return SHORT[word]
    if len(word) < SHORTEST_SLIP or word in OTHER_WORDS or word in DAY_WORDS or not word.isalpha():
        return word
    slips = 2 if len(word) >= TWO_SLIPS else 1
    near = [each for each in DAY_WORDS if each[0] == word[0] and OSA.distance(word, each, score_cutoff=slips) <= slips]
    return near[0] if len(near) == 1 else word


# Words that days can begin with: no other token is looked at for them.

_STARTING_SAID = (
    "the this these last past previous prior next coming following upcoming current same day days week weeks "
    "month months quarter quarters year years hour hours weekend end beginning start starting middle first 1st "
    "final second early late later earlier mid today todays tomorrow tomorrows tmrw tmr tmw yesterday yesterdays "
    "eow eom eoq eoy lately recently recent of wk calendar rest remainder christmas xmas new more older longer "
    "greater over above beyond at > < upwards less fewer newer younger sooner under below within inside for in on "
    "by since from after before until till til through up upto no not prior ahead as between during throughout "
    "and or spring summer autumn winter"
)
STARTING = frozenset(
    {*_STARTING_SAID.split(), *MONTHS, *WEEKDAYS, *(word.split()[0] for word in (*TODAY_WORDS, *NUMBERS))}
)
NUMBERED = ("q", "h", "w", "wk", "cw", "kw")
"""Beginnings of quarters, halves and weeks by number; alone with `td` of "year to date"."""


def may_begin_days(word: str) -> bool:
    """Return true if days can begin with the word, a normal form."""
    if not word:
        return False
    is_numbered = word.rstrip("0123456789") in NUMBERED or word in ("ytd", "qtd", "mtd", "wtd")
    return word[0].isdigit() or is_numbered or word in STARTING or word.removesuffix("s") in STARTING


# Decide where words that have other meanings too are days: `may`, `march`, `sun`, `4/12`, `the 1st`.

SHORTEST_MONTH = 5
"""Letters from which the name of a month needs no word before it; `march` and `april` may be names as well."""

NAMES_TOO = frozenset({"may", "march", "mar", "april", "june", "august", "jan", "jun"})
CERTAIN_LEADS = frozenset({"in", "since", "until", "till", "til", "before", "after", "during", "through", "between"})
"""Words after which the name of a month is one, whoever has that name."""

DATE_LEADS = CERTAIN_LEADS | {"by", "from", "on", "starting", "as of", "up to", "no later than", "within", "throughout"}
CLOSING = frozenset({"due", "close", "closes", "closing", "closed", "end", "ends", "done", "delivered", "happening"})
"""Words after which `by` is said of a day."""

WHERE_DATES_STAND_NUMBERED = frozenset(
    {"tier", "tiers", "t", "top", "stage", "usd", "eur", "gbp", "chf", "version", "number"}
)
AMOUNTS = frozenset({"million", "mio", "m", "k", "percent", "x", "am", "pm", "roles", "accounts"})
FIGURES = re.compile(r"\d{1,2}[./]\d{1,2}")
DAY_NUMBER = re.compile(r"the \d{1,2}(?:st|nd|rd|th)")
MOST = frozenset({"most", "more"})
MEETINGS = frozenset({"review", "reviews", "meeting", "one"})


def may_be_days(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], lead: str) -> bool:
    """Return true if the tokens from `begin` up to `end` may be days after the word `lead`, '' for none."""
    begin, end = span
    said = " ".join(words[begin:end])
    before = words[begin - 1] if begin and not lead else ""
    after = words[end] if end < len(words) else ""
    is_alone = begin == 0 and end == len(words)
    if any(each.quote or each.user_id or each.link for each in tokens[begin:end]):
        return False
    if end - begin == 1 and said in MONTHS:
        return _is_month(words, span, lead) or (is_alone and said not in NAMES_TOO)
    if end - begin == 1 and said in SEASONS:
        return bool(lead) or is_alone
    if end - begin == 1 and said in WEEKDAYS:
        return len(said) > len("thurs") or bool(lead) or is_alone or before in CLOSING
    if FIGURES.fullmatch(said):
        is_figure = before in WHERE_DATES_STAND_NUMBERED or after in AMOUNTS or said == "24/7"
        return not is_figure and (bool(lead) or is_alone or "/" in said or tokens[end - 1].mark == ".")
    if DAY_NUMBER.fullmatch(said) or re.fullmatch(r"20\d\d", said):
        return lead in DATE_LEADS
    if said == "recent":
        return before not in MOST and after not in MEETINGS
    return True


def _is_month(words: Sequence[str], span: tuple[int, int], lead: str) -> bool:
    begin, _ = span
    said = words[begin]
    if said not in NAMES_TOO:
        return len(said) >= SHORTEST_MONTH or said in ("dec", "oct", "nov", "sept") or lead in DATE_LEADS
    before = words[begin - 2] if begin > 1 else ""
    return lead in CERTAIN_LEADS or (lead == "by" and (before in CLOSING or begin == 1))
