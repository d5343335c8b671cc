"""Bounds of amounts as filters: of the value of accounts, of the amount of deals."""

from dataclasses import replace

from assistant.query import Field, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue

MEASURES = frozenset({Field.VALUE, Field.AMOUNT, Field.PIPELINE})
"""Fields that are sums of money."""

OF_A_SUM = (Cue.TOTAL, Cue.HOW_MUCH)
TYING = (Cue.WITH, Cue.HAVE)


def with_amounts(said: Said, parts: Parts) -> Parts:
    """Return the parts with the bounds said; the words for what they bound are no question of their own."""
    where = [position for position, piece in enumerate(said.pieces) if piece.amount is not None]
    for position in where:
        amount = said[position].amount
        if amount is None:
            continue
        said.use(position)
        parts = replace(
            parts,
            least_cents=amount.least_cents or parts.least_cents,
            most_cents=amount.most_cents or parts.most_cents,
            currency=amount.currency or parts.currency,
        )
    if not (parts.least_cents or parts.most_cents):
        return parts
    if not said.has(*OF_A_SUM):
        said.use(*said.where(*MEASURES))
    if said.has(Subject.DEALS, Field.PIPELINE) and said.has(Subject.ACCOUNTS):
        _leave_to_deals(said, where[0])
    return parts


def _leave_to_deals(said: Said, bound: int) -> None:
    """Use the words for accounts in "accounts with a deal over 100k": the bound is of the deal."""
    nouns = [each for each in said.where(Subject.DEALS, Field.PIPELINE, Subject.ACCOUNTS) if each < bound]
    if nouns and not said[nouns[-1]].means(Subject.ACCOUNTS):
        said.use(*said.where(Subject.ACCOUNTS, *TYING))
