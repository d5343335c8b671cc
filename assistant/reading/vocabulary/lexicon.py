"""The lexicon: every phrase with all that it may mean, and the word that a misspelt one is near to."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Per, Progress, Subject, Way
from assistant.reading.tokens import Token, read_tokens
from assistant.reading.vocabulary import (
    fields,
    fillers,
    filters,
    forms,
    kinds,
    remarks,
    signals,
    subjects,
    ties,
    verbs,
    work,
)
from assistant.reading.vocabulary.cues import Cue

Meaning = (
    Cue
    | Subject
    | Field
    | Per
    | Stage
    | AccountStanding
    | ListStatus
    | BuyingRole
    | Function
    | SignalKind
    | DecisionKind
    | Progress
    | Way
    | Having
    | int
)
"""A meaning of a phrase; a number is a tier."""

OPTIONAL = re.compile(r"\(([^)]*)\)")
PLAIN = re.compile(r"[a-z0-9 ]*")
LONGEST_PHRASE = 6
SHORTEST_CORRECTED = 5
"""Letters of the shortest word that may be a slip of another."""

TWO_SLIPS_LETTERS = 9
"""Letters of the shortest word in which two slips may be."""

SHORT_FORMS = {
    **{f"{word}s": word for word in ("what", "how", "who", "where", "when", "why", "there", "that", "here", "let")},
    "ive": "i",
    "im": "i",
    "weve": "we",
    "theyve": "they",
    "theyre": "they",
    "youre": "you",
    "youve": "you",
    "hes": "he",
    "shes": "she",
    "ill": "i'll",
    "wots": "what",
    "wat": "what",
    "whts": "what",
    "wht": "what",
}
SLIPS = {
    "wich": "which",
    "whcih": "which",
    "wihch": "which",
    "hwo": "how",
    "teh": "the",
    "adn": "and",
    "accs": "accounts",
    "taht": "that",
    "form": "from",
    "stauts": "status",
    "ownr": "owner",
    "fo": "of",
    "waht": "what",
    "hw": "how",
    "teir": "tier",
    "satge": "stage",
    "dose": "does",
    "whos": "who",
    "wen": "when",
    "wy": "why",
    "duo": "due",
    "isn": "isnt",
    "havn't": "havent",
    "witout": "without",
    "w/out": "without",
    "bt": "but",
    "ppl": "people",
    "mktg": "marketing",
    "opps": "opps",
    "cust": "customer",
    "custs": "customers",
    "nxt": "next",
    "lst": "last",
    "wk": "week",
    "defo": "definitely",
    "tho": "though",
    "cos": "because",
    "coz": "because",
    "bc": "because",
}
"""Slips of short words and short forms, which their letters alone don't tell."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found: how many words it takes, and all that it may mean."""

    count: int
    meanings: tuple[Meaning, ...]


def word_key(token: Token) -> str:
    """Return the form in which a word is looked up: `what's` and `whats` are `what`, `I'll` and `ill` are `i'll`."""
    is_will = token.suffix == "ll" and token.word in ("i", "we", "they", "you", "he", "she")
    word = f"{token.word}'ll" if is_will else token.word
    return SHORT_FORMS.get(word, word)


def phrase_at(words: Sequence[str], start: int) -> Phrase | None:
    """Return the longest phrase that begins there, None for a word without a meaning of its own."""
    known = _lexicon()
    for count in range(min(LONGEST_PHRASE, len(words) - start), 0, -1):
        meanings = known.get(tuple(words[start : start + count]))
        if meanings:
            return Phrase(count, meanings)
    return None


def is_known(word: str) -> bool:
    """Return true for a word that stands in a phrase."""
    return word in _words()


@lru_cache(maxsize=4096)
def corrected(word: str) -> str | None:
    """Return the word that this one is a slip of, None where it is near to none, or to two."""
    if word in SLIPS:
        return SLIPS[word]
    if not word.isalpha():
        return None
    if len(word) < SHORTEST_CORRECTED:
        return _untangled(word)
    allowed = 2 if len(word) >= TWO_SLIPS_LETTERS else 1
    for slips in range(1, allowed + 1):
        near = {each for each in _words() if len(each) >= 4 and OSA.distance(word, each, score_cutoff=slips) <= slips}
        same_start = {each for each in near if each[0] == word[0]}
        for fitting in (near, same_start, {each for each in near if _undoubled(each) == _undoubled(word)}):
            if len({_stem(each) for each in fitting}) == 1:
                return min(fitting, key=lambda each: (abs(len(each) - len(word)), each))
    return None


def _untangled(word: str) -> str | None:
    """Return the one word of the same letters in which two neighbours have changed places: `hvae` is `have`."""
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}
    near = sorted(swapped & _words()) if len(word) > 2 else []
    return near[0] if len(near) == 1 else None


@cache
def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases written as `a|b(s)` as words in the form of `word_key`; words in brackets may be left out."""
    found: list[tuple[str, ...]] = []
    for piece in text.split("|"):
        written = " ".join(piece.split())
        ending = OPTIONAL.search(written)
        for choice in ("", ending[1]) if ending else ("",):
            found.append(_phrase(OPTIONAL.sub(choice, written, count=1) if ending else written))
    return tuple(found)


def _phrase(written: str) -> tuple[str, ...]:
    """Return the words of a phrase; nearly all are plain letters, which need no reading."""
    if PLAIN.fullmatch(written):
        return tuple(SHORT_FORMS.get(each, each) for each in written.split())
    return tuple(word_key(each) for each in read_tokens(written))


def _undoubled(word: str) -> str:
    """Return the word with each double letter once: `acounts` is `accounts` and no `amounts`."""
    return re.sub(r"(.)\1", r"\1", word)


def _stem(word: str) -> str:
    """Return the word without an ending that leaves what it means."""
    return re.sub(r"(?:ers?|ed|ing|s|e)$", "", word)


@cache
def _words() -> frozenset[str]:
    return frozenset(word for phrase in _lexicon() for word in phrase)


@cache
def _lexicon() -> Mapping[tuple[str, ...], tuple[Meaning, ...]]:
    found: dict[tuple[str, ...], list[Meaning]] = defaultdict(list)
    for meaning, text in _tables():
        for phrase in phrases(text):
            if phrase and not any(each is meaning for each in found[phrase]):
                found[phrase].append(meaning)
    return {phrase: tuple(meanings) for phrase, meanings in found.items()}


def _tables() -> Iterable[tuple[Meaning, str]]:
    """Yield every meaning with its phrases; the first meaning of a phrase is the likeliest."""
    yield from filters.TIERS.items()
    yield from subjects.NOUNS.items()
    for values in (filters.STAGES, filters.STATES, filters.STATUSES, kinds.ROLES, kinds.FUNCTIONS):
        yield from values.items()
    yield from ((state, filters.AT_RISK) for state in (AccountStanding.NEEDS_INTERVENTION, AccountStanding.STALLED))
    for kind in (signals.SIGNALS, kinds.DECISIONS, kinds.PROGRESS, kinds.WAYS, kinds.HAVINGS):
        yield from kind.items()
    yield from fields.FIELDS.items()
    yield from fields.PER.items()
    for cues in (forms.FORMS, ties.TIES, forms.ORDER, work.WORK, verbs.VERBS, ties.STANDS_ON):
        yield from cues.items()
    yield from remarks.SMALL_TALK.items()
    yield Cue.VERDICT, remarks.VERDICTS
    yield Cue.FILLER, fillers.FILLERS
