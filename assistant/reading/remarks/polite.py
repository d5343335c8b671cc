"""Words of politeness before an order."""

from collections.abc import Sequence
from functools import cache

from assistant.reading.vocabulary.remarks import POLITE_PHRASES

_POLITE_SAID = (
    "please pls plz kindly can could would will you u hey hi hello cadence bot ok okay now then and so just "
    "be so kind as also quickly i want need like to id wanna lets let us we should must thanks"
)
POLITE = frozenset(_POLITE_SAID.split())
_HOW_SAID = (
    "how do i|how do we|how can i|how can we|how to|how would i|how should i|where do i|where can i|how does one"
)
HOW = frozenset(_HOW_SAID.split("|"))


def words_of_how(words: Sequence[str]) -> int:
    """Return how many words ask how something is done, which is by its form as if it were ordered; 0 for none."""
    counts = (count for count in (3, 2) if " ".join(words[:count]) in HOW and len(words) > count)
    return next(counts, 0)


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
