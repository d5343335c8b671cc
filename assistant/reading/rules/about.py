"""Words that the text of a thing must have: the security review, the GDPR blocker, Dana Weber."""

from dataclasses import replace

from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue

WITH_TEXT = frozenset(set(Subject) - {Subject.ACCOUNTS, Subject.MOVEMENT, Subject.LIST_CHANGES, Subject.REVIEWS})
PART_OF_TITLE = (Subject, BuyingRole, Function, SignalKind, Field)
"""Kinds of words that may be part of a title beside a word that means nothing here: "security review"."""


def with_about(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts with the words that are no others': titles, topics, names of people at accounts."""
    if subject is None or subject not in WITH_TEXT:
        return parts
    runs = _runs(said, subject)
    words = [said[each].typed for each in runs if not said[each].means(Cue.DOING)]
    words = words or [said[each].typed for each in runs]
    said.use(*runs)
    said.use(*(said.where(Cue.ABOUT) if words else ()))
    return replace(parts, about=" ".join(words))


def _runs(said: Said, subject: Subject) -> list[int]:
    """Return the positions of the words of titles, in their order."""
    kept: set[int] = set()
    for position, piece in enumerate(said.pieces):
        if position in said.used or not (_is_title(piece) or _is_after_about(said, position)):
            continue
        kept.add(position)
        for step in (1, -1):
            beside = position + step
            while 0 <= beside < len(said) and _may_join(said, beside, subject) and not _is_parted(said, beside, step):
                kept.add(beside)
                beside += step
    return sorted(kept)


def _is_title(piece: Piece) -> bool:
    return piece.is_unknown or piece.means(Cue.DOING)


def _is_after_about(said: Said, position: int) -> bool:
    """Return true for a word after "about" or "regarding" that nothing else has used."""
    piece = said[position]
    if piece.is_name or piece.when or not any(piece.of_kind(kind) for kind in PART_OF_TITLE):
        return False
    before = position - 1
    while before >= 0 and said[before].meanings == (Cue.FILLER,):
        before -= 1
    return before >= 0 and said[before].means(Cue.ABOUT)


def _may_join(said: Said, position: int, subject: Subject) -> bool:
    piece = said[position]
    if position in said.used or piece.is_name or piece.when or piece.means(subject):
        return False
    return piece.is_unknown or any(piece.of_kind(kind) for kind in PART_OF_TITLE)


def _is_parted(said: Said, position: int, step: int) -> bool:
    """Return true if a mark stands between a piece and the one that it would be joined to."""
    return bool(said[position - 1 if step > 0 else position].mark)
