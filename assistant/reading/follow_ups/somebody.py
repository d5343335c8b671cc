"""Questions about the person just spoken of: "and her accounts?", "who is she", "its owner's other accounts"."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Query, Subject
from assistant.reading.parts import Mark, Parts, Pronoun
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue

OWNERS = "owner's"


def with_its_owner(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with "its owner's" of "its owner's other accounts" as a word for that person."""
    place = next((each for each, piece in enumerate(pieces[:-1]) if piece.typed.casefold() in (OWNERS, "owners")), None)
    if place is None or not place or pieces[place - 1].typed.casefold() not in ("its", "the", "their"):
        return tuple(pieces)
    person = replace(pieces[place], typed=OWNERS, meanings=(Cue.PERSON,))
    return (*pieces[: place - 1], person, *pieces[place + 1 :])


def of_somebody(said: Said, parts: Parts, last: LastAnswer) -> LastAnswer:
    """Return the answer with the person in place of the accounts where the text is about the person of that answer."""
    person = _spoken_of(said, parts, last)
    return LastAnswer(Query(Subject.MEMBERS, Form.CARD, whose=person)) if person else last


def asked_of_person(parts: Parts, before: Query) -> Query | None:
    """Return the question that words without a subject ask of the person: "who is she", "what else has she got"."""
    if before.subject is not Subject.MEMBERS or not before.whose:
        return None
    if _is_who_is_it(parts):
        return before
    is_of_more = parts.subject is None and Mark.OTHERS in parts.marks and Pronoun.PERSON in parts.pronouns
    return Query(Subject.ACCOUNTS, Form.LIST, owners=before.whose) if is_of_more else None


def _is_who_is_it(parts: Parts) -> bool:
    """Return true for "who is she", which asks for the person alone."""
    is_who = parts.form is Form.WHO and parts.pronouns == (Pronoun.PERSON,)
    return is_who and not (parts.fields or parts.of or parts.roles or parts.unread or parts.subject)


def _spoken_of(said: Said, parts: Parts, last: LastAnswer) -> tuple[str, ...]:
    """Return the person that "she" means where the question is about more than the answer before was."""
    query = last.query
    if parts.pronouns != (Pronoun.PERSON,) or parts.of or parts.whose or parts.owners or parts.persons:
        return ()
    named = query.owners if len(query.owners) == 1 else query.whose if len(query.whose) == 1 else ()
    if named:
        is_of_accounts = (query.subject is not Subject.ACCOUNTS or bool(query.of)) and said.has(
            Cue.OWN, Subject.ACCOUNTS
        )
        is_of_work = query.subject is Subject.ACCOUNTS and said.has(Subject.ACTIONS, Cue.OWE)
        return named if is_of_accounts or is_of_work or _is_who_is_it(parts) else ()
    if any(said[each].typed.casefold() == OWNERS for each in said.where(Cue.PERSON)):
        return (last.owner,) if last.owner else ()
    tells_owner = query.form is Form.CARD or Field.OWNER in query.fields
    return (last.owner,) if last.owner and tells_owner else ()
