"""The nearest word of a list, for what was probably meant; and words compared without accents and capitals."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

SHORT_WORD_LETTERS = 5
"""Up to this length one slip of the finger is taken for a slip, above it two."""

SHORTEST_BEGINNING = 3
"""Letters of a word that may stand for the whole of it."""

WITHOUT_ACCENT = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
"""Letters that no normal form parts into a letter and its accent."""

_WORD = re.compile(r"[^\W_]+")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` is a slip of, None when no choice is near enough.

    A slip is a letter too many, too few, wrong, or swapped with its neighbour. Case does not count. The first of
    several equally near choices wins.
    """
    typed = word.casefold()
    allowed_slips = 1 if len(typed) <= SHORT_WORD_LETTERS else 2
    best: str | None = None
    fewest = allowed_slips + 1
    for choice in choices:
        slips = OSA.distance(typed, choice.casefold(), score_cutoff=allowed_slips)
        if slips < fewest:
            best, fewest = choice, slips
    return best


def meant(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` is a slip of, else the only one that it is the beginning of; None for none."""
    known = tuple(choices)
    typed = word.casefold()
    beginning = (
        [each for each in known if each.casefold().startswith(typed)] if len(typed) >= SHORTEST_BEGINNING else []
    )
    return nearest(word, known) or (beginning[0] if len(beginning) == 1 else None)


def plain(text: str) -> str:
    """Return the text in lower case, without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each)).translate(WITHOUT_ACCENT)


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case and without accents; a full stop within a word parts nothing."""
    return _WORD.findall(plain(text).replace(".", ""))


def has_words(text: str, wanted: Sequence[str]) -> bool:
    """Return true if each of these plain words is in the text, as a word, its plural or the beginning of one."""
    there = plain_words(text)
    return all(any(_is(word, each) for each in there) for word in wanted)


def _is(wanted: str, word: str) -> bool:
    stem = wanted[:-1] if len(wanted) > SHORTEST_BEGINNING + 1 and wanted.endswith("s") else wanted
    return word == wanted or (len(stem) >= SHORTEST_BEGINNING and word.startswith(stem))
