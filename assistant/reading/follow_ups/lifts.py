"""Words by which a filter of the answer before is taken away."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from assistant.reading.follow_ups.tie_words import EVER, EVERY, EVERYBODY, EVERYWHERE, FORGOTTEN, WHOLLY
from assistant.reading.pieces import Piece


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


LIFTED_BY = {
    Lift.TIERS: frozenset({"tier", "tiers"}),
    Lift.SEGMENTS: frozenset({"segment", "segments", "industries", "sectors"}),
    Lift.STAGES: frozenset({"stage", "stages"}),
    Lift.STATES: frozenset({"state", "states"}),
    Lift.PERSONS: frozenset({"people", "owners", "persons", "team", "us"}),
    Lift.ACCOUNTS: frozenset({"accounts", "companies", "customers"}),
    Lift.PERIOD: frozenset({"time", "date", "period", "week", "month", "dates", "days", "weeks", "times", "periods"}),
}


def lifts_of(words: Sequence[str]) -> frozenset[Lift]:
    """Return the filters that the words take away: "everyone's", "forget the tier", "at any time"."""
    lifts = {Lift.PERSONS for each in words if each in EVERYBODY} | {Lift.PERIOD for each in words if each in EVER}
    if EVERYWHERE & set(words):
        lifts.add(Lift.ACCOUNTS)
    for position, word in enumerate(words):
        if word in EVERY:
            lifts |= _lifted(words[position + 1 : position + 4]) - (set() if word in WHOLLY else {Lift.ALL})
        elif word in FORGOTTEN:
            lifts |= _lifted(words[position + 1 : position + 4]) - {Lift.ALL}
    return frozenset(lifts)


def without_lifting(pieces: Sequence[Piece], lifts: Collection[Lift]) -> tuple[Piece, ...]:
    """Return the pieces without words that mean nothing but that a filter is taken away: "at any time"."""
    words = EVERYWHERE | EVERYBODY | EVER | {word for lift in lifts for word in LIFTED_BY.get(lift, ())}
    return tuple(each for each in pieces if not (lifts and _means_nothing(each) and each.typed.casefold() in words))


def _lifted(following: Sequence[str]) -> set[Lift]:
    for word in following:
        for lift, words in LIFTED_BY.items():
            if word in words:
                return {lift}
    return {Lift.ALL} if not following or following[0] in ("of", "them", "list", "please", "pls", "the") else set()


def _means_nothing(piece: Piece) -> bool:
    return piece.is_unknown or (piece.choice is not None and not piece.choice.accounts)
