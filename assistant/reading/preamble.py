"""Leave out what people say before a question: "I have a board meeting. How is Kestrel?"."""

from collections.abc import Sequence

from assistant.query import Field, Subject
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.forms import lead_of
from assistant.reading.tokens import ENDS
from assistant.reading.vocabulary.cues import Cue

PAUSES = (":", "-", ",")
QUESTION_WORDS = (
    *(Cue.WHICH, Cue.WHO, Cue.WHOSE, Cue.WHEN, Cue.SINCE_WHEN, Cue.WHY, Cue.WHERE, Cue.HOW, Cue.HOW_MANY, Cue.HOW_MUCH),
    *(Cue.HOW_LONG, Cue.IS, Cue.DO, Cue.HAVE, Cue.THERE_IS, Cue.ANY),
)
_COURTESIES_SAID = (
    "please|pls|plz|can you|could you|would you|do you know|i was wondering|i wonder|was wondering|hey|so|ok|okay|well|"
    "um|uh|oh|ah|kindly|remind me|could you remind me|can you remind me|just wondering|quick question|question|btw|"
    "by the way|honestly|actually|mate|dear|folks|guys|cadence|now|wondering|im wondering|any idea|tell me|just|say"
)
COURTESIES = frozenset(_COURTESIES_SAID.split("|"))
OF_ASKER = (Cue.ME, Cue.US, Cue.CORRECTION)


def without_preamble(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces from the clause on that asks, where those before it name and ask nothing themselves."""
    pieces = pieces[_end_of_courtesy(pieces) :]
    for start in (_after(pieces, ENDS), _after(pieces, PAUSES)):
        before, rest = pieces[:start], pieces[start:]
        if not rest:
            continue
        if _is_said_of_asker(before) or (_is_idle(before) and _is_question(before[-1].mark, rest)):
            return without_preamble(rest)
    return pieces


def _end_of_courtesy(pieces: Sequence[Piece]) -> int:
    """Return where the question begins after "hi, can you tell me", 0 where that is the question itself."""
    end = 0
    while end < len(pieces) and _is_courtesy(pieces[end]):
        end += 1
    asks = end < len(pieces) and (pieces[end].means(*QUESTION_WORDS) or pieces[end].is_name)
    return end if asks else 0


def _is_courtesy(piece: Piece) -> bool:
    words = piece.typed.casefold()
    is_request = piece.means(Cue.SHOW) and words.split()[-1] == "me"
    return is_request or piece.means(Cue.HELLO, Cue.THANKS) or words in COURTESIES


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


def _is_said_of_asker(before: Sequence[Piece]) -> bool:
    """Return true for "my boss is asking:" and "need this for a meeting -": why it is asked, and nothing else."""
    begins = (
        before[0].typed.casefold().startswith("my ")
        or before[0].means(Cue.MY, Cue.NEED, Cue.ME)
        or before[0].typed.casefold()
        in (
            "for",
            "before",
            "i need",
            "from",
        )
    )
    is_parted = before[-1].mark in (":", "-", ".", "!")
    kinds = (Subject, Field)
    things = [each for piece in before for kind in kinds for each in piece.of_kind(kind) if each is not Subject.REVIEWS]
    names = any(piece.is_name and piece.choice is None for piece in before)
    return begins and is_parted and not (names or things)


def _is_thing(piece: Piece) -> bool:
    """Return true for a word that a question could be made of."""
    kinds = (Subject, Field)
    is_light = piece.is_filler or piece.is_unknown or piece.means(Cue.HELLO, Cue.THANKS, Cue.YES, Cue.FOR, Cue.AND)
    return any(piece.of_kind(kind) for kind in kinds) or not is_light
