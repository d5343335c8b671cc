"""One setting of the program: its unit, its default, and the values it may have."""

import re
from dataclasses import dataclass
from enum import StrEnum

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
"""A domain in lower case, without a scheme or a path."""

PLACE = re.compile(r"(?:[A-Z]{2}(?:-[A-Z0-9]{1,6})?)?")
"""The code of a country and of one of its parts, `DE-BY`; empty for none."""

AMOUNT = re.compile(r"[A-Z]{3} [1-9][0-9]{0,12}")
"""A currency and a whole amount of it."""

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
    MESSAGES = "messages"
    CHOICE = "choice"
    CHOICES = "choices"
    DOMAINS = "domains"
    AMOUNTS = "amounts"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. A number lies between `least` and `most`; 0 is no limit where `may_be_none`.

    Domains and amounts are as many as `most`: domains in lower case, amounts as `EUR 500000`, one of a currency.
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
            return self._written(value, DOMAIN)
        if self.unit is Unit.AMOUNTS:
            amounts = self._written(value, AMOUNT)
            currencies = [each[:3] for each in amounts or ()]
            return amounts if len(set(currencies)) == len(currencies) else None
        if self.unit is Unit.CHOICES:
            if not isinstance(value, list | tuple) or not set(map(str, value)) <= set(self.choices):
                return None
            return tuple(choice for choice in self.choices if choice in value)
        if self.unit is Unit.PLACE:
            return value if isinstance(value, str) and PLACE.fullmatch(value) else None
        if self.unit is Unit.CHOICE:
            return value if isinstance(value, str) and value in self.choices else None
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return value if self.least <= value <= self.most or (value == 0 and self.may_be_none) else None

    def _written(self, value: object, form: re.Pattern[str]) -> tuple[str, ...] | None:
        """Return a list of texts that all have this form; None for anything else."""
        if not isinstance(value, list | tuple) or len(value) > self.most:
            return None
        texts = tuple(str(each) for each in value)
        return texts if all(form.fullmatch(each) for each in texts) else None
