"""The noun that tells what is asked for, among those of a question."""

from assistant.query import Subject
from assistant.reading.pieces import Said

WIDE = (Subject.ACCOUNTS, Subject.CHANGES, Subject.MEMBERS, Subject.PEOPLE)
"""Nouns that give way to a verb beside them: "which accounts moved"."""


def head_noun(said: Said) -> Subject | None:
    """Return the first noun that is no part of a filter, one that gives way only where there is no other."""
    nouns = [noun for position, noun in said.of_kind(Subject) if not is_in_title(said, position)]
    ranked = sorted(nouns, key=lambda noun: WIDE.index(noun) + 1 if noun in WIDE else 0)
    strong = [noun for noun in nouns if noun not in WIDE]
    if strong:
        return strong[0]
    return next((noun for noun in nouns if noun is not Subject.ACCOUNTS), ranked[0] if ranked else None)


def is_in_title(said: Said, position: int) -> bool:
    """Return true for the review of "security review": the word before means nothing here."""
    piece = said[position]
    return piece.means(Subject.REVIEWS) and position > 0 and said[position - 1].is_unknown


def any_of(said: Said, *kinds: type) -> bool:
    """Return true if a piece that nothing has used has a meaning of one of these kinds."""
    return any(True for kind in kinds for _ in said.of_kind(kind))
