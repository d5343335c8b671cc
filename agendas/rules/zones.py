"""The time zones there are."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone name; read from disk once, as that takes some milliseconds."""
    return frozenset(available_timezones())
