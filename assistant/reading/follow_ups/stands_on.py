"""Decide whether a text stands on the answer before it, or asks something of its own."""

from dataclasses import fields, replace

from assistant.conversation import LastAnswer
from assistant.query import Form, Having, Query, Subject
from assistant.reading.follow_ups.forms import REASONS
from assistant.reading.follow_ups.lifts import Lift
from assistant.reading.follow_ups.meant_accounts import ACCOUNT_FILTERS
from assistant.reading.follow_ups.own_subject import ANSWERABLE
from assistant.reading.follow_ups.tie_words import KINDS, UNDERSTOOD
from assistant.reading.follow_ups.ties import Ties
from assistant.reading.parts import Mark, Parts, Pronoun
from assistant.reading.pieces import Said
from assistant.reading.subjects.nouns import head_noun
from assistant.reading.vocabulary.cues import Cue

TYING = frozenset({Mark.FOLLOWING, Mark.ONLY, Mark.OTHER, Mark.OTHERS, Mark.CORRECTION, Mark.SAME})
WHOLE_WORDS = 4
"""Fewer words are rather said of what was just answered."""

SCOPE = (
    "of",
    "choices",
    "tiers",
    "stages",
    "states",
    "statuses",
    "segments",
    "owners",
    "whose",
    "persons",
    "needs",
    "without",
    "having",
    "per",
    "least_cents",
    "most_cents",
)
"""Parts that say of whom or what a question is asked: a full question has one of them or asks of all."""

WHOSE = ("of", "choices", "tiers", "segments", "owners", "whose", "persons")
"""Parts that say of whom a question is asked."""

NARROWED = (
    *("tiers", "segments", "states", "statuses", "stages", "having", "without", "period"),
    *("least_cents", "most_cents", "by", "per", "needs", "ways", "progress"),
)
"""Filters that make a whole question of a noun: "accounts in tier 1"."""

OF_ONE = frozenset(Subject) - {Subject.MEMBERS, Subject.LIST_CHANGES, Subject.ACCOUNTS}
"""Subjects that a word or two ask of the account just spoken of: "next actions?", "any evidence?"."""


def is_whole(said: Said, parts: Parts) -> bool:
    """Return true for a question that names whom it is about, or the kind of thing with a filter, and is not tied.

    It means the same whatever was answered before it.
    """
    is_tied = bool(parts.pronouns or (TYING | {Mark.YES}) & set(parts.marks))
    is_tied = is_tied or bool(parts.ordinal or parts.step or parts.not_of)
    words = sum(len(each.typed.split()) for each in said.pieces)
    begins = said.pieces[0].means(Cue.AT, Cue.FOR, Cue.WITH, Cue.WITHOUT, Cue.FROM) if said.pieces else False
    begins = begins or said.pieces[0].typed.casefold() == "on"
    if parts.subject is None or is_tied or words < WHOLE_WORDS or (begins and not parts.is_question):
        return False
    if any(getattr(parts, name) for name in ("of", "choices", "owners", "whose", "persons")):
        return True
    if head_noun(Said(said.pieces)) is None or parts.unread:
        return False
    is_of_all = parts.subject in (Subject.MEMBERS, Subject.LIST_CHANGES)
    return is_of_all or any(getattr(parts, name) for name in NARROWED)


def stands_on(parts: Parts, ties: Ties, said: Subject | None, last: LastAnswer) -> bool:
    """Return true if the text stands on the last answer.

    `said` is the subject told by a noun or verb of the text itself, None where only its values could tell one.
    """
    if ties.is_new or _is_of_nobody(parts, last.query) or _is_of_everything(parts, ties, said, last.query):
        return False
    if ties.is_referring or _is_of_missing_roles(parts, said or parts.subject, last.query):
        return True
    if said is None:
        is_own = _is_own_of_account(parts, ties) or _is_of_all(parts, last.query)
        return not is_own and (_is_tied(parts, ties, last) or _is_fragment(parts, ties, last))
    is_tied = _is_tied(parts, ties, last) and not ties.is_turn
    lifts_all = bool(ties.lifts & {Lift.ACCOUNTS, Lift.PERSONS, Lift.ALL})
    if not is_tied and (lifts_all or parts.about):
        return False
    if not (is_tied or ties.is_short):
        return _asks_field_of_one(parts, said, last.query)
    return _goes_with(parts, ties, said, last.query, is_tied=is_tied)


