"""Accounts, segments and words that stand on what was said before."""

from dataclasses import replace

from assistant.query import Form
from assistant.reading.parts import Mark, Parts, Pronoun
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue

MARKS: dict[Cue, Mark] = {
    Cue.ONLY: Mark.ONLY,
    Cue.ALL: Mark.ALL,
    Cue.OTHER: Mark.OTHER,
    Cue.OTHERS: Mark.OTHERS,
    Cue.CORRECTION: Mark.CORRECTION,
    Cue.SAME: Mark.SAME,
    Cue.YES: Mark.YES,
    Cue.MY: Mark.MINE,
    Cue.ME: Mark.MINE,
}
PRONOUNS: dict[Cue, Pronoun] = {
    Cue.IT: Pronoun.IT,
    Cue.THEY: Pronoun.THEY,
    Cue.PERSON: Pronoun.PERSON,
    Cue.THAT: Pronoun.THAT,
    Cue.HERE: Pronoun.IT,
}
MORE = frozenset({"more than", "less than", "fewer than", "longer than", "bigger than", "faster than"})
ORDINALS: dict[Cue, int] = {Cue.FIRST: 1, Cue.SECOND: 2, Cue.THIRD: 3}
FOLLOWING = ("and", "or", "also", "plus", "what about", "how about", "same for", "but", "then", "so", "n")
"""Words that tie a text to the one before where it begins with them."""


def with_names(said: Said, parts: Parts) -> Parts:
    """Return the parts with accounts, segments and names that have to be asked about."""
    accounts = [(position, piece.account) for position, piece in enumerate(said.pieces) if piece.account is not None]
    denied = {position for position, _ in accounts if is_denied(said, position)}
    denied = denied if len(denied) < len(accounts) else set()
    segments = [(position, piece.segment) for position, piece in enumerate(said.pieces) if piece.segment]
    said.use(*(position for position, _ in accounts), *(position for position, _ in segments))
    return replace(
        parts,
        of=tuple(dict.fromkeys(account for position, account in accounts if position not in denied)) or parts.of,
        not_of=tuple(dict.fromkeys(account for position, account in accounts if position in denied)),
        segments=tuple(dict.fromkeys(segment for _, segment in segments)),
        choices=tuple(piece.choice for piece in said.pieces if piece.choice is not None),
        is_guessed=any(piece.is_guessed for piece in said.pieces),
    )


def with_marks(said: Said, parts: Parts) -> Parts:
    """Return the parts with the words that stand on what was said before."""
    marks = [mark for cue, mark in MARKS.items() if said.has(cue)]
    begins = [piece.typed.casefold() for piece in said.pieces[:2]]
    if begins and (begins[0] in FOLLOWING or (begins[0] in ("no", "yes", "ok", "sorry") and begins[1:2] == ["and"])):
        marks.insert(0, Mark.FOLLOWING)
    pronouns = tuple(dict.fromkeys(pronoun for cue, pronoun in PRONOUNS.items() if said.has(cue)))
    ordinal = next((number for cue, number in ORDINALS.items() if said.has(cue)), 0)
    return replace(parts, marks=tuple(marks), pronouns=pronouns, ordinal=ordinal)


def is_compared(said: Said, parts: Parts, form: Form | None) -> bool:
    """Return true if two or more of a kind are set against each other: "X or Y, which is bigger"."""
    if form is Form.COMPARE:
        return True
    is_more = any(piece.typed.casefold() in MORE for piece in said.pieces) or said.has(
        Cue.OTHERS,
        Cue.BIGGEST,
        Cue.SMALLEST,
        Cue.LONGEST,
        Cue.SHORTEST,
        Cue.FURTHEST,
        Cue.SOONEST,
        Cue.HIGHEST,
        Cue.LOWEST,
        Cue.MORE_THAN,
    )
    has_or = said.has(Cue.OR, Cue.THAN, Cue.AND, Cue.COMPARE, Cue.OLDER, Cue.NEWER)
    persons = [each for piece in said.pieces for each in piece.persons]
    people = len(persons) + (bool(persons) and said.has(Cue.ME) and said.has(Cue.OR, Cue.THAN))
    several = max(len(parts.of), len(parts.tiers), len(parts.segments), people) > 1
    return several and is_more and (has_or or bool(said.has(Cue.WHICH, Cue.WHO)))


def is_denied(said: Said, position: int) -> bool:
    """Return true for "not Maple" where another account follows or goes before."""
    before = position - 1
    while before > 0 and said[before].means(Cue.AT, Cue.FOR) and not said[before].means(Cue.NOT):
        before -= 1
    return before >= 0 and said[before].means(Cue.NOT)
