"""Accounts told by a clause: "accounts where something is overdue", "where are plays running"."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Having, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.forms import lead_of
from assistant.reading.rules.things import HAVING_OF_SUBJECT
from assistant.reading.vocabulary.cues import Cue

OF_CUE = {Cue.BLOCK: Having.BLOCKER, Cue.BLOCKED: Having.BLOCKER, Cue.OVERDUE: Having.OVERDUE_ACTION}
OF_NOUN = (Subject.PLAYS, Subject.DEALS, Subject.BLOCKERS, Subject.ACTIONS, Subject.ASKS)
"""Things that are somewhere, and so tell the accounts where they are."""

DENIALS = (Cue.WITHOUT, Cue.NOT, Cue.OWNERLESS)


def with_clause(said: Said, parts: Parts) -> Parts:
    """Return the parts with what the accounts have of which a clause tells it, in a question without days."""
    start = _start_of_clause(said)
    is_told = start is not None and not (parts.having or parts.without or parts.of)
    if start is None or not is_told or any(piece.when for piece in said.pieces):
        return parts
    found = [(position, having) for position in range(start, len(said)) if (having := _having(said, position))]
    if not found or any(said[each].means(*DENIALS) for each in range(start, len(said))):
        return parts
    said.use(*(position for position, _ in found))
    things = tuple(dict.fromkeys(having for _, having in found))
    if Having.OVERDUE_ACTION in things:
        things = tuple(each for each in things if each is not Having.NEXT_ACTION)
    return replace(parts, having=things)


def _having(said: Said, position: int) -> Having | None:
    piece = said[position]
    if position in said.used:
        return None
    of_cue = next((having for cue, having in OF_CUE.items() if piece.means(cue)), None)
    return of_cue or next((HAVING_OF_SUBJECT[each] for each in OF_NOUN if piece.means(each)), None)


def _start_of_clause(said: Said) -> int | None:
    """Return where a clause begins that the accounts are told by, None without one."""
    noun = said.first(Subject.ACCOUNTS)
    if noun is not None and not said[noun].mark and noun + 1 < len(said):
        return noun + 1 if _is_relative(said, noun + 1) else None
    lead = lead_of(said)
    if noun is None and lead is not None and said[lead].means(Cue.WHERE):
        return lead + 1 if _has_plural(said, lead + 1) else None
    return None


def _is_relative(said: Said, position: int) -> bool:
    """Return true for "where", "in", and for "we" with a preposition at the end: "accounts we run plays on"."""
    piece, ends = said[position], said[len(said) - 1].typed.casefold()
    return piece.means(Cue.WHERE) or piece.typed.casefold() == "in" or (piece.means(Cue.US, Cue.ME) and ends in ENDS)


ENDS: Sequence[str] = ("on", "at", "with", "for", "in")


def _has_plural(said: Said, start: int) -> bool:
    """Return true for things, or something: "where are plays running", "where is anything overdue"."""
    is_any = said.has(Cue.ANY) and said.has(*OF_CUE)
    return is_any or any(
        piece.means(Subject.PLAYS) and piece.typed.casefold().endswith("s") for piece in said.pieces[start:]
    )
