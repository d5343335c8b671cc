"""Dates and times of day as people type them: `2026-12-04`, `fri`, `next tue`, `in 2 weeks`, `eow`, `9am`."""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.text.limits import shown
from agendas.text.names import nearest
from agendas.text.words import is_kept

# Dates in figures alone: `2026-12-04`, `4.12.`, `04.12.2026`, `13/2`, `4/12/26`.

YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?", re.ASCII)
DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})", re.ASCII)

CENTURY = 2000
MONTHS_PER_YEAR = 12

Reading = tuple[int | None, int, int]
"""Year (None where none is written), month and day; the calendar may have no such day."""


def numbers_only(words: str) -> tuple[Reading, ...]:
    """The ways in which `words` can be read as a date in figures; none where they have no such form.

    After a year comes the month, or the day where only that fits. Dots have the day first. With slashes and dashes the
    day or the month may come first: both readings are returned, also one of a 13th month.
    """
    if match := YEAR_FIRST.fullmatch(words):
        year, month, day = (int(each) for each in match.groups())
        return ((year, day, month),) if month > MONTHS_PER_YEAR >= day else ((year, month, day),)
    if match := DOTTED.fullmatch(words):
        return ((year_in(match[3]), int(match[2]), int(match[1])),)
    if match := SLASHED.fullmatch(words) or DASHED.fullmatch(words):
        first, second, year_written = int(match[1]), int(match[2]), year_in(match[3])
        return tuple(dict.fromkeys(((year_written, second, first), (year_written, first, second))))
    return ()


def year_in(written: str | None) -> int | None:
    """The year written with four figures or two, `'26`; None where none is."""
    if not written:
        return None
    figures = written.removeprefix("'")
    return int(figures) if len(figures) > 2 else CENTURY + int(figures)


# The forms in which people write a date; each reader gives the dates that may be meant, none for another form.

RECENT_DAYS = 30
"""A day and month without a year is the first such date that is not more than this many days ago."""

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {
    word: number
    for number, short in enumerate(MONTH_NAMES, start=1)
    for word in (short, calendar.month_name[number].casefold())
} | {"sept": 9}
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {word: number for number, name in enumerate(WEEKDAY_NAMES) for word in (name, name[:3])} | {
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
COUNTS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"a": 1, "an": 1}