def _is_of_nobody(parts: Parts, query: Query) -> bool:
    """Return true for a question about "her" where nobody was spoken of."""
    has_person = query.owners or query.whose or query.subject is Subject.MEMBERS
    is_of_contact = query.subject is Subject.PEOPLE and bool(query.of)
    return Pronoun.PERSON in parts.pronouns and not (has_person or is_of_contact)


def _is_of_everything(parts: Parts, ties: Ties, said: Subject | None, query: Query) -> bool:
    """Return true for what is asked of all accounts after an answer about one: "all overdue actions", "top 3"."""
    if not query.of or parts.of or parts.choices or parts.pronouns or parts.ordinal:
        return False
    is_whole_list = said is not None and said is not query.subject and Mark.ALL in parts.marks
    is_ranking = query.subject is Subject.ACCOUNTS and len(query.of) == 1 and parts.limit > 1
    is_any = parts.is_overdue and (parts.form is Form.WHO or ties.has_lead) and not ties.is_plural
    is_of_tier = query.form is Form.FIELD and bool(parts.tiers or parts.segments) and not parts.fields
    if ties.is_tied and not ties.is_following:
        return False
    return is_whole_list or (
        not ties.is_tied and (is_ranking or is_of_tier or (is_any and parts.form is not Form.YES_NO))
    )


def _is_of_all(parts: Parts, query: Query) -> bool:
    """Return true for a list of all accounts of a kind after one account: "all in tier 1"."""
    names = ("tiers", "stages", "segments", "statuses")
    is_of_account = bool(query.of) and query.subject is Subject.ACCOUNTS
    return is_of_account and Mark.ALL in parts.marks and any(getattr(parts, name) for name in names)


def _is_own_of_account(parts: Parts, ties: Ties) -> bool:
    """Return true for a question about a named account that needs no other: "quill, still just a candidate?"."""
    if parts.form is Form.COMPARE and len(parts.of) == 1:
        return False
    is_place = ties.is_placed and not parts.fields
    return bool(parts.of) and not (ties.is_bare or is_place) and (bool(parts.fields) or _has_filter(parts))


