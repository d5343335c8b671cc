"""Days that words mean: for what happened and for what is to come, where these differ."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from agendas.text.date_forms import DAYS_PER_WEEK, add_months, month_end
from assistant.query import Period

MONTHS_PER_QUARTER = 3
MONTHS_PER_HALF = 6
MONTHS_PER_YEAR = 12


class Unit(StrEnum):
    """Units of time that people count in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: MONTHS_PER_QUARTER, Unit.YEAR: MONTHS_PER_YEAR}


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
        return replace(
            self,
            past=self._ahead(self.past, earliest.past.first),
            coming=self._ahead(self.coming, earliest.coming.first),
        )

    def _ahead(self, span: Span, earliest: date) -> Span:
        while self.again and span.last < earliest:
            span = Span(moved(span.first, self.again, 1), _moved_end(span.last, self.again))
        return span


def one_day(on: date) -> Days:
    """Return the day alone."""
    return Days(Span(on, on), Span(on, on), is_day=True)


def once(first: date, last: date) -> Days:
    """Return days that are the same for what happened and what is to come."""
    return Days(Span(first, last), Span(first, last))


def alike(span: Span) -> Days:
    """Return the days of a span, the same for what happened and what is to come."""
    return Days(span, span)


def unit_around(on: date, unit: Unit) -> Span:
    """Return the day, week (from Monday), month, quarter or year that a day is in."""
    if unit is Unit.DAY:
        return Span(on, on)
    if unit is Unit.WEEK:
        monday = on - timedelta(days=on.weekday())
        return Span(monday, monday + timedelta(days=DAYS_PER_WEEK - 1))
    months = MONTHS_IN[unit]
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
    if first and last and unit_of(Span(first, last)) in (unit, None):
        is_whole = unit_of(Span(first, last)) is unit
        ahead = moved(first, unit, count)
        return Period(*_ends(unit_around(ahead, unit))) if is_whole else Period(ahead, moved(last, unit, count))
    if first and last:
        return Period(*_ends(unit_around(moved(first, unit, count), unit)))
    return Period(first and moved(first, unit, count), last and moved(last, unit, count))


def latest_and_next(find: Callable[[int], Span | None], today: date) -> Days | None:
    """Return days that come once a year: the latest that have begun, and the first that have not ended.

    `find` gives the days in one year, None where it has none.
    """
    found = [span for year in range(today.year - 1, today.year + 2) if (span := find(year))]
    past = [span for span in found if span.first <= today]
    coming = [span for span in found if span.last >= today]
    return Days(past[-1], coming[0], again=Unit.YEAR) if past and coming else None


def _ends(span: Span) -> tuple[date, date]:
    return span.first, span.last


def _moved_end(on: date, unit: Unit) -> date:
    ahead = moved(on, unit, 1)
    return month_end(ahead) if unit is Unit.YEAR and on == month_end(on) else ahead
