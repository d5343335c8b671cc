"""Words of politeness before an order."""

from collections.abc import Sequence
from functools import cache

from assistant.reading.vocabulary.remarks import POLITE_PHRASES

_POLITE_SAID = (
    "please pls plz kindly can could would will you u hey hi hello cadence bot ok okay now then and so just "
    "be so kind as also quickly i want need like to id wanna lets let us we should must thanks"
)
POLITE = frozenset(_POLITE_SAID.split())


def start_of_order(words: Sequence[str]) -> int:
    """Return the position of the first word that is no mere politeness."""
    position = 0
    while position < len(words):
        asked = next((each for each in _polite() if tuple(words[position : position + len(each)]) == each), ())
        if not asked and words[position] not in POLITE:
            return position
        position += len(asked) or 1
    return position


@cache
def _polite() -> Sequence[tuple[str, ...]]:
    return tuple(tuple(each.split()) for each in POLITE_PHRASES.split("|") if each.strip())
