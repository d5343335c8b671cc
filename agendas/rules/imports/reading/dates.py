"""Days and instants in a CRM's export: which of day and month comes first is asked where a column does not show it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from agendas.errors import NotUnderstood
from agendas.facts.deals import Phase
from agendas.text.days import local_date
from agendas.text.limits import shown


class DateOrder(StrEnum):
    """Order of day and month in a date like 3/4/2026."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Unsaid(NotUnderstood):
    """Something about the file that only a person can say: `about` is dates or currency, `question` says why."""

    def __init__(self, about: str, question: str, how: str) -> None:
        self.about, self.question = about, question
        super().__init__(f"{question} {how}")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Answers about a file: the order of its dates, the phases of stage names, the currency of amounts.

    `now` is when it is imported; `currency` is that of amounts, and `zone` the IANA zone of times, that name none.
    """

    now: datetime
    dates: DateOrder | None = None
    stages: tuple[tuple[str, Phase], ...] = ()
    currency: str = ""
    zone: str = "UTC"


YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})")
CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
MONTHS = 12
YEARS = range(1970, 2101)
"""A date outside of them is a slip of somebody's fingers."""
NOON = 12


def order_of(column: str, cells: Iterable[str], options: ImportOptions) -> DateOrder:
    """Return the order of a column's dates: as the option says, else as its cells show.

    Dates that begin with the year have no order to ask for, and those with dots begin with the day.

    Raises:
        Unsaid: every cell can be read both ways; says what to add.
        NotUnderstood: the column has both orders.
    """
    if options.dates is not None:
        return options.dates
    found = [match for match in (YEAR_LAST.match(cell.strip()) for cell in cells) if match and match["mark"] != "."]
    day_first = next((match for match in found if int(match["first"]) > MONTHS), None)
    month_first = next((match for match in found if int(match["second"]) > MONTHS), None)
    if day_first and month_first:
        raise NotUnderstood(
            f"The column {shown(column)} has {day_first[0]} and {month_first[0]}: one begins with the day, the other "
            "with the month. Export the file again with dates of one form."
        )
    unclear = next((match for match in found if match["first"].lstrip("0") != match["second"].lstrip("0")), None)
    if unclear and not day_first and not month_first:
        raise Unsaid(
            "dates",
            f"In the column {shown(column)} the date {unclear[0]} can be read with the day or with the month first.",
            "Say which: add --dates day-first or --dates month-first.",
        )
    return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST


def end_of(day: date, zone: str) -> datetime:
    """The last second of the day in an IANA zone, in UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)


def not_after(instant: datetime, options: ImportOptions) -> datetime | None:
    """The instant, now for one later today, and None for one on a later day."""
    if instant <= options.now:
        return instant
    return options.now if local_date(instant, options.zone) == local_date(options.now, options.zone) else None


@dataclass(frozen=True, slots=True)
class Dates:
    """Reader of the dates of one column, with their order; times without a zone are of `zone`."""

    order: DateOrder
    zone: str = "UTC"

    def day(self, text: str) -> date | None:
        """The day that the cell begins with; None when it begins with none."""
        read = self._day(text.strip())
        return read[0] if read else None

    def instant(self, text: str) -> datetime | None:
        """The instant in the cell, in UTC; a day alone is its last second. None when it is no date.

        What happened on the day of a review is so told in the next one, rather than in none.
        """
        read = self._day(text.strip())
        if read is None:
            return None
        day, rest = read
        if not rest.strip():
            return end_of(day, self.zone)
        clock = _clock(rest.lstrip(" ,T"))
        if clock is None:
            return None
        at, offset = clock
        if offset:
            return datetime.fromisoformat(f"{day.isoformat()}T{at.isoformat()}{offset}").astimezone(UTC)
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def _day(self, text: str) -> tuple[date, str] | None:
        """The day that the text begins with, and what follows it."""
        if found := YEAR_FIRST.match(text):
            numbers = int(found["year"]), int(found["month"]), int(found["day"])
        elif found := YEAR_LAST.match(text):
            is_day_first = found["mark"] == "." or self.order is DateOrder.DAY_FIRST
            day, month = (found["first"], found["second"]) if is_day_first else (found["second"], found["first"])
            numbers = int(found["year"]), int(month), int(day)
        else:
            return None
        if numbers[0] not in YEARS:
            return None
        try:
            return date(*numbers), text[found.end() :]
        except ValueError:
            return None


def _clock(text: str) -> tuple[time, str] | None:
    """The time of day and the offset as ISO has it ('' for none); None for another text."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % NOON + (NOON if found["half"][0] in "pP" else 0)
    offset = found["offset"] or ""
    try:
        at = time(hour, int(found["minute"]), int(found["second"] or 0))
        return at, "+00:00" if offset.isalpha() else offset
    except ValueError:
        return None
