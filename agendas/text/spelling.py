"""The nearest word of a list, for what was probably meant."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORT_WORD_LETTERS = 5
"""Up to this length one slip of the finger is taken for a slip, above it two."""

SHORTEST_BEGINNING = 3
"""Letters of a word that may stand for the whole of it."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` is a slip of, None when no choice is near enough.

    A slip is a letter too many, too few, wrong, or swapped with its neighbour. Case does not count. The first of
    several equally near choices wins.
    """
    typed = word.casefold()
    allowed_slips = 1 if len(typed) <= SHORT_WORD_LETTERS else 2
    best: str | None = None
    fewest = allowed_slips + 1
    for choice in choices:
        slips = OSA.distance(typed, choice.casefold(), score_cutoff=allowed_slips)
        if slips < fewest:
            best, fewest = choice, slips
    return best


def meant(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` is a slip of, else the only one that it is the beginning of; None for none."""
    known = tuple(choices)
    typed = word.casefold()
    beginning = (
        [each for each in known if each.casefold().startswith(typed)] if len(typed) >= SHORTEST_BEGINNING else []
    )
    return nearest(word, known) or (beginning[0] if len(beginning) == 1 else None)
