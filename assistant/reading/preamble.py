"""Leave out what people say before a question: "I have a board meeting. How is Kestrel?"."""

from collections.abc import Sequence

from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.forms import lead_of
from assistant.reading.vocabulary.cues import Cue

ENDS = (".", "!", "?")


def without_preamble(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces from the sentence on that asks, where those before it name and ask nothing themselves."""
    start = next((position + 1 for position, piece in enumerate(pieces) if piece.mark in ENDS), len(pieces))
    rest = pieces[start:]
    if not rest or lead_of(Said(rest)) is None:
        return pieces
    before = pieces[:start]
    is_of_asker = any(piece.means(Cue.ME, Cue.US) for piece in before[:2])
    says_days = any(piece.when for piece in before)
    is_idle = not any(piece.is_name and piece.choice is None for piece in before) and (is_of_asker or not says_days)
    asks = lead_of(Said(before)) is not None
    return without_preamble(rest) if is_idle and not asks else pieces
