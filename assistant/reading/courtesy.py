"""Leave out the courtesies around a question: "sorry to bother you but", "if you don't mind", "for my call"."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from assistant.reading.tokens import ENDS, Token
from assistant.reading.vocabulary import courtesies
from assistant.reading.vocabulary.lexicon import phrases, word_key

LONGEST = 12
"""Words of the longest courtesy."""

LONGEST_ANNOUNCEMENT = 7
"""Words of the longest clause that says only that a question comes."""

PAUSES = (",", "-", ":", ";")
ANNOUNCING = frozenset(courtesies.BEFORE_COLON.split("|"))
TOPIC = frozenset(courtesies.TOPIC.split())


def without_courtesies(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens without courtesies before and after the others; all of them where nothing else is said."""
    words = [word_key(each) for each in tokens]
    start, end = 0, len(tokens)
    while count := _opening(tokens[start:end], words[start:end]):
        start += count
    while count := _closing(tokens[start:end], words[start:end]):
        end -= count
    kept = list(tokens[start:end])
    if end < len(tokens) and tokens[-1].mark == "?":
        kept[-1] = replace(kept[-1], mark="?")
    elif end < len(tokens) and kept[-1].mark in PAUSES:
        kept[-1] = replace(kept[-1], mark=tokens[-1].mark if tokens[-1].mark in ENDS else "")
    return tuple(kept)


def _opening(tokens: Sequence[Token], words: Sequence[str]) -> int:
    """Return how many words before the question are a courtesy, 0 for none; one word at least is left."""
    announced = next((each + 1 for each, token in enumerate(tokens) if token.mark in PAUSES), 0)
    said = words[:announced]
    is_announcement = bool(ANNOUNCING & set(said)) and _says_no_more(said)
    if is_announcement and announced < len(tokens):
        return announced
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        if tuple(words[:count]) in _phrases(courtesies.OPENERS):
            return count
    return 0


def _says_no_more(said: Sequence[str]) -> bool:
    """Return true for "quick question before my 3 o'clock", false for "a question about Maple"."""
    after = said[next(each for each, word in enumerate(said) if word in ANNOUNCING) :]
    return len(said) <= LONGEST_ANNOUNCEMENT and (TOPIC.isdisjoint(said) or list(after[1:3]) == ["for", "you"])


def _closing(tokens: Sequence[Token], words: Sequence[str]) -> int:
    """Return how many words after the question are a courtesy, 0 for none; one word at least is left."""
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        said = tuple(words[-count:])
        is_parted = bool(tokens[-count - 1].mark)
        if said in _phrases(courtesies.CLOSERS) or (is_parted and said in _phrases(courtesies.ASIDES)):
            return count
    return 0


@cache
def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(phrases(text))
