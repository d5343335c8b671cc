"""Days by the calendar on the wall, not by 24 hours."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def local_date(instant: datetime, zone: str) -> date:
    """Return the date of an instant in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def days_between(earlier: datetime, later: datetime, zone: str) -> int:
    """Calendar days from one instant to a later one in an IANA zone; 0 when they are the wrong way round."""
    return max(0, (local_date(later, zone) - local_date(earlier, zone)).days)


def day_said(on: date) -> str:
    """Return a day as sentences say it: `26 Nov`."""
    return f"{on.day} {on:%b}"
