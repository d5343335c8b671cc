"""The words of questions: phrases and what they may mean, kept as data in `lexicon.txt`."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from assistant.words import SHORT_FORMS

FILE = Path(__file__).with_name("lexicon.txt")
LONGEST_PHRASE = 8
"""Words of the longest phrase."""

SOFT = "skip"
"""The sense of a word that may go unused."""

SHORTEST_CORRECTED = 5
TWO_SLIPS_LETTERS = 9
"""Letters of a word from which a slip, and from which two slips of spelling are corrected."""

Phrase = tuple[str, ...]
Senses = tuple[str, ...]


@cache
def phrases() -> Mapping[Phrase, Senses]:
    """Return the senses of every phrase by its words, the likeliest sense first."""
    found: dict[Phrase, Senses] = {}
    senses: Senses = ()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            senses = tuple(line[2:].split())
        elif line.strip() and not line.startswith(("#", "~")):
            for phrase in filter(None, map(str.strip, line.split(","))):
                words = tuple(SHORT_FORMS.get(word, word) for word in phrase.split())
                found[words] = tuple(dict.fromkeys((*found.get(words, ()), *senses)))
    return found


def phrase_at(words: Sequence[str], start: int) -> tuple[int, Senses] | None:
    """Return how many words the longest phrase that begins there has, and its senses; None where none begins."""
    known = phrases()
    for count in range(min(LONGEST_PHRASE, len(words) - start), 0, -1):
        senses = known.get(tuple(words[start : start + count]))
        if senses:
            return count, senses
    return None


@cache
def single_words() -> frozenset[str]:
    """Return every word of every phrase."""
    return frozenset(word for phrase in phrases() for word in phrase)


@lru_cache(maxsize=4096)
def corrected(word: str) -> str | None:
    """Return the one word of the lexicon that this is a slip of, None where it is near to none, or to two."""
    if not word.isalpha() or len(word) < SHORTEST_CORRECTED:
        return None
    for slips in range(1, 2 + (len(word) >= TWO_SLIPS_LETTERS)):
        near = {
            each
            for each in single_words()
            if len(each) >= SHORTEST_CORRECTED - 1 and OSA.distance(word, each, score_cutoff=slips) <= slips
        }
        near = {each for each in near if each[0] == word[0]} or near
        if len({each.removesuffix("s") for each in near}) == 1:
            return min(near, key=lambda each: (abs(len(each) - len(word)), each))
    return None
