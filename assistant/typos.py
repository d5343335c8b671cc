"""Correction of typing errors in the words that tell what a question asks for."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from assistant.vocabulary import GRAMMAR, INTENT_WORDS, ROLE_WORDS

MIN_LETTERS = 5


def correct_typos(words: Sequence[str]) -> list[str]:
    """Return the words with typing errors corrected, if no word tells what is asked for.

    In a question with "who", the name of a role ("champion") asks for the buying group.
    """
    if "who" in words and not set(words) & INTENT_WORDS:
        words = ["buying-group" if word in ROLE_WORDS else word for word in words]
    if len(words) < 2 or set(words) & INTENT_WORDS:
        return list(words)
    return [_nearest(word) for word in words]


def _nearest(word: str) -> str:
    if word in GRAMMAR or len(word) < MIN_LETTERS:
        return word
    near = (each for each in sorted(INTENT_WORDS) if len(each) >= MIN_LETTERS)
    return next((each for each in near if OSA.distance(word, each, score_cutoff=1) <= 1), word)
