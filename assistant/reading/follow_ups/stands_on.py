"""Decide whether a text stands on the answer before it, or asks something of its own."""

from dataclasses import fields

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject
from assistant.reading.follow_ups.ties import Lift, Ties
from assistant.reading.parts import Mark, Parts, Pronoun

TYING = frozenset({Mark.FOLLOWING, Mark.ONLY, Mark.OTHER, Mark.OTHERS, Mark.CORRECTION, Mark.SAME})
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
)
"""Parts that say of whom or what a question is asked: a full question has one of them or asks of all."""

WHOSE = ("of", "choices", "tiers", "segments", "owners", "whose", "persons")
"""Parts that say of whom a question is asked."""

REASONS = (Form.WHY, Form.WHEN, Form.WHO)
OF_ONE = frozenset(Subject) - {Subject.MEMBERS, Subject.LIST_CHANGES, Subject.ACCOUNTS}
"""Subjects that a word or two ask of the account just spoken of: "next actions?", "any evidence?"."""


def stands_on(parts: Parts, ties: Ties, said: Subject | None, last: LastAnswer) -> bool:
    """Return true if the text stands on the last answer.

    `said` is the subject told by a noun or verb of the text itself, None where only its values could tell one.
    """
    if ties.is_new or (Pronoun.PERSON in parts.pronouns and not (last.query.owners or last.query.whose)):
        return False
    if parts.pronouns and not (parts.of and set(parts.pronouns) == {Pronoun.THEY}):
        return True
    is_tied = bool(TYING & set(parts.marks)) or bool(parts.ordinal or parts.step or ties.is_also)
    if said is None:
        return is_tied or _is_fragment(parts, ties, last)
    is_tied = is_tied and not ties.is_turn
    if ties.lifts & {Lift.ACCOUNTS, Lift.PERSONS, Lift.ALL} and not is_tied:
        return False
    is_of_one = parts.form is not Form.SUM or (ties.is_short and len(last.query.of) == 1)
    if said is Subject.ACCOUNTS and parts.fields and is_of_one:
        is_of_list = ties.is_short and last.query.subject is Subject.ACCOUNTS
        return not _has_scope(parts) and (bool(last.query.of) or is_tied or is_of_list)
    if said is last.query.subject and said is not Subject.ACCOUNTS and (is_tied or ties.is_short):
        return not any(getattr(parts, name) for name in WHOSE)
    return (is_tied or ties.is_short) and not _has_scope(parts) and _goes_with(parts, said, last.query, is_tied=is_tied)


def _is_fragment(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    """Return true for a text that says no subject: values alone, "why?", "how many is that"."""
    if Mark.YES in parts.marks and last.offered:
        return True
    if ties.is_whole_sentence or not _says_something(parts, ties):
        return False
    if parts.of:
        return _is_fragment_of(parts, last.query)
    if last.query.of and parts.form in (Form.LIST, Form.COUNT, Form.WHO) and _has_filter(parts):
        return parts.subject is not Subject.ACCOUNTS
    return not (parts.form in REASONS and not _has_values(parts) and not ties.is_short)


def _is_fragment_of(parts: Parts, query: Query) -> bool:
    """Return true for accounts named without a question of their own: "KST?", "why Brightwater?"."""
    has_more = parts.fields or _has_filter(parts)
    if parts.form in REASONS:
        return not has_more
    if parts.form not in (None, Form.COMPARE) and (has_more or parts.form is Form.CARD):
        return False
    if parts.form is Form.COMPARE:
        return len(parts.of) == 1
    return bool(query.of) or parts.form is not None or query.subject is not Subject.ACCOUNTS


def _says_something(parts: Parts, ties: Ties) -> bool:
    """Return false for "thanks", "ok" and words that mean nothing here."""
    return bool(ties.lifts or parts.form or parts.choices) or _has_values(parts)


def _has_values(parts: Parts) -> bool:
    names = (each.name for each in fields(Query) if each.name not in ("subject", "form"))
    return any(getattr(parts, name) for name in (*names, "coming", "persons", "not_of"))


def _goes_with(parts: Parts, said: Subject, query: Query, *, is_tied: bool) -> bool:
    """Return true for a subject without a scope of its own that the last query's fits."""
    if parts.period is not None and not is_tied:
        return False
    if query.of or query.subject is Subject.MEMBERS:
        return said in OF_ONE or query.subject is Subject.MEMBERS
    return is_tied and said is not Subject.ACCOUNTS


def _has_filter(parts: Parts) -> bool:
    names = ("tiers", "stages", "states", "statuses", "segments", "owners", "having", "without", "period")
    return any(getattr(parts, name) for name in names)


def _has_scope(parts: Parts) -> bool:
    return any(getattr(parts, name) for name in SCOPE)
