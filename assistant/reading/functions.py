"""Our people of one function, where what the function owes is asked for: "what does marketing owe"."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.people import Function, PersonFacts
from assistant.query import Subject
from assistant.reading.pieces import Piece
from assistant.reading.vocabulary.cues import Cue

OWING = (Cue.OWE, Cue.OVERDUE)
WAITING = (Cue.NEED, Cue.WAIT, Subject.BLOCKERS, Subject.MEMBERS)


def with_functions(pieces: Sequence[Piece], members: Sequence[PersonFacts]) -> Sequence[Piece]:
    """Return the pieces in which a function that owes something stands for our people of it."""
    first = next((position for position, piece in enumerate(pieces) if piece.means(*OWING)), 0)
    is_owed = any(piece.means(*OWING) for piece in pieces) and not any(piece.means(*WAITING) for piece in pieces)
    is_owed = is_owed and any(piece.of_kind(Function) for piece in pieces[: first + 1])
    return [_with_people(piece, members) for piece in pieces] if is_owed else pieces


def _with_people(piece: Piece, members: Sequence[PersonFacts]) -> Piece:
    functions = piece.of_kind(Function)
    people = tuple(each.user_id for each in members if each.function in functions) if functions else ()
    return replace(piece, persons=people, meanings=()) if people else piece
