"""Filters of a follow-up: its own take the place of those of the same kind, others stay; "all" takes them away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any, TypeVar

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Having, Period, Progress, Query, Subject
from assistant.reading.as_wanted import OF_ACCOUNTS, Asked
from assistant.reading.forms import MEASURES
from assistant.reading.held import head_noun
from assistant.reading.lexicon import Piece, Said
from assistant.reading.read import Cue
from assistant.reading.ties import KINDS, Lift, Ties
from assistant.reading.tokens import Mark, Parts, Pronoun, shifted

# The accounts that a follow-up means: named, the other one, the second one, or those of the answer before.

ACCOUNT_FILTERS = ("tiers", "stages", "statuses", "segments", "owners")
"""Filters by which several accounts are chosen; a name takes their place."""

OWNED = OF_ACCOUNTS | {Subject.EVIDENCE}
"""Subjects with nobody answerable but the owner of the account."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The accounts meant, and true for `is_new` where they are others than those of the last query."""

    of: tuple[int, ...]
    is_new: bool


def accounts_meant(parts: Parts, ties: Ties, last: LastAnswer) -> Meant:
    """Return the accounts that the follow-up is about."""
    before = last.query.of
    if parts.of:
        of = tuple(dict.fromkeys((*before, *parts.of))) if _is_more(parts, ties, last) else parts.of
        return Meant(of, is_new=of == parts.of != before)
    if parts.choices and not ties.is_also:
        return Meant((), is_new=True)
    of = _together(parts, ties, last) or _pointed_at(parts, last)
    if of:
        return Meant(of, is_new=True)
    if _is_of_others(parts, last.query):
        return Meant((), is_new=bool(before))
    if _is_of_all(parts, ties, last):
        return Meant((), is_new=True)
    is_of_several = any(getattr(parts, name) for name in (*ACCOUNT_FILTERS, "states")) and not parts.pronouns
    if last.query.subject is not Subject.ACCOUNTS and is_of_several:
        return Meant((), is_new=bool(before))
    if parts.not_of:
        return Meant(tuple(each for each in before if each not in parts.not_of), is_new=True)
    return Meant(before, is_new=False)


