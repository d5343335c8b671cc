"""Reviews of a cadence that were not held: after two in a row people are told, and after another two again."""

from collections.abc import Iterable

TOLD_AFTER = 2
"""One review may fall out; two in a row are a habit. Ours."""


def not_held_in_a_row(latest_first: Iterable[bool]) -> int:
    """Return how many reviews since the last that was held were not held, from the latest on."""
    count = 0
    for was_held in latest_first:
        if was_held:
            break
        count += 1
    return count


def is_told(in_a_row: int) -> bool:
    """Return true after every second review in a row that was not held."""
    return in_a_row > 0 and in_a_row % TOLD_AFTER == 0
