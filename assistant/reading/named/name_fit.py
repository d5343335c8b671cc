"""How well words of a text fit the name of an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from agendas.text.account_names import AccountKey
from assistant.reading.named.common_words import COMMON_WORDS
from assistant.reading.tokens import Token, words_of

SHORTEST_FIRST_PART = 4
"""Letters of a first word that may stand for the whole of it: `bright` for Brightwater."""

SHORTEST_LATER_PART = 3
"""Letters of a later word that may stand for it: `maple ins`."""


TWO_SLIPS = 6
"""Letters of a word from which two slips are forgiven."""

SPOKEN_AND = frozenset({"and", "an", "n", "und", "et"})


class Rank(IntEnum):
    """How much of a name the words are, the better the higher."""

    PART = 1
    """The beginning of its first word."""
    BEGINNING = 2
    """Its first words, the later ones perhaps cut short."""
    WHOLE = 3
    """All of it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Words from `start` up to `end` that fit a key."""

    start: int
    end: int
    key: AccountKey
    rank: Rank


def best_fits(tokens: Sequence[Token], start: int, keys: Sequence[AccountKey]) -> list[Fit]:
    """Return how the words from a token on fit each of the keys, for those that they fit."""
    found = (_fit(tokens, start, each, words) for each in keys for words in ways_to_say(each.key))
    return [fit for fit in found if fit]


@lru_cache(maxsize=8192)
def ways_to_say(key: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a key; of a domain also its first label alone."""
    words = words_of(key)
    if len(words) == 1 and "." in words[0]:
        return words, (words[0].partition(".")[0],)
    return (words,) if words else ()


def fitting_words(token: Token, word: str) -> bool:
    """Return true if the token is the word, perhaps with a possessive."""
    return token.word == word or (token.stem != token.word and token.stem == word)


def _fit(tokens: Sequence[Token], start: int, key: AccountKey, words: tuple[str, ...]) -> Fit | None:
    position, fitted, ranks = start, 0, [Rank.WHOLE]
    while fitted < len(words) and position < len(tokens):
        word = words[fitted]
        if word == "and" and tokens[position].word not in SPOKEN_AND:
            fitted += 1
            continue
        step = _step(tokens[position : position + 2], word, is_first=fitted == 0)
        if step is None:
            break
        ranks.append(step[1])
        position, fitted = position + step[0], fitted + 1
        if _ends_name(tokens[position - 1]):
            break
    if position > start and tokens[position - 1].word in SPOKEN_AND:
        position -= 1
    if position == start:
        return None
    return Fit(start, position, key, min(ranks) if fitted == len(words) else min(*ranks, Rank.BEGINNING))


def _step(tokens: Sequence[Token], word: str, *, is_first: bool) -> tuple[int, Rank] | None:
    """Return how many tokens are a word of a name, and how much of it; None for another word."""
    token = tokens[0]
    if fitting_words(token, word) or (word == "and" and token.word in SPOKEN_AND):
        return 1, Rank.WHOLE
    if len(tokens) > 1 and word in (f"{token.word}{tokens[1].word}", f"{token.word}{tokens[1].stem}"):
        return 2, Rank.WHOLE
    if _is_part(token, word, is_first=is_first):
        return 1, Rank.PART if is_first else Rank.BEGINNING
    return (1, Rank.BEGINNING) if not is_first and is_slip(token, word) else None


def is_slip(token: Token, word: str) -> bool:
    """Return true if the token is spelled nearly as a word of a name, and is no common word."""
    if len(word) < SHORTEST_FIRST_PART or {token.word, token.stem} & COMMON_WORDS:
        return False
    slips = 1 if len(word) < TWO_SLIPS else 2
    return any(OSA.distance(typed, word, score_cutoff=slips) <= slips for typed in {token.word, token.stem})


def _is_part(token: Token, word: str, *, is_first: bool) -> bool:
    """Return true if the token is the beginning of the word, cut short by the person who typed it."""
    if len(token.word) < (SHORTEST_FIRST_PART if is_first else SHORTEST_LATER_PART) or token.word in COMMON_WORDS:
        return False
    return word.startswith((token.word, token.stem))


def _ends_name(token: Token) -> bool:
    return token.is_possessive or token.mark not in ("", ".")
