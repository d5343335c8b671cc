"""Days counted in units: `this week`, `the last 30 days`, `3 weeks ago`, `quarter to date`."""

import re
from datetime import date, timedelta

from agendas.text.date_forms import COUNTS
from assistant.reading.periods.days import Days, Span, Unit, alike, moved, once, one_day, unit_around

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
