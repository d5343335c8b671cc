"""Slips of the finger in the words that say what is asked."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from assistant.vocabulary import GRAMMAR, INTENT_WORDS, ROLE_WORDS

SHORTEST_SLIP_LETTERS = 5


def put_right(words: Sequence[str]) -> list[str]:
    """The words of a question, with slips put right when no word says what is asked; a role is asked of the group."""
    if "who" in words and not set(words) & INTENT_WORDS:
        words = ["buying-group" if word in ROLE_WORDS else word for word in words]
    if len(words) < 2 or set(words) & INTENT_WORDS:
        return list(words)
    return [_nearest(word) for word in words]


def _nearest(word: str) -> str:
    if word in GRAMMAR or len(word) < SHORTEST_SLIP_LETTERS:
        return word
    near = (each for each in sorted(INTENT_WORDS) if len(each) >= SHORTEST_SLIP_LETTERS)
    return next((each for each in near if OSA.distance(word, each, score_cutoff=1) <= 1), word)
