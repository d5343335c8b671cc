"""Accounts that somebody took into a planned review, or left out of it, before it opens."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from agendas.facts.reviews.agenda import ItemPart

PARTS = (ItemPart.DISCUSSED, ItemPart.LEFT_OUT)
"""Parts that somebody can choose for an account."""


class Chosen(NamedTuple):
    """The part of an account in a planned review, and the person who chose it."""

    part: ItemPart
    by: str


def chosen_of(stored: Mapping[str, Any] | None, planned_on: date | None) -> Mapping[int, Chosen]:
    """Return what was chosen for the review planned on that day, by account id; what is stored of another day is not.

    What an older or later version stored otherwise is left out.
    """
    if not isinstance(stored, Mapping) or planned_on is None or stored.get("on") != planned_on.isoformat():
        return {}
    found: dict[int, Chosen] = {}
    for part in PARTS:
        of_part = stored.get(part.value)
        for number, by in of_part.items() if isinstance(of_part, Mapping) else ():
            if str(number).isdecimal():
                found[int(number)] = Chosen(part, str(by))
    return found


def to_store(chosen: Mapping[int, Chosen], planned_on: date) -> dict[str, object]:
    """Return the choices for the review planned on that day as they are stored."""
    of_parts = {part: {str(number): each.by for number, each in chosen.items() if each.part is part} for part in PARTS}
    return {"on": planned_on.isoformat()} | {part.value: of_part for part, of_part in of_parts.items() if of_part}
