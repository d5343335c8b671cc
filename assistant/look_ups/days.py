"""The period of a query as instants, and whether a day or an instant is within it."""

from dataclasses import dataclass
from datetime import MINYEAR, UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from agendas.text.days import local_date
from assistant.query import Period

EVER = Period()
"""The period without a beginning or an end."""


@dataclass(frozen=True, slots=True)
class Days:
    """A period in the asker's zone; without one, all days are within it."""

    period: Period
    zone: str

    @classmethod
    def of(cls, period: Period | None, zone: str) -> "Days":
        """Return the days of a period, or all days for None."""
        return cls(period or EVER, zone)

    @property
    def begin(self) -> datetime | None:
        """The first instant of the period, None where it has no beginning."""
        first = self.period.first
        return _midnight(first, self.zone) if first and first.year > MINYEAR else None

    @property
    def end(self) -> datetime | None:
        """The first instant after the period, None where it has no end."""
        last = self.period.last
        return _midnight(last + timedelta(days=1), self.zone) if last and last < date.max else None

    def has(self, value: date | datetime | None) -> bool:
        """Return true if a local day or an instant is within the period; None is within none."""
        if value is None:
            return False
        on = local_date(value, self.zone) if isinstance(value, datetime) else value
        first, last = self.period.first, self.period.last
        return (first is None or on >= first) and (last is None or on <= last)

    def reaches(self, today: date) -> bool:
        """Return true if the period goes on until today or later, so that the last of something decides."""
        return self.period.last is None or self.period.last >= today


def _midnight(on: date, zone: str) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
