"""Follow-ups that no query can say: they are told as not understood, rather than answered as something else."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject
from assistant.reading.follow_ups.meant_accounts import is_denied_alone, others_of
from assistant.reading.follow_ups.ties import Ties
from assistant.reading.parts import Mark, Parts
from assistant.reading.pieces import Piece
from assistant.reading.vocabulary.cues import Cue

OTHER_ONES = frozenset({"the other one", "other one", "the others one"})
NEITHER = frozenset({"neither", "none"})
THE_ONE = frozenset({"one", "account", "company"})
RANKED = (Cue.BIGGEST, Cue.SMALLEST, Cue.HIGHEST, Cue.LOWEST, Cue.FURTHEST)


def is_beyond_words(pieces: Sequence[Piece], parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    """Return true for all but somebody's, all but an account, the rest of a list, and "the other one" of one."""
    return (
        _is_none_of_them(pieces, last)
        or _is_all_but(pieces, parts, ties)
        or _is_the_rest(parts, last.query)
        or _is_place_of_none(parts, ties, last)
        or _is_other_of_one(pieces, parts, last)
        or (is_denied_alone(parts) and len(last.query.of) == 1 and not others_of(last))
        or _is_the_bigger_one(pieces, parts, last.query)
    )


def _is_none_of_them(pieces: Sequence[Piece], last: LastAnswer) -> bool:
    """Return true for "none of them" and "neither" of the accounts offered."""
    words = {word for piece in pieces for word in piece.typed.casefold().split()}
    return bool(last.offered and not last.query.of and words & NEITHER)


def _is_all_but(pieces: Sequence[Piece], parts: Parts, ties: Ties) -> bool:
    if not ties.begins_denied or ties.is_also or Mark.CORRECTION in parts.marks:
        return False
    if parts.of:
        accounts = [position for position, piece in enumerate(pieces) if piece.account is not None]
        return not parts.not_of and all(place and pieces[place - 1].means(Cue.NOT, Cue.WITHOUT) for place in accounts)
    return bool(parts.segments) or any(piece.persons or piece.means(Cue.MY, Cue.ME) for piece in pieces)


def _is_the_rest(parts: Parts, query: Query) -> bool:
    """Return true for "what about the others" after a list of accounts that had them all."""
    is_whole_list = (
        query.subject is Subject.ACCOUNTS and query.form in (Form.LIST, Form.FIELD, Form.CARD) and not query.limit
    )
    is_whole_list = is_whole_list and parts.subject in (None, Subject.ACCOUNTS)
    is_bare = parts.form in (None, Form.CARD, Form.LIST) and not (parts.of or parts.persons or parts.owners)
    has_values = any(
        getattr(parts, name) for name in ("states", "tiers", "segments", "stages", "having", "without", "period")
    )
    return Mark.OTHERS in parts.marks and is_whole_list and is_bare and not has_values


def _is_place_of_none(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    """Return true for "the second one" where no second account was spoken of."""
    known = max(len(last.offered), len(last.listed), len(last.query.of), len(last.earlier) + 1)
    is_of_accounts = last.query.subject is Subject.ACCOUNTS and not (parts.of or parts.limit or ties.has_noun)
    return is_of_accounts and parts.ordinal > known > 0


def _is_other_of_one(pieces: Sequence[Piece], parts: Parts, last: LastAnswer) -> bool:
    """Return true for "the other one" where one account alone was spoken of."""
    is_other = any(piece.typed.casefold() in OTHER_ONES for piece in pieces)
    if Mark.OTHER in parts.marks and parts.of and parts.of == last.query.of:
        return True
    is_named = parts.of or parts.persons or parts.owners
    return is_other and not is_named and len({*last.offered, *last.listed, *last.query.of}) == 1


def _is_the_bigger_one(pieces: Sequence[Piece], parts: Parts, query: Query) -> bool:
    """Return true for "the bigger one" of those compared, and why it is: the query does not tell which."""
    if query.form is Form.COMPARE and parts.form is Form.WHY and parts.subject is None:
        return True
    following = pairwise(pieces)
    return query.form is Form.COMPARE and any(
        piece.means(*RANKED) and after.typed.casefold() in THE_ONE for piece, after in following
    )
