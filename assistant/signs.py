"""The signs of news: phrases by what they say, kept as data in `news.txt`, whose head says how they are written."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from agendas.rules.group import OUR_WORDS
from agendas.text import people_named
from agendas.text.vocabulary import STAGE_WORDS

FILE = Path(__file__).with_name("news.txt")

KNOWN = {"ACTS": people_named.ACTS, "THINGS": people_named.THINGS, "TITLES": people_named.TITLES}
KNOWN |= {"DEPARTMENTS": people_named.DEPARTMENTS, "ROLES": frozenset(OUR_WORDS), "STAGES": frozenset(STAGE_WORDS)}
"""Words that are known elsewhere, by their names in the file."""

MARKS = {"(": "(?:", "-(": "(?!", "[": "(?:", "{": "(?:", ")": ")", "]": ")?", "}": ")*", "|": "|"}
MARKS |= {"^": "^ ", "$": "$", "_": r"\S+ ", "*": r"(?:\S+ )*", "%": r"\d+ "}
PART = re.compile(r"-?[(\[{]|[)\]}|]|[^\s()\[\]{}|]+")


def read_signs() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield each line of the file: its heading, its phrases, and the sentence that has one of them."""
    heading = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            heading = line[2:]
        elif line and not line.startswith("#"):
            said, _, sentence = line.partition(" ~ ")
            yield heading, tuple(said.split(", ")), sentence


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {name: tuple(sorted(words)) for name, words in KNOWN.items()}
    for heading, said, _ in read_signs():
        found[heading] = (*found.get(heading, ()), *said)
    return found


@cache
def sign(heading: str) -> re.Pattern[str]:
    """Return the pattern of any phrase under the heading, over words with a blank before and after each."""
    return pattern_of(*_phrases()[heading])


def pattern_of(*phrases: str) -> re.Pattern[str]:
    """Return the pattern of any of these phrases."""
    return re.compile("|".join(("" if each[0] == "^" else "(?<= )") + _spelled(each) for each in phrases))


def _spelled(phrase: str) -> str:
    return "".join(map(_part, PART.findall(phrase)))


def _part(part: str) -> str:
    word = part.removeprefix("-")
    if part in MARKS:
        return MARKS[part]
    if part != word:
        return f"(?!{_part(word)})"
    return _set(word) if word.isupper() and word in _phrases() else re.escape(word).replace(r"\*", r"\S*") + " "


@cache
def _set(name: str) -> str:
    return f"(?:{'|'.join(map(_spelled, _phrases()[name]))})"


def says(heading: str, said: str) -> bool:
    """Return whether the words have a phrase of the heading."""
    return sign(heading).search(said) is not None


def value_said(kind: str, said: str) -> str:
    """Return the value of the first heading "KIND VALUE" of which the words have a phrase; '' for none."""
    values = (heading.rpartition(" ") for heading in _phrases())
    return next((value for name, _, value in values if name == kind and value and says(f"{kind} {value}", said)), "")


@cache
def words_of_signs() -> frozenset[str]:
    """Return the words that phrases are made of: none of them is a name where it begins a clause."""
    return frozenset(word for said in _phrases().values() for each in said for word in re.findall(r"[a-z]{3,}", each))
