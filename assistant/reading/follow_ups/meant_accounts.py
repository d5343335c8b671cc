"""The accounts that a follow-up means: named, the other one, the second one, or those of the answer before."""

from dataclasses import dataclass, replace

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject
from assistant.reading.follow_ups.ties import Ties
from assistant.reading.parts import Mark, Parts, Pronoun
from assistant.reading.rules.persons import OF_ACCOUNTS

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
