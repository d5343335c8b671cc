"""Days by the calendar on the wall, not by 24 hours, and the time zones that they are told in."""

from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones


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


def before_said(minutes: int) -> str:
    """Return a time before something, in hours where they are whole: `2 hours before`, `90 minutes before`."""
    count, unit = (minutes, "minute") if minutes % 60 else (minutes // 60, "hour")
    return f"{count} {unit}{'' if count == 1 else 's'} before"


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone name, for choosing one; read from disk once, as that takes some fifty milliseconds."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1_000)
def is_zone(name: str) -> bool:
    """Return true if there is a zone of this name; found without reading the others."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return bool(name)
