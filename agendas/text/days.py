"""Days as people count them: by the calendar on the wall, not by 24 hours."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=10_000)
def local_date(instant: datetime, zone: str) -> date:
    """The date of an instant in an IANA zone; kept, as a page asks for that of the present moment again and again."""
    return instant.astimezone(ZoneInfo(zone)).date()


def days_between(earlier: datetime, later: datetime, zone: str) -> int:
    """Calendar days from one instant to a later one in an IANA zone; 0 when they are the wrong way round."""
    return max(0, (local_date(later, zone) - local_date(earlier, zone)).days)
