"""The part of a long text that is read: its questions, no more words than can be read at once."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.reading.tokens import ENDS, Token, as_typed

LONGEST_WORDS = 200
"""Words of a text that are read, as rules compare all of them with each other. A message may have two thousand."""


def part_to_read(tokens: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the words to read, and the others as typed; all words of a text that is not long.

    Of a long one the sentences with a question mark are read, without any its beginning.
    """
    if len(tokens) <= LONGEST_WORDS:
        return tokens, ""
    sentences = _sentences(tokens)
    asking = [each for start, end in sentences if tokens[end - 1].mark == "?" for each in range(start, end)]
    kept = frozenset((asking or range(len(tokens)))[:LONGEST_WORDS])
    left = [token for position, token in enumerate(tokens) if position not in kept]
    return [tokens[each] for each in sorted(kept)], as_typed(left)


def _sentences(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    ends = [position + 1 for position, each in enumerate(tokens) if each.mark in ENDS]
    bounds = [0, *ends, len(tokens)]
    return [(start, end) for start, end in pairwise(bounds) if start < end]
