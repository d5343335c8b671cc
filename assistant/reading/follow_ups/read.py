"""Complete a text that stands on the answer before it to a query."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject
from assistant.reading.compose import parts_of
from assistant.reading.follow_ups.beyond_words import is_beyond_words
from assistant.reading.follow_ups.by_a_word import changed_by_a_word, who_leads
from assistant.reading.follow_ups.filters import with_filters, without_filters
from assistant.reading.follow_ups.forms import asked_alike, told_of_one, turned
from assistant.reading.follow_ups.having_one import having_one
from assistant.reading.follow_ups.lifts import without_lifting
from assistant.reading.follow_ups.meant_accounts import accounts_meant
from assistant.reading.follow_ups.other_names import called_otherwise, one_of_several, unknown_account
from assistant.reading.follow_ups.own_question import asked_beside
from assistant.reading.follow_ups.own_subject import own_subject
from assistant.reading.follow_ups.rest import rest_of
from assistant.reading.follow_ups.somebody import asked_of_person, of_somebody, with_its_owner
from assistant.reading.follow_ups.stands_on import is_whole, stands_on
from assistant.reading.follow_ups.tie_words import UNDERSTOOD
from assistant.reading.follow_ups.ties import Ties, ties_of
from assistant.reading.named.functions import as_people
from assistant.reading.names import Asked, Names
from assistant.reading.parts import Assumed, Mark, Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.result import Choice
from assistant.reading.rules.held import unread_of
from assistant.reading.rules.persons import FOR_SOMEBODY
from assistant.reading.tokens import Token, as_typed
from assistant.reading.vocabulary.cues import Cue


def is_about_last(tokens: Sequence[Token]) -> bool:
    """Return true for words that change the last list, whatever order or news they look like: "forget the tier"."""
    ties = ties_of(tokens)
    return bool(ties.lifts) or (ties.is_also and ties.is_short) or ties.is_said_again


def follow_up(
    tokens: Sequence[Token], read: tuple[Said, Parts], names: Names, *, last: LastAnswer, asked: Asked, today: date
) -> tuple[Query | None, Parts] | None:
    """Return the query that the text means after the last answer, with its parts; None for one of its own.

    `read` are the text's pieces, with those used that its parts were taken from. The query is None for words that no
    query can say after an answer about an account, which is not told again.

    Where the text says no subject, its words are read as said of the last one: "by Friday" of actions is when they
    are due, "Nora" of actions is who owes them.
    """
    if (changed := _by_words_alone(tokens, last, asked, today)) is not None:
        return changed, Parts()
    used, alone, is_called = _read_alone(tokens, read, names, last=last, asked=asked)
    unknown = None if is_called else unknown_account(used.pieces, last.query)
    last = of_somebody(used, alone, last)
    if (of_other := _asked_of_other(used, alone, last.query, unknown)) is not None:
        return of_other
    ties = ties_of(tokens, used.pieces)
    ties = replace(ties, is_bare=ties.is_bare or is_called, is_source=ties.is_source and not alone.of)
    is_corrected = ties.is_bare and bool(alone.of) and Mark.CORRECTION in alone.marks
    said = None if ties.is_source or is_called or is_corrected else own_subject(used, alone, last.query, ties.lifts)
    if not (ties.is_tied or ties.is_elliptic or ties.lifts or is_called) and is_whole(used, alone):
        return None
    if (alike := _asked_alike(alone, ties, last.query)) is not None:
        return alike, replace(alone, unread=_left_of(used, alike))
    is_scolding = used.has_left(Cue.VERDICT) and not ties.is_tied
    if is_scolding or not stands_on(alone, ties, said, last):
        return None
    if is_beyond_words(used.pieces, alone, ties, last):
        return (None if last.query.of or last.offered else last.query), replace(alone, unread=(as_typed(tokens),))
    query, parts = _completed(used, alone, ties, said, last=last, asked=asked)
    several = one_of_several(used.pieces, last.query, names) if query and query.of == last.query.of else None
    if query is None or several is None:
        return query, parts
    form = Form.CARD if query.form is Form.COMPARE else query.form
    return replace(query, of=(), form=form), replace(parts, choices=(several,))


def _read_alone(
    tokens: Sequence[Token], read: tuple[Said, Parts], names: Names, *, last: LastAnswer, asked: Asked
) -> tuple[Said, Parts, bool]:
    """Return the pieces and parts of the text by itself, true where it calls an account by what tells it apart."""
    used, alone = _after(last.query, tokens, read, names, user_id=asked.user_id)
    called = called_otherwise(tokens, alone, last, names)
    if called:
        used = Said([each for each in used.pieces if not each.is_unknown])
    unread = tuple(each for each in alone.unread if not called and each.casefold() not in UNDERSTOOD)
    about = "" if called else alone.about
    return used, replace(alone, of=called or alone.of, unread=unread, about=about), bool(called)


def _after(
    before: Query, tokens: Sequence[Token], read: tuple[Said, Parts], names: Names, *, user_id: str
) -> tuple[Said, Parts]:
    """Return the pieces without those that mean something else after the last answer, and what they say then."""
    said, parts = read
    pieces: Sequence[Piece] = said.pieces
    if before.subject in FOR_SOMEBODY and before.whose:
        pieces = as_people(pieces, names)
    pieces = without_lifting(with_its_owner(pieces), ties_of(tokens).lifts)
    if pieces == said.pieces:
        return said.copy(), parts
    said = Said(pieces)
    return said, parts_of(said, user_id)


def _asked_of_other(used: Said, alone: Parts, before: Query, unknown: Choice | None) -> tuple[Query, Parts] | None:
    """Return what was asked before of a name that no account has, or the question about the person spoken of."""
    if unknown is not None:
        return replace(before, of=()), replace(alone, choices=(unknown,), unread=())
    of_person = asked_of_person(alone, before)
    return None if of_person is None else (of_person, replace(alone, unread=_left_of(used, of_person)))


def _asked_alike(parts: Parts, ties: Ties, before: Query) -> Query | None:
    """Return what was asked before, asked of one that is named: "is Corvane among them", "does Kestrel have one"."""
    if not parts.of:
        return None
    if ties.is_member and before.subject is Subject.ACCOUNTS:
        return replace(before, form=Form.YES_NO, of=parts.of, by=None, limit=0, is_lowest=False)
    return asked_alike(before, parts.of) if ties.is_elliptic else None


def _by_words_alone(tokens: Sequence[Token], last: LastAnswer, asked: Asked, today: date) -> Query | None:
    """Return the query of a text whose few words have one meaning after the last answer."""
    query = last.query
    found = rest_of(tokens, last) or who_leads(tokens, query) or having_one(tokens, query)
    return found or changed_by_a_word(tokens, query, asked, today)


def _completed(
    used: Said, alone: Parts, ties: Ties, said: Subject | None, *, last: LastAnswer, asked: Asked
) -> tuple[Query | None, Parts]:
    """Return the query of a text that stands on the last answer, `said` its own subject if it says one.

    `used` are its pieces as they were used for `alone`.
    """
    meant = accounts_meant(alone, ties, last)
    text = Said(used.pieces, is_whole=False)
    if said is not None:
        parts = parts_of(text, asked.user_id, Assumed(of=meant.of))
        if not (parts.subject is Subject.ACCOUNTS and parts.fields):
            text = Said(used.pieces, is_whole=False)
            parts = parts_of(text, asked.user_id, Assumed(said, None, meant.of))
        query = asked_beside(last.query, parts, is_named=bool(alone.of) or meant.is_new)
    else:
        parts = parts_of(text, asked.user_id, Assumed(last.query.subject, last.query.form, meant.of))
        parts = replace(parts, roles=parts.roles or alone.roles)
        query = with_filters(turned(last.query, parts, meant, is_named=bool(alone.of)), parts, ties, asked)
    query = without_filters(query, parts, ties.lifts)
    text.use(*used.used)
    left = _left_of(text, query, last.query if ties.is_denied or ties.lifts else None)
    parts = replace(parts, unread=left)
    return (query if alone.of else told_of_one(query, last.query, parts)), parts


def _left_of(said: Said, query: Query, before: Query | None = None) -> tuple[str, ...]:
    """Return the words that the query does not hold, and that were not understood as a tie to the answer before."""
    return tuple(each for each in unread_of(said, query, before) if each.casefold() not in UNDERSTOOD)
