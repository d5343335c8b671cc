"""Days of the calendar: months, quarters, weeks by number, weekdays and dates."""

import re
from datetime import date, timedelta

from agendas.text.date_forms import MONTHS, WEEKDAYS, add_months, dates_of, month_end
from agendas.text.date_numbers import numbers_only
from agendas.text.dates import read_date
from assistant.reading.periods.days import (
    MONTHS_PER_HALF,
    MONTHS_PER_QUARTER,
    Days,
    Span,
    Unit,
    alike,
    latest_and_next,
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
