"""Texts without accents and capitals, to compare what people type with what others wrote."""

import re
import unicodedata
from collections.abc import Sequence

WITHOUT_ACCENT = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
"""Letters that no normal form parts into a letter and its accent."""

SHORTEST_BEGINNING = 3
"""Letters of a word from which on it may be the beginning of a longer one."""

_WORD = re.compile(r"[^\W_]+")


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