DAYS_PER_WEEK = 7
DAYS_IN = {"day": 1, "week": DAYS_PER_WEEK, "fortnight": 2 * DAYS_PER_WEEK}
FRIDAY = WEEKDAYS["friday"]
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?(?P<month>[a-z]+)\.?,?(?: (?P<year>\d{4}|'?\d{2}))?"
)
MONTH_FIRST = re.compile(r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?: (?P<year>\d{4}|'?\d{2}))?")
NAMED_FIRST = re.compile(r"(?P<name>[a-z]+)\.?,? (?P<rest>(?:the )?\d.*|[a-z]+\.? \d.*)")
IN_A_WHILE = re.compile(rf"(?:in|within) ({'|'.join(COUNTS)}|\d{{1,5}}) (day|week|fortnight|month)s?")

A_WHILE_AGO = re.compile(rf"({'|'.join(COUNTS)}|\d{{1,5}}) (day|week|fortnight|month)s? ago")

TODAY_WORDS = frozenset({"today", "tonight", "eod", "end of day", "end of the day", "cob"})


def dates_of(words: str, today: date) -> tuple[date, ...]:
    """The dates that `words` (lower case, single spaces) may mean on `today`; none when they have no form of a date.

    Raises ValueError when the form is right but the calendar has no such day, OverflowError beyond the calendar.
    """
    return next((dates for read in _READERS if (dates := read(words, today))), ())


def exists_in_some_year(month: int, day: int) -> bool:
    """True for a day that the month has in some year: also 29 February."""
    leap_year = 2028
    return 1 <= month <= len(MONTH_NAMES) and 1 <= day <= calendar.monthrange(leap_year, month)[1]


def month_end(on: date) -> date:
    return on.replace(day=calendar.monthrange(on.year, on.month)[1])


def add_months(today: date, count: int) -> date:
    """The date so many months ahead, or that month's last. Raises ValueError beyond the calendar."""
    months = today.year * 12 + today.month - 1 + count
    year, month = months // 12, months % 12 + 1
    # The first day is made before the month's length is asked for, so a year past the calendar is a ValueError.
    first = date(year, month, 1)
    return first.replace(day=min(today.day, calendar.monthrange(year, month)[1]))


def _dates_in_figures(words: str, today: date) -> tuple[date, ...]:
    """`2026-12-04`, `4.12.` with the day first, `13/2`, and `4/12` in both ways; none for other words.

    Raises ValueError where no reading is a day of the calendar.
    """
    readings = numbers_only(words)
    dates: list[date] = []
    for year, month, day in readings:
        if year is None and not exists_in_some_year(month, day):
            continue
        try:
            dates.append(_nearest_year(month, day, today) if year is None else date(year, month, day))
        except ValueError:
            continue
    if readings and not dates:
        raise ValueError
    return tuple(dict.fromkeys(dates))


def _named_day(words: str, today: date) -> tuple[date, ...]:
    """The day of a word such as `tomorrow` or `eow`; none for other words."""
    match words:
        case _ if words in TODAY_WORDS:
            return (today,)
        case "tomorrow":
            return (today + timedelta(days=1),)
        case "day after tomorrow" | "the day after tomorrow":
            return (today + timedelta(days=2),)
        case "yesterday" | "yesterday morning" | "yesterday afternoon" | "yesterday evening" | "last night":
            return (today - timedelta(days=1),)
        case "day before yesterday" | "the day before yesterday":
            return (today - timedelta(days=2),)
        case "eow" | "end of week" | "end of the week":
            return (today + timedelta(days=(FRIDAY - today.weekday()) % DAYS_PER_WEEK),)
        case "eom" | "end of month" | "end of the month":
            return (month_end(today),)
    return ()


def _weekday(words: str, today: date) -> tuple[date, ...]:
    """The day that `fri` (never today), `this fri`, `next fri`, `fri of next week` or `last fri` means; else none."""
    which, _, name = words.rpartition(" ")
    if words.endswith(" next week"):
        which, name = "next", words.removesuffix(" next week").removesuffix(" of")
    number = WEEKDAYS.get(name)
    if number is None or which not in {"", "this", "next", "last"}:
        return ()
    if which == "last":
        return (today - timedelta(days=(today.weekday() - number - 1) % DAYS_PER_WEEK + 1),)
    if which == "next":
        return (today + timedelta(days=DAYS_PER_WEEK - today.weekday() + number),)
    on = today + timedelta(days=(number - today.weekday()) % DAYS_PER_WEEK)
    return (on + timedelta(days=DAYS_PER_WEEK) if on == today and not which else on,)


def _days_from_today(words: str, today: date) -> tuple[date, ...]:
    """`in 2 weeks`, and `2 weeks ago`."""
    match = IN_A_WHILE.fullmatch(words) or A_WHILE_AGO.fullmatch(words)
    if match is None:
        return ()
    count = COUNTS.get(match[1]) or int(match[1])
    count = -count if words.endswith(" ago") else count
    if match[2] == "month":
        return (add_months(today, count),)
    return (today + timedelta(days=count * DAYS_IN[match[2]]),)


def _day_and_month(words: str, today: date) -> tuple[date, ...]:
    """`4 dec`, `dec 4` and `4 dec 2026`; none for other words. Raises ValueError for a day that the month lacks."""
    match = DAY_FIRST.fullmatch(words) or MONTH_FIRST.fullmatch(words)
    month = MONTHS.get(match["month"]) if match else None
    if match is None or month is None:
        return ()
    day = int(match["day"])
    year = year_in(match["year"])
    return (date(year, month, day) if year is not None else _nearest_year(month, day, today),)


def _weekday_and_date(words: str, today: date) -> tuple[date, ...]:
    """`fri 4 dec`: the date; where it is another weekday, the date and the weekday named, which may be meant."""
    match = NAMED_FIRST.fullmatch(words)
    if match is None or match["name"] not in WEEKDAYS:
        return ()
    dates = _day_and_month(match["rest"].removeprefix("the "), today) or _dates_in_figures(match["rest"], today)
    fitting = tuple(on for on in dates if on.weekday() == WEEKDAYS[match["name"]])
    if fitting or not dates:
        return fitting
    return tuple(dict.fromkeys((*dates, *_weekday(match["name"], today))))


def _nearest_year(month: int, day: int, today: date) -> date:
    """The first such day not more than 30 days ago; a 29 February waits for its leap year."""
    if not exists_in_some_year(month, day):
        raise ValueError
    earliest = today - timedelta(days=RECENT_DAYS)
    # nine years hold a leap year, also around 2100
    years = (year for year in range(earliest.year, earliest.year + 9) if day <= calendar.monthrange(year, month)[1])
    return next(on for year in years if (on := date(year, month, day)) >= earliest)


_READERS: tuple[Callable[[str, date], tuple[date, ...]], ...] = (
    _dates_in_figures,
    _named_day,
    _weekday,
    _days_from_today,
    _day_and_month,
    _weekday_and_date,
)

# Calendar days, which are not always 24 hours long, and time zones.


def local_date(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


def days_between(earlier: datetime, later: datetime, zone: str) -> int:
    """Calendar days from one instant to a later one in an IANA zone; 0 when they are the wrong way round."""
    return max(0, (local_date(later, zone) - local_date(earlier, zone)).days)


def day_text(on: date, today: date | None = None) -> str:
    """Return a day as sentences say it: `26 Nov`; with the year when `today` is given and lies in another one."""
    year = f" {on.year}" if today is not None and today.year != on.year else ""
    return f"{on.day} {on:%b}{year}"


def weekday_text(on: date, today: date) -> str:
    """Return a day with its weekday, for a choice among days: `Fri 4 Dec`; with the year where it is another one."""
    return f"{on:%a} {day_text(on, today)}"


def minutes_before_text(minutes: int) -> str:
    """Return a time before something, in hours where they are whole: `2 hours before`, `90 minutes before`."""
    count, unit = (minutes, "minute") if minutes % 60 else (minutes // 60, "hour")
    return f"{count} {unit}{'' if count == 1 else 's'} before"


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone name, for choosing one; read from disk once, as that takes some fifty milliseconds."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1_000)
def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return bool(name)


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
    Raises AmbiguousDate when it can be two dates (`12/4`), NotUnderstood for no date or one more than 20 years away.
    """
    words = folded(text)
    try:
        dates = dates_of(words, today)
    except (ValueError, OverflowError):
        raise NotUnderstood(f"{shown(text)} is not in the calendar; write a date like {DATE_EXAMPLES}.") from None
    if not dates:
        raise NotUnderstood(f"{shown(text)} is not a date; write one like {DATE_EXAMPLES}.")
    within = tuple(on for on in dates if abs(on.year - today.year) <= FARTHEST_YEARS)
    if not within:
        raise NotUnderstood(f"{day_text(dates[0], today)} is more than {FARTHEST_YEARS} years away; check the year.")
    if len(within) > 1:
        ways = " or ".join(weekday_text(on, today) for on in within)
        raise AmbiguousDate(f"{shown(words)} can be read in two ways; write {ways}.", text, within)
    return within[0]


def read_future_date(text: str, today: date) -> date:
    """The date that `text` means, today or later.

    Of two dates that it can be, one that has passed is not meant; without a year it is next year's.
    Raises AmbiguousDate or NotUnderstood as `read_date`, and when the date has passed.
    """
    try:
        on = read_date(text, today)
    except AmbiguousDate as two:
        on = only_ahead(two, today)
    if on < today:
        raise NotUnderstood(f"{day_text(on, today)} has passed; give today, {day_text(today)}, or a later date.")
    return on


def ahead_of(two: AmbiguousDate, today: date) -> tuple[date, ...]:
    """The dates to come that ambiguous words can mean, in order; `two` is their refusal.

    Where no year is written, a day that has passed comes again. So `4/12` is asked about on 7 December too: it can be
    12 April, or 4 December a year later.
    """
    has_no_year = any(year is None for year, _, _ in numbers_only(folded(two.typed)))
    dates = (add_months(each, 12) if has_no_year and each < today else each for each in two.dates)
    return tuple(sorted(each for each in dates if each >= today))


def only_ahead(two: AmbiguousDate, today: date) -> date:
    """The one date to come that the ambiguous words can mean. Raises AmbiguousDate where two are to come, or none."""
    ahead = ahead_of(two, today)
    if len(ahead) == 1:
        return ahead[0]
    dates = ahead or two.dates  # where none is to come, the refusal names those that passed
    ways = " or ".join(weekday_text(each, today) for each in dates)
    raise AmbiguousDate(f"{shown(folded(two.typed))} can be read in two ways; write {ways}.", two.typed, dates)


def past_date(text: str, today: date) -> date:
    """The date that `text` means, today or earlier: a weekday, or a day and month without a year, is the last such one.

    Of two dates that it can be, one in the future is not meant. Raises AmbiguousDate or NotUnderstood as `read_date`,
    and when the date lies in the future.
    """
    try:
        on = _last_such_day(read_date(text, today), text, today)
    except AmbiguousDate as two:
        last_ones = dict.fromkeys(_last_such_day(each, text, today) for each in two.dates)
        dates = tuple(each for each in last_ones if each <= today)
        if len(dates) == 1:
            return dates[0]
        ways = " or ".join(weekday_text(each, today) for each in dates)
        raise AmbiguousDate(f"{shown(text)} can be read in two ways; write {ways}.", text, dates) from None
    if on > today:
        raise NotUnderstood(
            f"{day_text(on, today)} is in the future; give today, {day_text(today)}, or an earlier date."
        )
    return on


def _last_such_day(on: date, text: str, today: date) -> date:
    """`on`, or the last such date before it if `text` is a weekday, or a day and month without a year, still ahead."""
    phrase = folded(text)
    if phrase in WEEKDAYS:
        return read_date(f"last {phrase}", today)
    has_month = any(word.strip(".,") in MONTHS for word in phrase.split())
    match = DAY_FIRST.fullmatch(phrase) or MONTH_FIRST.fullmatch(phrase)
    has_year = str(on.year) in phrase or bool(match and match["year"])
    if on <= today or not ((has_month and not has_year) or any(year is None for year, _, _ in numbers_only(phrase))):
        return on
    years = range(today.year, today.year - LEAP_YEARS_APART - 1, -1)
    dates = (date(year, on.month, on.day) for year in years if on.day <= calendar.monthrange(year, on.month)[1])
    return next(each for each in dates if each <= today)


def read_time(text: str) -> time:
    """The wall time that `text` means, without a zone. A bare `9` is refused: it may be morning or evening.

    Raises NotUnderstood when it is no time of day.
    """
    words = " ".join(text.casefold().split())
    hour, minute = -1, 0
    if match := CLOCK_24.fullmatch(words):
        hour, minute = int(match[1]), int(match[2])
    elif (match := CLOCK_12.fullmatch(words)) and 1 <= int(match[1]) <= 12:
        hour, minute = int(match[1]) % 12 + (12 if match[3] == "p" else 0), int(match[2] or 0)
    if 0 <= hour < 24 and minute < 60:
        return time(hour, minute)
    raise NotUnderstood(f"{shown(text)} is not a time of day; write one like {TIME_EXAMPLES}.")


def folded(text: str) -> str:
    """The words of a date in lower case, with a space between them, without marks around them."""
    return " ".join(text.casefold().split()).strip(" .,;!()")


# Times that are no single day, such as `next week`: the days that may be meant, most likely first.

MONTHS_PER_QUARTER = 3
ALONE = frozenset({"quarter", "year", "weekend"})
"""Words that without `by`, `end of` or `this` tell of a time in general: `once a year`."""

QUARTER = re.compile(r"q([1-4])(?: (\d{4}))?", re.ASCII)
WEEK = re.compile(r"(?:week|calendar week|w|cw|kw) ?(\d{1,2})", re.ASCII)
DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.ASCII)


def vague_dates(phrase: str, today: date, *, is_bare: bool) -> tuple[date, ...]:
    """The days that a vague `phrase` (lower case, single spaces) may mean; empty for other phrases.

    "March" alone is such a time where a word before it asks for a date ("by March"), and not where it `is_bare`.
    """
    plain = phrase.removeprefix("the ").removeprefix("during ")
    is_end = plain.startswith("end of ")
    plain = plain.removeprefix("end of ").removeprefix("the ")
    days = () if is_bare and not is_end and plain in ALONE else _period(plain, today)
    if days:
        # the last day comes first: of "end of ..." it is the only one
        return days[:1] if is_end else days
    month = MONTHS.get(plain.removeprefix("in "))
    if month is not None and (is_end or not is_bare or plain.startswith("in ")):
        first = date(today.year + (month < today.month), month, 1)
        return tuple(on for on in (month_end(first), first) if on >= today)[: 1 if is_end else 2]
    return _day_of_month(plain, today) or _quarter_named(plain, today) or _week_numbered(plain, today)


def _day_of_month(phrase: str, today: date) -> tuple[date, ...]:
    """`4th`: the next such day of a month."""
    match = DAY_OF_MONTH.fullmatch(phrase)
    if match is None:
        return ()
    day = int(match[1])
    # of three months in a row at least one has the day and is ahead
    firsts = (add_months(today.replace(day=1), ahead) for ahead in range(3))
    days = (first.replace(day=day) for first in firsts if 1 <= day <= month_end(first).day)
    return next(((on,) for on in days if on >= today), ())


def _quarter_named(phrase: str, today: date) -> tuple[date, ...]:
    """`q1`, `q1 2027`: the last day of the quarter, of the next such one without a year; none once it has passed."""
    match = QUARTER.fullmatch(phrase)
    if match is None:
        return ()
    month = int(match[1]) * MONTHS_PER_QUARTER
    year = int(match[2]) if match[2] else today.year + (month < today.month)
    last = month_end(date(year, month, 1))
    return (last,) if last >= today else ()


def _week_numbered(phrase: str, today: date) -> tuple[date, ...]:
    """`week 49`: the Friday of the next such week of ISO 8601 that has not passed."""
    match = WEEK.fullmatch(phrase)
    if match is None:
        return ()
    days = []
    for year in (today.year, today.year + 1):
        try:
            days.append(date.fromisocalendar(year, int(match[1]), FRIDAY + 1))
        except ValueError:
            continue
    return next(((on,) for on in days if on >= today), ())


def _period(phrase: str, today: date) -> tuple[date, ...]:
    """The days that a period such as "this week" may mean, most likely first; empty for other phrases."""
    monday = today - timedelta(days=today.weekday())
    friday, next_monday = max(monday + timedelta(days=FRIDAY), today), monday + timedelta(days=DAYS_PER_WEEK)
    next_month = add_months(today.replace(day=1), 1)
    end_of_quarter = today.replace(day=1, month=-(-today.month // MONTHS_PER_QUARTER) * MONTHS_PER_QUARTER)
    match phrase:
        case "this week":
            return (friday,)
        case "next week":
            return (next_monday + timedelta(days=FRIDAY), next_monday)
        case "weekend" | "this weekend":
            return (friday, next_monday)
        case "this month":
            return (month_end(today),)
        case "next month":
            return (month_end(next_month), next_month)
        case "quarter" | "this quarter" | "eoq":
            return (month_end(end_of_quarter),)
        case "next quarter":
            return (month_end(add_months(end_of_quarter, MONTHS_PER_QUARTER)),)
        case "year" | "this year" | "eoy":
            return (today.replace(month=12, day=31),)
    return ()


# The date that ends a text, with or without `by`: read, or to be asked about, and never left in the text unseen.

LONGEST_DATE_WORDS = 5
LONGEST_BY_WORDS = 3
"""Words after a last `by` that are taken for a date even if they are none; more are a sentence that goes on."""

SHORTEST_SLIP_LETTERS = 5
"""A shorter word without `by` is never taken for a misspelt day."""

NOT_DAYS = frozenset({"midday", "sundry", "payday"})
"""Words a slip away from a day that are words of their own."""

AT_THE_DATE = frozenset({"on", "due"})
OTHER_MEANING = frozenset(
    (
        *("until", "till", "before", "after", "since", "from", "of", "for", "about", "between", "and", "or", "to"),
        *("than", "the", "every", "each", "past", "not", "this", "last", "next", "per", "at", "in", "with", "as"),
    )
)
"""Words before a date by which it may be another one than that by which the action is due."""

ALSO_WORDS = frozenset({"sat", "sun"})
"""Short names of days that are words too."""

CLOCK = re.compile(
    r"(?:,? (?:at )?(?:\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?)|,? at \d{1,2}"
    r"|,? (?:at )?(?:noon|midday|midnight|morning|afternoon|evening|night|eod|cob|lunch))$"
)
CLOSING = re.compile(r",? (?:at the latest|latest|please|pls|if possible|asap)$")


@dataclass(frozen=True, slots=True)
class DateAtEnd:
    """The date at the end of some words.

    Args:
        count: how many words it takes, `by` included.
        on: the date; None where it has to be asked.
        stays: the words say more than the date, as a time of day, and stay in the text.
        readings: the dates that may be meant, where it has to be asked.
        problem: the sentence that asks.
    """

    count: int
    on: date | None = None
    stays: bool = False
    readings: tuple[date, ...] = ()
    problem: str = ""


def date_at_end(words: Sequence[str], today: date) -> DateAtEnd | None:
    """The date that ends the words on the local date `today`; None when nothing there is meant as one.

    After a last `by` a date is expected, and whatever else is there is asked about; so are dates that have passed,
    that can be read in several ways, or whose preposition gives them another meaning. Quoted words are never read.
    """
    return _after_by(words, today) or _without_by(words, today)


def _after_by(words: Sequence[str], today: date) -> DateAtEnd | None:
    """The date after the last `by` of the words, or the question about what stands there.

    None without a `by` among the last words, for one before quoted words, and for a sentence that goes on after it.
    """
    for count in range(min(LONGEST_DATE_WORDS, len(words) - 1) + 1):
        if not words or any(is_kept(word) for word in words[len(words) - count :]):
            return None
        if folded(words[-count - 1]) != "by":
            continue
        typed = " ".join(words[len(words) - count :])
        if not folded(typed):
            return DateAtEnd(count + 1, problem="Say by when: after by comes a date, such as fri or 4 dec.")
        reading = _whole_reading(typed, today) or _question_after_by(typed, today, is_short=count <= LONGEST_BY_WORDS)
        return replace(reading, count=count + 1) if reading else None
    return None


def _question_after_by(typed: str, today: date, *, is_short: bool) -> DateAtEnd | None:
    """The question about words after `by` that are no date as a whole; None for a sentence that goes on."""
    if CLOCK.fullmatch(f" {folded(typed)}"):
        question = f"{shown(typed)} is a time of day. Is it due today?"
        return DateAtEnd(0, stays=True, readings=(today,), problem=question)
    if (begun := date_at_beginning(typed, today)) is not None:
        question = f"A date stands in {shown(typed)}. Is it the day by which it is due?"
        return DateAtEnd(0, stays=True, readings=(begun[0],), problem=question)
    return DateAtEnd(0, problem=f"After by comes a date, and {shown(typed)} is not one.") if is_short else None


def _without_by(words: Sequence[str], today: date) -> DateAtEnd | None:
    """The date at the end without a `by`, using as many words as possible; with a question if it may be no date.

    `on` or `due` before it belong to the date; after words such as `until` it is asked about.
    """
    for count in range(min(LONGEST_DATE_WORDS, len(words)), 0, -1):
        ending = words[len(words) - count :]
        if any(is_kept(word) for word in ending):
            continue
        typed = " ".join(ending)
        reading = _whole_reading(typed, today, is_bare=True)
        if reading is None:
            continue
        before = folded(words[-count - 1]) if count < len(words) else ""
        if before in AT_THE_DATE:
            return replace(reading, count=count + 1)
        dates = reading.readings if reading.on is None else (reading.on,)
        if before in OTHER_MEANING and dates:
            question = f"Is it due by the date in {shown(f'{before} {typed}')}?"
            return DateAtEnd(count, stays=True, readings=dates, problem=question)
        if reading.on is not None and _may_be_no_date(typed):
            question = f"Is {shown(typed)} the day by which it is due?"
            return DateAtEnd(count, readings=dates, problem=question)
        return replace(reading, count=count)
    return None


def whole_date(typed: str, today: date) -> DateAtEnd:
    """The date that the words are as a whole, or the question about it; `count` is 0."""
    problem = f"{shown(typed)} is not a date; write one like {DATE_EXAMPLES}."
    return _whole_reading(typed, today) or DateAtEnd(0, problem=problem)


def _whole_reading(typed: str, today: date, *, is_bare: bool = False) -> DateAtEnd | None:
    """The date, or the question about it, of words that are a date as a whole; None when they are not. `count` is 0.

    Of "fri at the latest" the closing words do not count; with a time of day the words stay in the text. A vague or
    ambiguous date, and one that has passed, is a question. `is_bare`: no `by` asks for a date, so that words with
    another meaning are none.
    """
    phrase = folded(typed)
    if (closing := CLOSING.search(phrase)) is not None:
        return _whole_reading(phrase[: closing.start()], today, is_bare=is_bare)
    if (clock := CLOCK.search(phrase)) is not None:
        reading = _whole_reading(phrase[: clock.start()], today, is_bare=is_bare)
        return DateAtEnd(0, reading.on, True, reading.readings, reading.problem) if reading else None
    if vague := vague_dates(phrase, today, is_bare=is_bare):
        return DateAtEnd(0, readings=vague, problem=f"{shown(typed)} can be several days. Which one?")
    try:
        on = read_date(phrase.removeprefix("the "), today)
    except AmbiguousDate as two:
        # of `fri 4 dec` the date comes before the weekday, whichever is sooner
        ahead = ahead_of(two, today) if numbers_only(folded(typed)) else tuple(on for on in two.dates if on >= today)
        if len(ahead) == 1:
            return DateAtEnd(0, ahead[0])
        return DateAtEnd(0, readings=ahead, problem=f"{shown(folded(typed))} can be read in two ways. Which day?")
    except NotUnderstood as refused:
        # `31.2.` has the form of a date; without its last dot it may be a number
        if _is_surely_a_date(phrase) or (DOTTED.fullmatch(phrase) and typed.endswith(".") and not typed.endswith("..")):
            return DateAtEnd(0, problem=str(refused))
        return _slip_of_day(typed, today, is_bare=is_bare)
    if on < today:
        problem = f"{day_text(on, today)} has passed; give today, {day_text(today)}, or a later date."
        return DateAtEnd(0, problem=problem)
    return DateAtEnd(0, on)


def _is_surely_a_date(phrase: str) -> bool:
    """Return true for words that have the form of a date, in the calendar or not."""
    if YEAR_FIRST.fullmatch(phrase) or DASHED.fullmatch(phrase) or _has_year(phrase):
        return True
    match = DAY_FIRST.fullmatch(phrase) or MONTH_FIRST.fullmatch(phrase)
    return match is not None and match["month"] in MONTHS


def _slip_of_day(typed: str, today: date, *, is_bare: bool) -> DateAtEnd | None:
    """The question about a word that is nearly a day; without a `by`, a word with a capital is taken for a name."""
    word = folded(typed)
    if " " in word or word in NOT_DAYS or (is_bare and (len(word) < SHORTEST_SLIP_LETTERS or not typed[0].islower())):
        return None
    near = nearest(word, DAY_WORDS)
    on = read_date(near, today) if near else None
    if near is None or on is None or on < today:
        return None
    return DateAtEnd(0, readings=(on,), problem=f"{shown(typed)} is not a date. Did you mean {near}?")


def date_at_beginning(typed: str, today: date) -> tuple[date, str] | None:
    """The date that begins the words, and the rest of them; None when they begin otherwise, or end with it."""
    words = typed.split()
    for count in range(len(words) - 1, 0, -1):
        reading = _whole_reading(" ".join(words[:count]).rstrip(":"), today)
        if reading is not None and reading.on is not None:
            return reading.on, " ".join(words[count:])
    return None


def date_in_front(words: Sequence[str], today: date) -> DateAtEnd | None:
    """The question whether the date that begins the words, as in `friday: send it`, is the due one; None without."""
    for count in range(min(LONGEST_DATE_WORDS, len(words) - 1), 0, -1):
        beginning = words[:count]
        if any(is_kept(word) for word in beginning):
            continue
        typed = " ".join(beginning).rstrip(":")
        reading = _whole_reading(typed, today, is_bare=True)
        if reading is not None and reading.on is not None and not _may_be_no_date(folded(typed)):
            return DateAtEnd(count, readings=(reading.on,), problem=f"Is {shown(typed)} the day by which it is due?")
    return None


def _has_year(phrase: str) -> bool:
    """True for figures with a year."""
    match = DOTTED.fullmatch(phrase) or SLASHED.fullmatch(phrase)
    return match is not None and bool(match[3])


def _may_be_no_date(typed: str) -> bool:
    """Return true for words that are a date only after `by`, since they can be something else: `24/7`, `2.5`, `sat`."""
    phrase = folded(typed)
    if typed in ALSO_WORDS or (SLASHED.fullmatch(phrase) and not _has_year(phrase)):
        return True
    return bool(DOTTED.fullmatch(phrase)) and not _has_year(phrase) and not typed.endswith(".")
