"""The sections of an account's agenda below its first line: which there are, and their usual order."""

from collections.abc import Iterable
from enum import StrEnum


class AgendaSection(StrEnum):
    """A section of an agenda, in the usual order. What there is none of is not shown, whatever is chosen."""

    WHY = "why"
    NUMBERS = "numbers"
    MOVED = "moved"
    DUE = "due"
    BLOCKED = "blocked"
    GAPS = "gaps"
    PLAYS = "plays"
    TO_DECIDE = "to_decide"


USUAL = tuple(AgendaSection)
"""Sections of the agendas of a cadence of which nobody chose others."""


def sections_of(stored: Iterable[str]) -> tuple[AgendaSection, ...]:
    """Return the sections stored, each once and in that order; the usual ones where none of them is known any more."""
    known = {each.value: each for each in AgendaSection}
    return tuple(dict.fromkeys(known[each] for each in stored if each in known)) or USUAL
