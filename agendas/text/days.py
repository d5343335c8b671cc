"""Days by the calendar on the wall, not by 24 hours."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def local_date(instant: datetime, zone: str) -> date:
    """Return the date of an instant in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def days_between(earlier: datetime, later: datetime, zone: str) -> int:
    """Calendar days from one instant to a later one in an IANA zone; 0 when they are the wrong way round."""
    return max(0, (local_date(later, zone) - local_date(earlier, zone)).days)


def day_said(on: date, today: date | None = None) -> str:
    """Return a day as sentences say it: `26 Nov`; with the year when `today` is given and lies in another one."""
    year = f" {on.year}" if today is not None and today.year != on.year else ""
    return f"{on.day} {on:%b}{year}"


def weekday_said(on: date, today: date) -> str:
    """Return a day with its weekday, for a choice among days: `Fri 4 Dec`; with the year where it is another one."""
    return f"{on:%a} {day_said(on, today)}"
