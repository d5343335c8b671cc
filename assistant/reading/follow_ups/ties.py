"""Ties of a text to the answer before it: words that no part of a query keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.reading.tokens import Token


class Lift(StrEnum):
    """Filters that "all ..." takes away."""

    PERSONS = "persons"
    TIERS = "tiers"
    SEGMENTS = "segments"
    STAGES = "stages"
    STATES = "states"
    ACCOUNTS = "accounts"
    PERIOD = "period"
    ALL = "all"
    """All of them: whatever made the list shorter."""


ALSO = frozenset({"also", "too", "plus", "add", "include", "including", "well"})
"""Words by which a filter becomes wider: "and paused ones too"."""

EVERY = frozenset({"all", "every", "any", "each", "across", "whole", "entire", "whatever", "everything"})
EVERYBODY = frozenset(
    {"everyone", "everyones", "everybody", "everybodys", "anyone", "anyones", "anybody", "anybodys", "ours", "whoever"}
)
LIFTED_BY = {
    Lift.TIERS: frozenset({"tier", "tiers"}),
    Lift.SEGMENTS: frozenset({"segment", "segments", "industries", "sectors"}),
    Lift.STAGES: frozenset({"stage", "stages"}),
    Lift.STATES: frozenset({"state", "states"}),
    Lift.PERSONS: frozenset({"people", "owners", "persons", "team", "us"}),
    Lift.ACCOUNTS: frozenset({"accounts", "companies", "customers"}),
    Lift.PERIOD: frozenset({"time", "date", "period", "week", "month", "dates", "days", "weeks", "times", "periods"}),
}
EVER = frozenset({"ever", "whenever", "alltime"})


FORGOTTEN = frozenset({"forget", "drop", "ignore", "skip", "lift", "regardless", "without", "clear", "widen"})
"""Words by which a filter named after them is taken away: "forget the tier", "regardless of tier"."""

NEW = (
    "different question",
    "another question",
    "new question",
    "something else",
    "unrelated",
    "other topic",
    "new topic",
)
SENTENCES = ("do we have", "have we", "we have", "did we", "are there", "do you have")
"""Words that make a whole question of one without a noun: "how many candidates do we have"."""

STANDING = frozenset({"any", "there", "them", "those", "these", "it", "that", "ones", "one", "of"})
ONES = frozenset({"one", "ones"})
TURNS = frozenset({"so", "then", "but", "ok", "okay", "now", "actually", "sorry", "well"})
NONE = frozenset({"none", "nobody", "missing", "without"})
WHERE = frozenset({"where", "which", "who"})
SHORT = 4
"""Words up to which a text without a scope is taken to stand on what was said before."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Words that tie a text to the answer before it.

    Attributes:
        is_also: a widening: "and paused ones too".
        lifts: the filters that are taken away.
        is_short: a few words.
        is_new: said to be another question.
        is_whole_sentence: a whole question, though no noun tells its subject.
        is_turn: begins with "so", "but", "ok" and the like, which may begin another question as well.
        is_denied: says that something is not meant: "not stalled", "not only overdue".
        is_none: asks for those without: "where is there none".
    """

    is_also: bool = False
    lifts: frozenset[Lift] = frozenset()
    is_short: bool = False
    is_new: bool = False
    is_whole_sentence: bool = False
    is_turn: bool = False
    is_denied: bool = False
    is_none: bool = False


def ties_of(tokens: Sequence[Token]) -> Ties:
    """Return the ties of a text's words."""
    words = [each.word for each in tokens]
    text = f" {' '.join(words)} "
    lifts = {Lift.PERSONS for each in words if each in EVERYBODY} | {Lift.PERIOD for each in words if each in EVER}
    for position, word in enumerate(words):
        if word in EVERY:
            lifts |= _lifted(words[position + 1 : position + 4])
        elif word in FORGOTTEN:
            lifts |= _lifted(words[position + 1 : position + 4]) - {Lift.ALL}
    return Ties(
        is_also=bool(ALSO & set(words)),
        lifts=frozenset(lifts),
        is_short=len(words) <= SHORT or (len(words) <= SHORT + 2 and bool(ONES & set(words))),
        is_new=any(f" {each} " in text for each in NEW),
        is_whole_sentence=any(f" {each} " in text for each in SENTENCES) and not STANDING & set(words),
        is_turn=bool(TURNS & set(words[:1])),
        is_denied="not" in words,
        is_none=bool(NONE & set(words)) and bool(WHERE & set(words)),
    )


def _lifted(following: Sequence[str]) -> set[Lift]:
    for word in following:
        for lift, words in LIFTED_BY.items():
            if word in words:
                return {lift}
    return {Lift.ALL} if not following or following[0] in ("of", "them", "list", "please", "pls", "the") else set()
