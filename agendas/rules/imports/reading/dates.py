"""Days and instants in a CRM's export: which of day and month comes first is asked where a column does not show it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from agendas.errors import NotUnderstood
from agendas.facts.deals import OpportunityType, Phase
from agendas.rules.imports.reading.table import Table
from agendas.text.days import local_date
from agendas.text.limits import shown


class DateOrder(StrEnum):
    """Order of day and month in a date like 3/4/2026."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Unsaid(NotUnderstood):
    """Something about the file that only a person can say.

    `about` is dates, currency, crm or kind, `question` says why, `choices` are the kinds of file that it can be, `ids`
    those whose CRM is not known.
    """

    def __init__(
        self, about: str, question: str, how: str, *, choices: tuple[str, ...] = (), ids: tuple[str, ...] = ()
    ) -> None:
        self.about, self.question, self.choices, self.ids = about, question, choices, ids
        super().__init__(f"{question} {how}")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a person said of putting accounts on the list, for those of which the file or the words say nothing.

    Without a `tier` they stay candidates. `is_typed` where the accounts were named in words, which may move them.
    """

    tier: int | None = None
    because: str = ""
    why_now: str = ""
    motion: str = ""
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Answers about a file: the order of its dates, the phases of stage names, the currency of amounts.

    `now` is when it is imported; `currency` is that of amounts, and `zone` the IANA zone of times, that name none.
    `accounts` has the accounts that companies are, by id or name, by the label under which they are asked about;
    `further` is the type of further deals of accounts that have bought, where rows name none.
    `crm` is the CRM of ids that are not of the shape of the file's own. With `naming`, accounts that have a tier are
    put on the list.
    """

    now: datetime
    dates: DateOrder | None = None
    stages: tuple[tuple[str, Phase], ...] = ()
    currency: str = ""
    zone: str = "UTC"
    accounts: tuple[tuple[str, str], ...] = ()
    further: OpportunityType | None = None
    crm: str = ""
    naming: Naming | None = None


YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)")
CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
YEARS = range(1970, 2101)
"""A date outside of them is a slip of somebody's fingers."""
CENTURY = 100
NOON = 12
LINES_NAMED = 5


def order_of(table: Table, place: int, options: ImportOptions) -> DateOrder:
    """Return the order of the dates in a column of the table: as its cells show, else as the option says.

    A cell that is a date in one order alone shows it. Dates that begin with the year have no order to ask for, and
    those with dots begin with the day.

    Raises:
        Unsaid: cells can be read both ways, and the others show no order or both; says what to add.
    """
    found = [(row.line, row.values[place].strip()) for row in table.rows]
    orders = [(line, text, _orders(text)) for line, text in found]
    unclear = next((text for _, text, possible in orders if len(possible) > 1), None)
    shown_by = {order: [(line, text) for line, text, possible in orders if possible == {order}] for order in DateOrder}
    day_first, month_first = shown_by[DateOrder.DAY_FIRST], shown_by[DateOrder.MONTH_FIRST]
    if bool(day_first) != bool(month_first):
        return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
    if unclear is None or options.dates is not None:
        return options.dates or DateOrder.MONTH_FIRST
    column = f"In the column {shown(table.headers[place])}"
    question = f"{column} the date {unclear} can be read with the day or with the month first."
    if day_first:
        question = (
            f"{column} {_with_lines(day_first)} can begin with the day alone, and {_with_lines(month_first)} with the "
            f"month alone. {unclear} can be read both ways."
        )
    raise Unsaid("dates", question, "Say which: add --dates day-first or --dates month-first.")


def _orders(text: str) -> set[DateOrder]:
    """Return the orders in which the text begins with a date and that make a difference: none, one or both."""
    found = YEAR_LAST.match(text)
    if found is None or found["mark"] == ".":
        return set()
    possible = {order: day for order in DateOrder if (day := _date_in(found, order))}
    is_same = len(possible) > 1 and len(set(possible.values())) == 1
    return set() if is_same else set(possible)


def _date_in(found: re.Match[str], order: DateOrder) -> date | None:
    """Return the date that the parts of YEAR_LAST make in this order, None for none."""
    first, second, said = found["first"], found["second"], found["year"]
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    year = int(said)
    if len(said) < len("2026"):
        year += YEARS.start - YEARS.start % CENTURY + (CENTURY if year < YEARS.start % CENTURY else 0)
    return _date(year, int(month), int(day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _with_lines(cells: Sequence[tuple[int, str]]) -> str:
    """Return the first cell and the lines of all, as `13/4/2026 (lines 3 and 9)`."""
    lines = [f"{line:,}" for line, _ in cells[:LINES_NAMED]]
    if len(cells) > LINES_NAMED:
        lines.append(f"{len(cells) - LINES_NAMED:,} more")
    named = " and ".join(filter(None, (", ".join(lines[:-1]), lines[-1])))
    return f"{cells[0][1]} (line{'s' if len(cells) > 1 else ''} {named})"


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

    def is_other_way(self, text: str) -> bool:
        """Return true for a date that can be read in the other order alone, and is read in it."""
        return bool(possible := _orders(text.strip())) and self.order not in possible

    def _day(self, text: str) -> tuple[date, str] | None:
        """The day that the text begins with, and what follows it."""
        if found := YEAR_FIRST.match(text):
            day = _date(int(found["year"]), int(found["month"]), int(found["day"]))
        elif found := YEAR_LAST.match(text):
            orders = _orders(text) or {DateOrder.DAY_FIRST}
            day = _date_in(found, self.order if self.order in orders else orders.pop())
        else:
            return None
        return (day, text[found.end() :]) if day else None


def _clock(text: str) -> tuple[time, str] | None:
    """The time of day and the offset as ISO has it ('' for none); None for another text."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"] and hour > NOON:
        return None
    if found["half"]:
        hour = hour % NOON + (NOON if found["half"][0] in "pP" else 0)
    offset = found["offset"] or ""
    try:
        at = time(hour, int(found["minute"]), int(found["second"] or 0))
        return at, "+00:00" if offset.isalpha() else offset
    except ValueError:
        return None
