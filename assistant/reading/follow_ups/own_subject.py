"""The subject that a follow-up says itself, by a noun or a verb: values alone leave it to the answer before."""

from collections.abc import Collection

from agendas.facts.account import ListStatus
from assistant.query import Field, Form, Having, Query, Subject
from assistant.reading.follow_ups.lifts import Lift
from assistant.reading.parts import Mark, Parts, Pronoun
from assistant.reading.pieces import Said
from assistant.reading.rules.amounts import MEASURES
from assistant.reading.subjects.nouns import head_noun
from assistant.reading.vocabulary.cues import Cue

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
    if _is_noun(said, before, lifts) or _is_verb(said, before) or _is_added(said, parts):
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


def _is_verb(said: Said, before: Query) -> bool:
    return said.has(*VERBS) and not _is_said_of_before(said, before)


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
