"""Words of days as they are spelled, for those that are typed with a slip."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from agendas.text.date_forms import MONTHS, WEEKDAYS
from assistant.reading.tokens import Token

SHORTEST_SLIP = 6
"""Letters of a word below which it is taken as it stands: `march` and `match` are both words."""

TWO_SLIPS = 8
"""Letters of a word from which two slips are forgiven."""

DAY_WORDS = tuple(
    sorted(
        word
        for word in {*MONTHS, *WEEKDAYS, "tomorrow", "yesterday", "quarter", "recently", "weekend", "fortnight"}
        if len(word) >= SHORTEST_SLIP
    )
)
OTHER_WORDS = frozenset({"quarters", "weekends", "monthly", "mondays", "fridays", "sundays", "decembers", "recent"})
"""Words that are near to one of days and are none of its slips."""

SHORT = {"2day": "today", "2moro": "tomorrow", "2morrow": "tomorrow", "tmro": "tomorrow", "yday": "yesterday"}


def spelled(token: Token) -> str:
    """Return the token's word, or the word of days that it is a slip of: `tommorow` is `tomorrow`."""
    return token.word if token.quote or token.user_id else _nearest(token.word)


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str:
    if word in SHORT:
        return SHORT[word]
    if len(word) < SHORTEST_SLIP or word in OTHER_WORDS or word in DAY_WORDS or not word.isalpha():
        return word
    slips = 2 if len(word) >= TWO_SLIPS else 1
    near = [each for each in DAY_WORDS if each[0] == word[0] and OSA.distance(word, each, score_cutoff=slips) <= slips]
    return near[0] if len(near) == 1 else word