def _is_tied(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    marks = TYING & set(parts.marks)
    if marks == {Mark.OTHER} and not (
        last.offered or len(last.listed) > 1 or parts.persons or parts.owners or parts.of
    ):
        marks = frozenset()
    if marks == {Mark.CORRECTION} and ties.has_lead:
        marks = frozenset()
    return ties.is_tied or bool(marks or parts.ordinal or parts.step or parts.not_of)


def _is_fragment(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    """Return true for a text that says no subject: a value alone, "why?", "how many is that"."""
    if (Mark.YES in parts.marks and last.offered) or _is_other_side(parts, last.query):
        return True
    unread = {word.casefold() for typed in parts.unread for word in typed.split()}
    is_unread = bool(unread - UNDERSTOOD or parts.about)
    if ties.is_whole_sentence or is_unread or not _says_something(parts, ties):
        return False
    if parts.of:
        return _is_fragment_of(parts, ties, last.query)
    if not ties.is_short or sum(bool(getattr(parts, name)) for name in KINDS) > 1 or parts.form is Form.COMPARE:
        return bool(ties.lifts) and not ties.has_lead and not _has_values(parts)
    if last.query.of and last.query.subject is Subject.ACCOUNTS and parts.form is None and ties.is_plural:
        return False
    if last.query.of and parts.form in (Form.LIST, Form.COUNT, Form.WHO) and _has_filter(parts):
        return parts.subject is not Subject.ACCOUNTS
    return not (ties.has_lead and _has_filter(parts) and parts.form in (None, Form.LIST))


def _is_other_side(parts: Parts, query: Query) -> bool:
    """Return true for "compare with tier 1" after tier 2."""
    is_of_one = any(len(getattr(parts, name)) == len(getattr(query, name)) == 1 for name in ("tiers", "segments"))
    return parts.form is Form.COMPARE and is_of_one and not parts.of


def _is_of_missing_roles(parts: Parts, said: Subject | None, query: Query) -> bool:
    """Return true for "which roles are we still missing" after an account was spoken of."""
    is_of_one = len(query.of) == 1 and not parts.of
    return said is Subject.PEOPLE and is_of_one and Having.ROLE in parts.without


def _asks_field_of_one(parts: Parts, said: Subject, query: Query) -> bool:
    """Return true for a field asked of the account just spoken of: "and when was it last reviewed"."""
    is_field = said is Subject.ACCOUNTS and bool(parts.fields) and parts.form is not Form.SUM
    return is_field and not _has_scope(parts) and bool(query.of)


def _goes_with(parts: Parts, ties: Ties, said: Subject, query: Query, *, is_tied: bool) -> bool:
    """Return true for a subject of a few words, or tied to the answer before, without a scope of its own."""
    if said is query.subject and said is not Subject.ACCOUNTS:
        is_of_same = is_tied or not (ties.has_noun or (parts.needs and ties.has_lead))
        return is_of_same and not any(getattr(parts, name) for name in WHOSE)
    if _has_scope(replace(parts, needs=()) if ties.is_tiny else parts):
        return False
    if said is Subject.ACCOUNTS:
        is_of_some = query.of or query.tiers or query.segments or query.owners
        return bool(parts.fields) and (bool(is_of_some) or is_tied or query.subject is Subject.ACCOUNTS)
    if (parts.period is not None and not is_tied) or (ties.is_plural and query.of):
        return False
    if query.subject is Subject.MEMBERS:
        return is_tied or not ties.has_noun
    is_of_accounts = query.subject is Subject.ACCOUNTS or any(getattr(query, name) for name in ACCOUNT_FILTERS)
    is_of_list = (is_of_accounts or (bool(query.whose) and said in ANSWERABLE)) and ties.is_tiny
    return said in OF_ONE if query.of or is_of_list else is_tied


def _is_fragment_of(parts: Parts, ties: Ties, query: Query) -> bool:
    """Return true for accounts named without a question of their own: "KST?", "why Brightwater?"."""
    if parts.form is Form.COMPARE:
        return len(parts.of) == 1
    if parts.form in REASONS:
        is_listed = query.subject is Subject.ACCOUNTS and query.form in (Form.LIST, Form.COUNT)
        return ties.is_bare and not (parts.form is Form.WHO and is_listed)
    is_place = ties.is_placed and not parts.fields
    return (ties.is_bare or is_place) and (bool(query.of) or query.subject is not Subject.ACCOUNTS)


def _says_something(parts: Parts, ties: Ties) -> bool:
    """Return false for "thanks", "ok" and words that mean nothing here."""
    is_near = any(choice.accounts for choice in parts.choices)
    return bool(ties.lifts or parts.form or is_near) or _has_values(parts)


def _has_values(parts: Parts) -> bool:
    names = (each.name for each in fields(Query) if each.name not in ("subject", "form"))
    return any(getattr(parts, name) for name in (*names, "coming", "persons", "not_of"))


def _has_filter(parts: Parts) -> bool:
    names = ("tiers", "stages", "states", "statuses", "segments", "owners", "having", "without", "period")
    return any(getattr(parts, name) for name in names)


def _has_scope(parts: Parts) -> bool:
    return any(getattr(parts, name) for name in SCOPE)
