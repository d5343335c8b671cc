"""Most lines and names of each part of the executive page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown:
    """Most decisions of the month before, interventions, accounts that grew or advanced, names, decisions, meetings."""

    past: int
    interventions: int
    expanded: int
    advanced: int
    names: int
    decided: int
    touches: int


SHORT = Shown(past=3, interventions=6, expanded=3, advanced=4, names=4, decided=8, touches=2)
"""So many fit forty lines, which are read in two minutes."""

WHOLE = Shown(*(10_000 for _ in range(7)))
"""Everything, for the details."""


def split(found: Sequence[T], most: int) -> tuple[Sequence[T], int]:
    """Return the first ones, and how many there are beyond them."""
    return found[:most], max(0, len(found) - most)
