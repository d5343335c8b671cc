"""The time zones there are."""

from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones


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
