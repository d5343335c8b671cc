"""Parsers of entered values: choices, numbers, dates and times. Errors stand beside their field.

Slack sends only what a form offers. Anything else comes from a form of another version of this program.
"""

from collections.abc import Collection, Sequence
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from agendas.errors import FieldProblems, Outdated
from handlers.edge.request import number_in
from handlers.edge.views import Values

NOT_OFFERED = "Choose one of those offered here."
NO_DATE = "Choose a date."
NO_TIME = "Choose a time."
FIRST_YEAR, LAST_YEAR = 1970, 2999

Choice = TypeVar("Choice", bound=StrEnum)


def offered(pairs: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The values of the (label, value) pairs of a select."""
    return frozenset(value for _, value in pairs)


def choice_in(entered: Values, name: str, choices: type[Choice]) -> Choice | None:
    """The choice, None where none was made. Raises FieldProblems for one that is not offered."""
    written = entered.get(name, "")
    if not written:
        return None
    try:
        return choices(written)
    except ValueError:
        raise FieldProblems({name: NOT_OFFERED}) from None


def number_entered(entered: Values, name: str, *, most: int) -> int | None:
    """The number chosen, None where none was. Raises FieldProblems for one that is not between 1 and `most`."""
    written = entered.get(name, "")
    try:
        chosen = number_in(written) if written else None
    except Outdated:
        chosen = 0
    if chosen is not None and not 0 < chosen <= most:
        raise FieldProblems({name: NOT_OFFERED})
    return chosen


def day_in(entered: Values, name: str) -> date | None:
    """The date, None where none was chosen. Raises FieldProblems for anything else, and for years far away."""
    written = entered.get(name, "")
    try:
        chosen = date.fromisoformat(written) if written else None
    except ValueError:
        raise FieldProblems({name: NO_DATE}) from None
    if chosen is not None and not FIRST_YEAR <= chosen.year <= LAST_YEAR:
        raise FieldProblems({name: f"Choose a date between {FIRST_YEAR} and {LAST_YEAR}."})
    return chosen


def time_in(entered: Values, name: str) -> time | None:
    """The wall time, None where none was chosen. Raises FieldProblems for anything else."""
    written = entered.get(name, "")
    try:
        chosen = time.fromisoformat(written) if written else None
    except ValueError:
        raise FieldProblems({name: NO_TIME}) from None
    return chosen.replace(second=0, microsecond=0, tzinfo=None) if chosen else None


def several_in(entered: Values, name: str, offered: Collection[str]) -> tuple[str, ...]:
    """The choices made. Raises FieldProblems for one that is not offered."""
    written = tuple(each for each in entered.get(name, "").split(",") if each)
    if not set(written) <= set(offered):
        raise FieldProblems({name: NOT_OFFERED})
    return written


def field_number(name: str) -> int:
    """The number in a field's name, after the slash. Raises Outdated when there is none."""
    return number_in(name.partition("/")[2])
