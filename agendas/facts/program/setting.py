"""One setting of the program: its unit, its default, and the values it may have."""

import re
from dataclasses import dataclass
from enum import StrEnum

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
"""A domain in lower case, without a scheme or a path."""

Value = int | str | tuple[str, ...]
"""A number, one of the choices, or several of them."""


class Unit(StrEnum):
    """Unit of a setting."""

    ACCOUNTS = "accounts"
    DAYS = "days"
    HOURS = "business hours"
    MINUTES = "minutes"
    POINTS = "points"
    PERCENT = "percent"
    TIMES = "times"
    PEOPLE = "people"
    QUESTIONS = "questions"
    CHOICE = "choice"
    CHOICES = "choices"
    DOMAINS = "domains"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. A number lies between `least` and `most`; 0 is no limit where `may_be_none`.

    Domains are as many as `most`, in lower case.
    """

    key: str
    group: str
    label: str
    unit: Unit
    default: Value
    least: int = 0
    most: int = 1_000
    may_be_none: bool = False
    choices: tuple[str, ...] = ()

    def accepted(self, value: object) -> Value | None:
        """The value if this setting may have it, None otherwise. A list stands for several choices."""
        if self.unit is Unit.DOMAINS:
            return self._domains(value)
        if self.unit is Unit.CHOICES:
            if not isinstance(value, list | tuple) or not set(map(str, value)) <= set(self.choices):
                return None
            return tuple(choice for choice in self.choices if choice in value)
        if self.unit is Unit.CHOICE:
            return value if isinstance(value, str) and value in self.choices else None
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return value if self.least <= value <= self.most or (value == 0 and self.may_be_none) else None

    def _domains(self, value: object) -> tuple[str, ...] | None:
        if not isinstance(value, list | tuple) or len(value) > self.most:
            return None
        domains = tuple(str(each) for each in value)
        return domains if all(DOMAIN.fullmatch(each) for each in domains) else None