def _is_more(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    """Return true if the accounts named come to those before: "and Brightwater too", "compare it to Kestrel"."""
    is_added = last.query.form is Form.COMPARE and Mark.FOLLOWING in parts.marks and parts.form is None
    return is_added or ties.is_also or (parts.form is Form.COMPARE and len(parts.of) == 1)


def _is_of_others(parts: Parts, query: Query) -> bool:
    """Return true for "the others" where they can only be other accounts."""
    if Mark.OTHERS not in parts.marks or parts.pronouns:
        return False
    # all that there is of the account was shown
    is_of_things = query.subject not in (Subject.ACCOUNTS, Subject.PEOPLE)
    has_all = is_of_things and replace(query, of=(), form=Form.LIST, period=None) == Query(query.subject, Form.LIST)
    return has_all or query.form in (Form.YES_NO, Form.WHY) or parts.form in (Form.LIST, Form.COUNT)


def _is_of_all(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    """Return true for words that no longer speak of the one account just spoken of."""
    is_moved = parts.subject is Subject.MOVEMENT and ties.is_of_those and not parts.pronouns
    is_moved = is_moved and len(last.query.of) == 1
    is_of_owner = _is_of_owner(parts, ties, last.query)
    is_plural = _is_which_of_all(parts, ties, last) or _is_of_several(parts, ties, last.query)
    return is_moved or is_of_owner or is_plural or _is_of_any(parts, ties, last.query)


def _is_of_any(parts: Parts, ties: Ties, query: Query) -> bool:
    """Return true for what makes no sense of one account: "the biggest", "per owner", "how many", "and food"."""
    is_of_one = query.subject is Subject.ACCOUNTS and len(query.of) == 1 and Pronoun.IT not in parts.pronouns
    if not is_of_one or ties.has_noun or parts.subject not in (None, Subject.ACCOUNTS):
        return False
    is_scope = ties.is_following and bool(parts.segments or parts.tiers) and parts.form in (None, Form.CARD)
    is_number = parts.form in (Form.LIST, Form.COUNT) and not parts.fields
    return is_scope or is_number or bool(parts.by or parts.per)


def _is_of_owner(parts: Parts, ties: Ties, query: Query) -> bool:
    """Return true for "and mine" and "for Tomas" after one account's signals: people choose accounts of theirs.

    Things that somebody is answerable for are narrowed to his by the name alone, as in "only mine".
    """
    is_named = bool(parts.persons or parts.owners or Mark.MINE in parts.marks) and not (parts.fields or parts.whose)
    is_other = parts.subject is None or (parts.subject is Subject.ACCOUNTS and ties.is_following)
    is_open = is_other and not (parts.pronouns or query.owners or query.whose)
    is_of_accounts = query.subject in OWNED or (ties.is_following and Mark.MINE in parts.marks)
    return is_named and is_open and is_of_accounts and len(query.of) == 1


def _is_which_of_all(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    """Return true for "which did" and "how many are" after yes or no about one account."""
    is_asked_of_one = last.query.form is Form.YES_NO and len(last.query.of) == 1 and not parts.pronouns
    is_of_accounts = last.query.subject in (Subject.ACCOUNTS, Subject.MOVEMENT) and not ties.has_noun
    is_who = parts.form is Form.WHO and not (parts.fields or ties.is_source)
    return is_asked_of_one and is_of_accounts and (ties.is_of_those or is_who or parts.form is Form.COUNT)


def _is_of_several(parts: Parts, ties: Ties, query: Query) -> bool:
    """Return true for "which ones are stalled" and "others in transport" after an answer about one account."""
    if query.subject is not Subject.ACCOUNTS or len(query.of) != 1 or parts.pronouns:
        return False
    names = ("tiers", "segments", "states", "stages", "statuses", "having", "without", "period")
    has_filter = any(getattr(parts, name) for name in names)
    is_plural = Mark.OTHERS in parts.marks or ties.is_plural or ties.is_of_those
    return has_filter and (ties.is_of_any or (is_plural and query.form is not Form.YES_NO))


def _together(parts: Parts, ties: Ties, last: LastAnswer) -> tuple[int, ...]:
    """Return the accounts asked about one after the other, for "both", "what's that together", "which is bigger"."""
    if len(last.query.of) != 1 or not (ties.is_of_two or parts.form is Form.SUM or parts.by):
        return ()
    earlier = last.earlier[-1:] if ties.is_of_two else last.earlier
    return (*earlier, *last.query.of) if earlier else ()


def _pointed_at(parts: Parts, last: LastAnswer) -> tuple[int, ...]:
    """Return the account meant by "the other one", "the second", "yes" or "it", none where none is."""
    if (Mark.OTHER in parts.marks or is_denied_alone(parts)) and (others := others_of(last)):
        return others[:1]
    if parts.ordinal and (one := _by_number(parts.ordinal, last)):
        return one
    if last.query.of:
        return ()
    if Pronoun.THEY in parts.pronouns and len(last.offered) > 1:
        return last.offered
    if Mark.YES in parts.marks:
        return last.offered[:1]
    return last.listed if Pronoun.IT in parts.pronouns and len(last.listed) == 1 else ()


def is_denied_alone(parts: Parts) -> bool:
    """Return true for "not that one" and "wrong one", which say nothing of what is meant instead."""
    names = ("subject", "form", "of", "choices", "persons", "owners", "whose", "ordinal", "step", "not_of", "about")
    says_more = any(getattr(parts, name) for name in (*names, "fields", "period", "coming", "states", "stages"))
    is_said = says_more or any(getattr(parts, name) for name in ("tiers", "segments", "statuses", "having", "unread"))
    return parts.marks == (Mark.CORRECTION,) and not is_said


def others_of(last: LastAnswer) -> tuple[int, ...]:
    """Return the accounts that were offered or listed beside the one that was answered about."""
    choices = last.offered or last.listed
    return tuple(each for each in choices if each not in last.query.of) if len(last.query.of) < 2 else ()


def _by_number(number: int, last: LastAnswer) -> tuple[int, ...]:
    """Return the account of that place among those offered, named or listed."""
    choices = last.offered if len(last.offered) > 1 and not last.query.of else ()
    choices = choices or ((*last.earlier, *last.query.of) if last.earlier else ())
    choices = choices or (last.query.of if len(last.query.of) > 1 else ()) or last.listed
    place = number - 1 if number > 0 else number
    return (choices[place],) if -len(choices) <= place < len(choices) else ()


# Follow-ups that no query can say: they are told as not understood, rather than answered as something else.

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


# Subject and form of a follow-up that says no subject: kept, or turned into a reason, a number, a list or a field.

SUBJECT_OF_HAVING = {
    Having.ROLE: Subject.PEOPLE,
    Having.CONTACT: Subject.PEOPLE,
    Having.BLOCKER: Subject.BLOCKERS,
    Having.NEXT_ACTION: Subject.ACTIONS,
    Having.SIGNAL: Subject.SIGNALS,
    Having.EVIDENCE: Subject.EVIDENCE,
    Having.DEAL: Subject.DEALS,
    Having.PLAY: Subject.PLAYS,
    Having.ASK: Subject.ASKS,
}
SUMMED = frozenset({Field.VALUE, Field.PIPELINE})
REASONS = (Form.WHY, Form.WHEN, Form.WHO)
ORDER = ("per", "by", "is_lowest", "limit")
ASKED = ("fields", "tiers", "stages", "states", "statuses", "having", "without")
"""Parts that yes, no or a reason is asked of: those of the follow-up take their place."""


def turned(before: Query, parts: Parts, meant: Meant, *, is_named: bool) -> Query:
    """Return the last query with the form and accounts of the follow-up; `is_named` where the text names them."""
    query = before
    if parts.form is Form.WHO and not parts.fields and before.subject is Subject.ACCOUNTS and len(before.having) == 1:
        subject = SUBJECT_OF_HAVING.get(before.having[0], before.subject)
        query = replace(before, subject=subject, having=())
    if query.form in (Form.CARD, Form.FIELD) and (parts.persons or parts.owners) and not is_named:
        return Query(Subject.ACCOUNTS, Form.LIST)
    is_compared = query.form is Form.COMPARE and parts.form is None and len(meant.of) > 1
    form = query.form if is_compared else _form(query, parts, meant, is_named=is_named)
    query = replace(query, form=form, of=meant.of)
    if meant.is_new and is_named:
        is_asked = query.subject is Subject.ACCOUNTS and query.form in (*REASONS, Form.YES_NO)
        query = blank(query, ORDER if is_asked else (*ACCOUNT_FILTERS, *ORDER))
        if query.form is Form.CARD:
            query = Query(Subject.ACCOUNTS, Form.CARD, of=meant.of)
    if query.form is Form.CARD and before.form is not Form.CARD and query.of:
        return Query(Subject.ACCOUNTS, Form.CARD, of=query.of)
    return _tidy(query, before, parts)


def told_of_one(query: Query, before: Query, parts: Parts) -> Query | None:
    """Return the query as it can be told of the one account just spoken of.

    None for a list of that account alone or of all accounts, and for the last answer again, where nothing asks for it.
    """
    if query.subject is not Subject.ACCOUNTS or len(before.of) != 1:
        return query
    if query.of != before.of:
        is_asked = parts.form is Form.COUNT or bool({Mark.ALL, Mark.OTHERS} & set(parts.marks))
        return query if is_asked or query != Query(Subject.ACCOUNTS, Form.LIST) else None
    if query.form is Form.LIST or (query.form is Form.CARD and query.period):
        happened = Query(Subject.CHANGES, Form.LIST, of=query.of, period=query.period)
        is_of_days = query.period is not None and replace(query, subject=Subject.CHANGES, form=Form.LIST) == happened
        card = Query(Subject.ACCOUNTS, Form.CARD, of=query.of) if Pronoun.IT in parts.pronouns else None
        return happened if is_of_days else card
    is_again = parts.form is not None or bool(parts.pronouns or parts.marks)
    return query if query != before or (is_again and not parts.unread) else None


def asked_alike(before: Query, of: tuple[int, ...]) -> Query | None:
    """Return what was asked before as yes or no of these accounts, None where it asked for nothing to say yes to."""
    query = replace(blank(before, (*ACCOUNT_FILTERS, "fields", *ORDER)), form=Form.YES_NO, of=of)
    has_values = any(getattr(before, name) for name in (*ASKED, "tiers", "stages", "statuses") if name != "fields")
    if before.subject is not Subject.ACCOUNTS:
        return query
    kept = {name: getattr(before, name) for name in ("tiers", "stages", "statuses")}
    return replace(query, **kept) if has_values else None


def blank(query: Query, names: tuple[str, ...]) -> Query:
    """Return the query without these filters."""
    empty = Query(query.subject, query.form)
    emptied = {each.name: getattr(empty, each.name) for each in fields(Query) if each.name in names}
    return replace(query, **emptied)


def _form(query: Query, parts: Parts, meant: Meant, *, is_named: bool) -> Form:
    form = parts.form
    if query.subject is Subject.ACCOUNTS:
        return _form_of_accounts(query, parts, meant, is_named=is_named)
    if form is Form.FIELD or (form is None and Field.AGE in parts.fields):
        return Form.WHEN
    if form is Form.YES_NO and query.form is Form.LIST:
        return Form.LIST
    return form if form not in (None, Form.CARD) else query.form


def _form_of_accounts(query: Query, parts: Parts, meant: Meant, *, is_named: bool) -> Form:
    form = parts.form
    if form is Form.CARD and meant.is_new and len(meant.of) == 1 and not parts.fields and not is_named:
        return Form.CARD
    if parts.fields and (meant.of or form is Form.WHO) and form not in (Form.COUNT, Form.SUM, Form.COMPARE):
        return Form.WHY if form is Form.WHY else Form.FIELD
    if form is Form.SUM and len(meant.of) == 1:
        return Form.FIELD
    if form in (Form.WHY, Form.WHEN, Form.COUNT, Form.SUM, Form.COMPARE):
        return form
    is_of_others = meant.is_new and not meant.of
    if is_of_others or form is Form.WHO:
        return Form.WHO if query.form in (Form.YES_NO, Form.WHY, Form.WHEN) and not is_of_others else Form.LIST
    if is_named and query.form in (Form.LIST, Form.COUNT) and form is not Form.YES_NO:
        return Form.CARD
    if form is Form.YES_NO:
        return Form.YES_NO if meant.of else Form.LIST
    return _unsaid(query, parts, meant)


def _unsaid(query: Query, parts: Parts, meant: Meant) -> Form:
    """Return the form of a follow-up that says none: that of the last query as far as it fits."""
    if query.form is Form.SUM and meant.of and meant.is_new:
        return Form.FIELD if query.fields else Form.CARD
    if query.form is Form.CARD and not meant.of:
        return Form.LIST
    has_values = any(getattr(parts, name) for name in ASKED if name != "fields")
    if query.form is Form.CARD and has_values:
        return Form.YES_NO
    if query.form is Form.FIELD and query.of and has_values and not parts.fields:
        return Form.YES_NO
    if query.form is Form.COMPARE and len(meant.of) == 1:
        return Form.FIELD if query.fields else Form.CARD
    return parts.form if parts.form not in (None, Form.CARD) else query.form


def _tidy(query: Query, before: Query, parts: Parts) -> Query:
    """Return the query without what its form does not ask for, and with what it needs."""
    has_values = any(getattr(parts, name) for name in ASKED)
    if query.form in (*REASONS, Form.YES_NO) and has_values and query.subject is Subject.ACCOUNTS:
        query = blank(query, (*ASKED, "roles"))
    if query.form in (Form.LIST, Form.COUNT) and before.form in (Form.SUM, Form.COUNT):
        query = blank(query, ("fields", "per") if query.form is Form.LIST else ("fields",))
    if query.form in (Form.LIST, Form.YES_NO) and before.form in (Form.COMPARE, Form.FIELD) and not parts.fields:
        query = blank(query, ("fields",))
    if query.form is Form.SUM and query.subject is Subject.ACCOUNTS:
        summed = tuple(each for each in (*parts.fields, *query.fields) if each in SUMMED)
        query = replace(query, fields=summed[:1] or (Field.VALUE,))
    if query.form is Form.FIELD and query.of and parts.form is Form.SUM and not parts.fields:
        query = Query(Subject.ACCOUNTS, Form.FIELD, of=query.of, fields=(Field.VALUE,))
    if query.form is Form.FIELD and parts.fields and query.of:
        query = Query(Subject.ACCOUNTS, Form.FIELD, of=query.of)
    if query.form is Form.WHY and query.statuses == (ListStatus.NAMED,) and before.form is Form.YES_NO:
        query = replace(query, statuses=(ListStatus.REMOVED,))
    return query


# The subject that a follow-up says itself, by a noun or a verb: values alone leave it to the answer before.

VERBS = (
    Cue.OWE,
    Cue.DUE,
    Cue.BLOCK,
    Cue.BLOCKED,
    Cue.RESOLVE,
    Cue.BUYER_DID,
    Cue.DECIDE,
    Cue.PROMOTE,
    Cue.DEMOTE,
    Cue.ATTEND,
    Cue.NEWS,
    Cue.MOVE,
    Cue.KNOW,
    Cue.NEED,
    Cue.WAIT,
)
"""Words that tell a subject without a noun; not `overdue` and the like, which are said of several."""

TELLING = frozenset(
    {
        Subject.PEOPLE,
        Subject.SIGNALS,
        Subject.MEMBERS,
        Subject.MOVEMENT,
        Subject.DEALS,
        Subject.REVIEWS,
        Subject.LIST_CHANGES,
        Subject.EVIDENCE,
        Subject.PLAYS,
    }
)
"""Subjects that their values tell, since no other thing has such values."""

LIFTED_FIELDS = {
    Lift.TIERS: Field.TIER,
    Lift.SEGMENTS: Field.SEGMENT,
    Lift.STAGES: Field.STAGE,
    Lift.STATES: Field.STATE,
    Lift.PERSONS: Field.OWNER,
}
ANSWERABLE = (Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS)
"""Subjects with people of their own who own them: "who is on it"."""

ITEM_FIELDS = frozenset({Field.DUE, Field.AGE, Field.AMOUNT})


def own_subject(said: Said, parts: Parts, before: Query, lifts: Collection[Lift]) -> Subject | None:
    """Return the subject that the text says by a noun or verb, None where only its values could tell one.

    `said` are the pieces from which `parts` were read: a noun that a filter has used ("with a blocker") tells none.
    """
    if before.subject is Subject.MEMBERS:
        return _of_member(said, parts)
    if before.subject is Subject.DECISIONS and parts.subject is Subject.LIST_CHANGES and not parts.period:
        return None
    if _is_worth_of_deals(parts, before):
        return None
    if (
        _is_noun(said, before, lifts)
        or (said.has(*VERBS) and not _is_said_of_before(said, before))
        or _is_added(said, parts)
    ):
        return parts.subject
    return _by_values(said, parts, before, lifts)


def _is_worth_of_deals(parts: Parts, before: Query) -> bool:
    """Return true for "what's that worth" and "total value" after deals."""
    is_sum = parts.form is Form.SUM or bool(parts.pronouns) or not before.of
    asks_worth = bool(parts.fields) and set(parts.fields) <= MEASURES
    return before.subject is Subject.DEALS and asks_worth and is_sum and not parts.of


def _of_member(said: Said, parts: Parts) -> Subject | None:
    """Return what is asked of the person just spoken of: "what does he own", "is he late with anything"."""
    if said.has(Cue.OWN) and parts.form is not Form.WHO:
        return Subject.ACCOUNTS
    return parts.subject if parts.subject is not Subject.MEMBERS else None


def _is_noun(said: Said, before: Query, lifts: Collection[Lift]) -> bool:
    noun = head_noun(said) or (Subject.ACCOUNTS if said.has(Subject.ACCOUNTS) else None)
    if noun is Subject.ACCOUNTS and _is_of_accounts(said, before):
        return False
    return noun is not None and not (noun in (Subject.MEMBERS, Subject.PEOPLE) and Lift.PERSONS in lifts)


def _by_values(said: Said, parts: Parts, before: Query, lifts: Collection[Lift]) -> Subject | None:
    """Return the subject of values that say it: the last one has no such values."""
    if _is_other_role(parts, before):
        return None
    if Lift.PERSONS in lifts and parts.subject in (Subject.MEMBERS, Subject.PEOPLE):
        return None
    is_of_it = (
        Pronoun.IT in parts.pronouns
        or _is_how_is_it(said)
        or (Pronoun.THEY in parts.pronouns and before.subject is Subject.PEOPLE)
    )
    if is_of_it and before.of and parts.subject is Subject.ACCOUNTS and parts.form in (Form.YES_NO, Form.CARD):
        return Subject.ACCOUNTS
    is_owner_of_item = parts.form is Form.WHO and set(parts.fields) == {Field.OWNER} and before.subject in ANSWERABLE
    if is_owner_of_item or (parts.by and parts.subject is Subject.DEALS):
        return None
    if parts.subject is Subject.LIST_CHANGES and said.has(Cue.ADD):
        return None
    if parts.subject in TELLING and parts.subject is not before.subject:
        return parts.subject
    if before.subject is Subject.ACCOUNTS and parts.subject not in (None, Subject.ACCOUNTS):
        return parts.subject
    fields = set(parts.fields) - {field for lift, field in LIFTED_FIELDS.items() if lift in lifts}
    return Subject.ACCOUNTS if parts.subject is Subject.ACCOUNTS and fields and not fields <= ITEM_FIELDS else None


def _is_of_accounts(said: Said, before: Query) -> bool:
    """Return true for accounts that narrow another thing: "only those on tier 1 accounts"."""
    if before.subject is Subject.ACCOUNTS:
        return False
    noun = said.where(Subject.ACCOUNTS)[:1] or [len(said)]
    begins_at = any(said[each].means(Cue.AT, Cue.FOR) for each in range(min(2, *noun, len(said))))
    begins_at = begins_at or said[0].typed.casefold() in ("on", "on which", "at which")
    return begins_at or said.has(Cue.ONLY, Cue.ALL)


def _is_said_of_before(said: Said, before: Query) -> bool:
    """Return true for a verb that repeats the subject before: "since when is it blocked"."""
    is_blocked = said.has(Cue.BLOCKED) and before.subject in (Subject.BLOCKERS, Subject.ACCOUNTS)
    is_moved = said.has(Cue.MOVE) and before.subject is Subject.MOVEMENT
    return is_blocked or is_moved


def _is_how_is_it(said: Said) -> bool:
    """Return true for the pronoun of "how is it doing", which is known with the words before it."""
    return any({"it", "they"} & set(said[each].typed.casefold().split()) for each in said.where(Cue.CARD))


def _is_other_role(parts: Parts, before: Query) -> bool:
    """Return true for "or an economic buyer" after the accounts without a champion."""
    is_of_role = before.subject is Subject.ACCOUNTS and Having.ROLE in (*before.having, *before.without)
    return (
        is_of_role and bool(parts.roles) and Mark.FOLLOWING in parts.marks and not (parts.of or parts.form is Form.WHO)
    )


def _is_added(said: Said, parts: Parts) -> bool:
    """Return true for "who was added"; "add Energy" widens the list before."""
    return parts.statuses == (ListStatus.NAMED,) and any(
        said[position].typed.casefold() != "add" for position in said.where(Cue.ADD)
    )


T = TypeVar("T")
SETS = (
    "fields",
    "tiers",
    "stages",
    "states",
    "statuses",
    "segments",
    "having",
    "without",
    "needs",
    "roles",
    "ways",
    "progress",
    "signals",
    "decisions",
)
"""Filters of several values."""

SINGLE = ("least_cents", "most_cents", "currency", "about", "by", "limit", "per", "which")
ALLOWED = {
    Lift.PERSONS: ("owners", "whose"),
    Lift.TIERS: ("tiers",),
    Lift.SEGMENTS: ("segments",),
    Lift.STAGES: ("stages",),
    Lift.STATES: ("states",),
    Lift.ACCOUNTS: ("of", "owners", "tiers", "segments"),
    Lift.PERIOD: ("period",),
    Lift.ALL: ("limit", "by", "is_lowest"),
}
"""Filters that are taken away by "all"."""

NARROWING = ("is_overdue", "progress", "whose", "owners", "tiers", "segments", "about", "period", "roles", "signals")
"""Filters that "all of them" takes away where no number of the list was asked for, the first of them that is set."""

TIERS = (1, 2, 3)


def without_filters(query: Query, parts: Parts, lifts: Collection[Lift]) -> Query:
    """Return the query without the filters that are lifted; "all tier 2" lifts no tier."""
    for lift in lifts:
        if any(getattr(parts, name) for name in (*KINDS, "period") if lift is Lift.ALL or name in ALLOWED[lift]):
            continue
        if lift is Lift.ALL and not (query.limit or query.by):
            first = next((name for name in NARROWING if getattr(query, name)), None)
            query = blank(query, (first,)) if first else query
        else:
            query = blank(query, ALLOWED[lift])
    return query


def with_filters(query: Query, parts: Parts, ties: Ties, asked: Asked) -> Query:
    """Return the query with the filters that the text itself says."""
    lifted = {field for lift, field in LIFTED_FIELDS.items() if lift in ties.lifts}
    parts = replace(parts, fields=tuple(each for each in parts.fields if each not in lifted))
    query = _shaped(query, parts)
    query = _without_opposites(query, parts)
    values = _sets(query, parts, ties) | {name: getattr(parts, name) for name in SINGLE if getattr(parts, name)}
    if parts.by:
        values["is_lowest"] = parts.is_lowest
    if _is_top(query, parts):
        query = replace(query, form=Form.LIST, per=None, fields=())
    if query.form is Form.COMPARE and parts.by:
        values |= {"fields": (parts.by,), "by": None, "is_lowest": False}
    if query.subject is not Subject.ACCOUNTS:
        values.pop("fields", None)
    late = _with_overdue(replace(query, **values), query, parts, ties)
    query = _without_denied(late, query, parts, ties)
    return _without_one(_with_owners(_with_period(query, parts, ties), parts, ties, asked), ties)


def _with_owners(query: Query, parts: Parts, ties: Ties, asked: Asked) -> Query:
    """Return the query of the people named, with the owners before where the text widens them: "also mine"."""
    found = with_persons(query, parts, asked)
    before = query.owners if ties.is_also else ()
    return replace(found, owners=tuple(dict.fromkeys((*before, *found.owners))))


def _is_top(query: Query, parts: Parts) -> bool:
    """Return true for "top 3 by value" after a number: the first ones are listed, not counted again."""
    is_number = query.form in (Form.COUNT, Form.SUM) and parts.form in (None, Form.LIST)
    return bool(parts.by and parts.limit) and is_number and not parts.per


def _shaped(query: Query, parts: Parts) -> Query:
    """Return the query in the form, and without the filters, that the parts leave no room for."""
    if Mark.OTHERS in parts.marks or (Having.ROLE in parts.without and not parts.roles):
        query = blank(query, ("roles", "limit"))
    if query.subject is Subject.PEOPLE and parts.form is Form.WHO and parts.roles:
        query = blank(query, ("progress", "period"))
    if parts.per and query.form is Form.LIST:
        query = replace(query, form=Form.COUNT)
    return query


def _sets(query: Query, parts: Parts, ties: Ties) -> dict[str, Any]:
    """Return the filters of several values that are said, with those before where the text widens them."""
    values: dict[str, Any] = {}
    for name in SETS:
        said = getattr(parts, name)
        if said:
            is_compared = parts.form is Form.COMPARE and name in ("tiers", "segments") and len(said) == 1
            is_more = (
                ties.is_also or is_compared or (name == "roles" and Mark.FOLLOWING in parts.marks and parts.without)
            )
            before = getattr(query, name) if is_more else ()
            before = before or ((Progress.OPEN,) if is_more and name == "progress" else ())
            values[name] = tuple(dict.fromkeys((*before, *said)))
    return values


def _with_overdue(query: Query, before: Query, parts: Parts, ties: Ties) -> Query:
    if _is_with_overdue(before, parts, ties):
        period = before.period and Period(None, before.period.last)
        return replace(query, period=period, having=before.having)
    is_of_days = bool(parts.period or parts.coming)
    return replace(query, is_overdue=parts.is_overdue or (query.is_overdue and not is_of_days))


def _is_with_overdue(query: Query, parts: Parts, ties: Ties) -> bool:
    """Return true for "including the overdue ones" after what is due in some days: all that is due up to their end."""
    is_late = parts.is_overdue or Having.OVERDUE_ACTION in parts.having
    return query.subject is Subject.ACTIONS and ties.is_also and is_late and query.period is not None


def _without_opposites(query: Query, parts: Parts) -> Query:
    """Return the query without what the text says the opposite of: "with a champion" of those without one."""
    having = tuple(each for each in query.having if each not in parts.without)
    without = tuple(each for each in query.without if each not in parts.having)
    return replace(query, having=having, without=without)


def _without_one(query: Query, ties: Ties) -> Query:
    """Return a list of people turned into the accounts without any: "where is there none"."""
    if not (ties.is_none and query.subject is Subject.PEOPLE and query.roles):
        return query
    others = tuple(each.name for each in fields(Query) if each.name not in (*ACCOUNT_FILTERS, "roles", "of"))
    return replace(blank(query, others), subject=Subject.ACCOUNTS, form=Form.LIST, without=(Having.ROLE,))


def _without_denied(query: Query, before: Query, parts: Parts, ties: Ties) -> Query:
    """Return the query without what is said not to be meant: "not stalled, blocked", "not only overdue"."""
    if not ties.is_denied:
        return query
    if parts.tiers and parts.tiers != before.tiers:
        query = replace(query, tiers=_but(before.tiers or TIERS, parts.tiers))
    if parts.stages and parts.stages != before.stages:
        query = replace(query, stages=_but(before.stages or tuple(Stage), parts.stages))
    if parts.states and not before.states:
        query = replace(query, states=_but(tuple(AccountStanding), parts.states))
    names = [name for name in (*SETS, "is_overdue") if getattr(parts, name)]
    has_more = any(name not in ("states", "is_overdue") for name in names)
    if before.states and parts.states and has_more and not set(before.states) & set(parts.states):
        query = replace(query, states=())
    denied = tuple(name for name in names if getattr(parts, name) == getattr(before, name))
    return blank(query, denied)


def _but(values: tuple[T, ...], denied: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(each for each in values if each not in denied)


def _with_period(query: Query, parts: Parts, ties: Ties) -> Query:
    if ties.is_denied and parts.period == query.period:
        return replace(query, period=None)
    if parts.step is not None:
        return replace(query, period=shifted(query.period, *parts.step)) if query.period else query
    if parts.period is None and parts.coming is None:
        return query
    is_to_come = query.subject in (Subject.ACTIONS, Subject.ASKS, Subject.DEALS) and not query.progress
    return replace(query, period=(parts.coming or parts.period) if is_to_come else (parts.period or parts.coming))


def with_persons(query: Query, parts: Parts, asked: Asked) -> Query:
    """Return the query of the people named; where the words don't tell their part, the one that people had before."""
    named = _named(query, parts)
    if not (named or parts.whose or parts.owners):
        if Mark.MINE not in parts.marks or query.whose or query.owners:
            return query
        named = (asked.user_id,)
    if not named:
        if query.subject in OWNED and parts.whose and not parts.owners:
            return replace(query, owners=parts.whose)
        return replace(query, owners=parts.owners or query.owners, whose=parts.whose or query.whose)
    if query.whose or (query.subject not in OWNED and not query.owners):
        return replace(query, whose=named)
    return replace(query, owners=named)


def _named(query: Query, parts: Parts) -> tuple[str, ...]:
    """Return the people named without a part, or in the part that others had before: "no, Tomas", "the other Alex"."""
    before = (*query.owners, *query.whose)
    if {Mark.OTHER, Mark.CORRECTION} & set(parts.marks):
        others = [each for each in (*parts.persons, *parts.owners, *parts.whose) if each not in before]
        if others:
            return tuple(dict.fromkeys(others))
    is_of_owners = query.owners and not query.whose and not parts.persons
    return parts.whose if is_of_owners and parts.whose else parts.persons
