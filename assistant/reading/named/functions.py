"""Functions named as those who have something to do: "what does product owe", "anything open for finance?"."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.people import Function
from assistant.query import Progress, Subject
from assistant.reading.names import Names
from assistant.reading.pieces import Piece
from assistant.reading.vocabulary.cues import Cue

DUTIES = (Subject.ACTIONS, Subject.ASKS, Cue.OWE)
"""Words for what somebody has to do."""

DEEDS = (Cue.DO, Cue.HAVE, Cue.OWN, Cue.NEED, Cue.RESOLVE, Cue.CLOSE, Cue.DECIDE, Cue.RECORD, Cue.DOING)
"""Words for what somebody does."""

HELPING = ("does", "do", "did", "has", "have", "is", "are", "will", "must", "should")
OF = ("for", "to", "by", "of", "from")
STATES_OF_WORK = (Cue.OVERDUE, Cue.DUE)


def with_functions(pieces: Sequence[Piece], names: Names) -> tuple[Piece, ...]:
    """Return the pieces, those that name a function as the one who acts or owes with the people of that function."""
    are_compared = any(each.means(Cue.COMPARE) for each in pieces) and any(each.means(*DUTIES) for each in pieces)
    return tuple(
        _as_people(piece, names)
        if piece.of_kind(Function) and not piece.segment and (are_compared or _acts(pieces, position))
        else piece
        for position, piece in enumerate(pieces)
    )


def as_people(pieces: Sequence[Piece], names: Names) -> tuple[Piece, ...]:
    """Return the pieces with the people of each function named, where nothing but people can be meant."""
    return tuple(
        replace(_as_people(piece, names), meanings=()) if piece.of_kind(Function) and not piece.segment else piece
        for piece in pieces
    )


def _as_people(piece: Piece, names: Names) -> Piece:
    """The piece with the people of its function; with the function's own code, which nobody has, where it has none."""
    functions = piece.of_kind(Function)
    members = tuple(each.user_id for each in names.members() if each.function in functions)
    return replace(piece, persons=members or tuple(each.value for each in functions))


def _acts(pieces: Sequence[Piece], position: int) -> bool:
    """Return true for a function that does or owes something, whose the work is, or that it is for."""
    after = next((each for each in pieces[position + 1 :] if not _is_light(each)), None)
    after = None if pieces[position].mark else after
    before = next((each for each in reversed(pieces[:position]) if not _is_article(each)), None)
    word = before.typed.casefold().split()[-1] if before and not before.mark else ""
    if before is not None and (before.is_unknown or before.means(Cue.NEED, Cue.WAIT)):
        return False
    has_duties = after is not None and after.means(*DUTIES, Cue.OVERDUE)
    if word in HELPING or pieces[position].typed.casefold().endswith(("'s", "\u2019s")):
        return has_duties or (after is not None and (after.means(*DEEDS) or bool(after.of_kind(Progress))))
    if word in OF:
        is_end = after is None or after.when is not None or after.means(*STATES_OF_WORK, Cue.AT)
        has_work = any(each.means(*DUTIES, *STATES_OF_WORK) or _is_open(each) for each in pieces[:position])
        needs = any(each.means(Cue.NEED, Cue.WAIT, Subject.BLOCKERS) for each in pieces)
        return is_end and has_work and not needs
    return has_duties


def _is_article(piece: Piece) -> bool:
    return piece.typed.casefold() in ("the", "our", "a", "an")


def _is_light(piece: Piece) -> bool:
    """Return true for a word between a function and what it has to do: "marketing's three open actions"."""
    return (
        _is_open(piece)
        or piece.means(Cue.IS)
        or piece.number is not None
        or piece.typed.casefold() in ("still", "all", "now", "currently")
    )


def _is_open(piece: Piece) -> bool:
    return "open" in piece.typed.casefold().split()
