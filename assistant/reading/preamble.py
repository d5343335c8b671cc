"""Leave out what people say before a question: "I have a board meeting. How is Kestrel?"."""

from collections.abc import Sequence

from assistant.query import Field, Subject
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.forms import lead_of
from assistant.reading.vocabulary.cues import Cue

ENDS = (".", "!", "?")
PAUSES = (":", "-", ",")
OF_ASKER = (Cue.ME, Cue.US, Cue.CORRECTION)


def without_preamble(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces from the clause on that asks, where those before it name and ask nothing themselves."""
    for start in (_after(pieces, ENDS), _after(pieces, PAUSES)):
        before, rest = pieces[:start], pieces[start:]
        if rest and _is_idle(before) and _is_question(before[-1].mark, rest):
            return without_preamble(rest)
    return pieces


def _after(pieces: Sequence[Piece], marks: Sequence[str]) -> int:
    """Return the position after the first piece that one of the marks closes."""
    return next((position + 1 for position, piece in enumerate(pieces) if piece.mark in marks), len(pieces))


def _is_question(mark: str, rest: Sequence[Piece]) -> bool:
    """Return true if the rest asks something, as a sentence of its own or after a pause."""
    return lead_of(Said(rest)) is not None or (mark == ":" and any(piece.of_kind(Subject) for piece in rest))


def _is_idle(before: Sequence[Piece]) -> bool:
    """Return true for words that neither name anything nor ask anything."""
    lead = lead_of(Said(before))
    asks = lead is not None and not (before[lead].means(Cue.IF) and lead > 0)
    unknown = sum(len(piece.typed.split()) for piece in before if piece.is_unknown or piece.choice is not None)
    names_somebody = unknown > 1 and before[-1].mark != ":" and not any(piece.means(*OF_ASKER) for piece in before)
    if asks or names_somebody or any(piece.is_name and piece.choice is None for piece in before):
        return False
    if any(piece.means(*OF_ASKER) for piece in before[:2]):
        return True
    says_days = any(piece.when for piece in before)
    names_things = any(_is_thing(piece) for piece in before)
    return not says_days and (before[-1].mark in ENDS or not names_things)


def _is_thing(piece: Piece) -> bool:
    """Return true for a word that a question could be made of."""
    kinds = (Subject, Field)
    is_light = piece.is_filler or piece.is_unknown or piece.means(Cue.HELLO, Cue.THANKS, Cue.YES, Cue.FOR, Cue.AND)
    return any(piece.of_kind(kind) for kind in kinds) or not is_light
