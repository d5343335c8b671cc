"""Limits of stages that follow from how long accounts stayed in them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CalibratedLimit:
    """A limit in days by the key of its setting, and the number of completed stays that it follows from."""

    key: str
    days: int
    stays: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Limits as they were worked out on a local day, by key; without any before the first time."""

    limits: tuple[CalibratedLimit, ...] = ()
    on: date | None = None

    @classmethod
    def of(cls, stored: object, keys: Collection[str]) -> "Calibration":
        """The limits as they are stored; what belongs to none of these keys, or is no limit, is left out."""
        if not isinstance(stored, Mapping):
            return NONE
        limits = stored.get("limits")
        given = limits if isinstance(limits, Mapping) else {}
        read = [_read(key, given[key]) for key in sorted(keys) if key in given]
        return cls(tuple(limit for limit in read if limit is not None), _day(stored.get("on")))

    def to_store(self) -> dict[str, object]:
        """Return the limits as they are stored: days and stays by key."""
        limits = {limit.key: [limit.days, limit.stays] for limit in self.limits}
        return {"on": self.on.isoformat() if self.on else None, "limits": limits}

    def of_key(self, key: str) -> CalibratedLimit | None:
        """Return the limit of this key; None where there were too few stays."""
        return next((limit for limit in self.limits if limit.key == key), None)

    def days(self, key: str) -> int | None:
        """Return the days of this key's limit; None where there were too few stays."""
        found = self.of_key(key)
        return found.days if found else None


NONE = Calibration()


def _read(key: str, value: object) -> CalibratedLimit | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    days, stays = value
    if isinstance(days, bool) or not isinstance(days, int) or not isinstance(stays, int) or days < 1:
        return None
    return CalibratedLimit(key, days, stays)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
