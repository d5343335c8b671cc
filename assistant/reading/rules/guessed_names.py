"""Accounts that a text does not name as they are called: misspelt, or by a word such as "it" or "mine"."""

from collections.abc import Sequence

from assistant.query import Form, Query, Subject
from assistant.reading.parts import Mark, Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.result import Choice
from assistant.reading.subjects.nouns import head_noun
from assistant.reading.vocabulary.cues import Cue


def names_taken(pieces: Sequence[Piece], query: Query) -> tuple[tuple[str, int], ...]:
    """Return the misspelt names that stand for an account of the query, each with the account's id."""
    taken = [(each.typed, each.account) for each in pieces if each.is_guessed and each.account is not None]
    return tuple((typed, account) for typed, account in taken if account in query.of)


def pointing(said: Said) -> tuple[Choice, ...]:
    """Return the word that stands for an account of which nothing was said: "who owns it", "its blockers"."""
    pointers = [said[position].typed for position in said.where(Cue.IT)]
    # some verbs are known with the word: "owns it"
    typed = [each[-2:] if each.casefold().endswith(" it") else each for each in pointers]
    is_of_it = head_noun(said) is None or any(each.casefold() == "its" for each in typed)
    return (Choice(typed[0], is_ambiguous=True),) if typed and is_of_it else ()


def of_somebody(parts: Parts, pieces: Sequence[Piece], user_id: str) -> Query | None:
    """Return the question for the asker's accounts that "what is mine?" is, and for one of us where no more is said."""
    if parts.persons and all(piece.persons for piece in pieces):
        return Query(Subject.MEMBERS, Form.CARD, whose=parts.persons)
    is_mine = parts.is_question and Mark.MINE in parts.marks and parts.persons == (user_id,) and not parts.unread
    return Query(Subject.ACCOUNTS, Form.LIST, owners=parts.persons) if is_mine else None
