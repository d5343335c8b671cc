"""Tell a text in another language from an English one, by its letters and function words."""

import unicodedata
from collections.abc import Collection, Sequence
from functools import cache

from assistant.reading.tokens import Token
from assistant.reading.vocabulary.languages import LANGUAGES
from assistant.reading.vocabulary.lexicon import is_known, word_key

FOREIGN_LETTERS = frozenset("äöüßéèêàçñãõáíóúåæœøłęąśżź")
LEAST_WORDS = 2
"""Function words of another language that show it."""


def is_foreign(tokens: Sequence[Token], named: Collection[int]) -> bool:
    """Return true if the words outside of names are of another language than English."""
    free = [each for position, each in enumerate(tokens) if position not in named and each.word]
    letters = [letter for each in free for letter in each.word if letter.isalpha()]
    if letters and sum(not _is_latin(letter) for letter in letters) * 2 > len(letters):
        return True
    words = [each.word for each in free]
    best = max((_score(words, language) for language in _languages()), default=(0, 0))
    surely, perhaps = best
    english = sum(is_known(word_key(each)) for each in free) - (perhaps - surely)
    marked = sum(bool(FOREIGN_LETTERS & set(each.typed.casefold())) for each in free)
    if surely >= LEAST_WORDS or (surely and marked):
        return surely + marked >= english
    return bool(surely + marked) and english <= 0 and len(words) >= LEAST_WORDS and surely + perhaps > 1


def _score(words: Sequence[str], language: frozenset[str]) -> tuple[int, int]:
    """Return how many words are of the language alone, and how many are English as well or not."""
    hits = [word for word in words if word in language]
    return sum(not is_known(word) for word in hits), len(hits)


@cache
def _languages() -> tuple[frozenset[str], ...]:
    return tuple(frozenset("".join(text.split()).split("|")) for text in LANGUAGES.values())


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
