"""Follow-ups that say their own subject: "its blockers?", "any evidence?", "and next actions"."""

from dataclasses import fields, replace

from agendas.facts.account import ListStatus
from agendas.facts.events import DecisionKind
from assistant.query import Form, Having, Query, Subject
from assistant.reading.compose import query_of
from assistant.reading.follow_ups.meant_accounts import ACCOUNT_FILTERS
from assistant.reading.parts import Mark, Parts

OF_ACCOUNTS = (*ACCOUNT_FILTERS, "states")
"""Filters of accounts, which hold for every subject."""

OWN = ("subject", "form", "of", "fields", "by", "is_lowest", "limit", "per", "which", "about", "having", "without")
"""Parts of a query that another question of the subject does not take over."""

OF_HAPPENINGS = frozenset(
    {
        Subject.MOVEMENT,
        Subject.EVIDENCE,
        Subject.CHANGES,
        Subject.SIGNALS,
        Subject.DECISIONS,
        Subject.LIST_CHANGES,
    }
)
"""Subjects whose days are those on which something happened: they are kept from one to another."""

DECISION_OF = {ListStatus.REMOVED: DecisionKind.REMOVE, ListStatus.PAUSED: DecisionKind.PAUSE}
"""Decisions by which an account comes to be what it is."""


def asked_beside(before: Query, parts: Parts, *, is_named: bool) -> Query:
    """Return the question that the parts ask, with what holds for it of the last query.

    `parts` have the accounts meant; `is_named` is true where the text itself names them.
    """
    own = query_of(parts) or Query(parts.subject or before.subject, Form.LIST, of=parts.of)
    if own.form is Form.SUM and own.subject is Subject.ACCOUNTS and len(own.of) == 1:
        own = replace(own, form=Form.FIELD)
    if own.form is Form.FIELD and before.form is Form.COMPARE and parts.form is None and len(own.of) > 1:
        return replace(own, form=Form.COMPARE)
    is_of_one = own.subject is Subject.ACCOUNTS and own.form is Form.YES_NO and len(own.of) == 1
    if (own.form in (Form.CARD, Form.FIELD) and own.of) or is_of_one:
        return own
    if own.subject is Subject.DECISIONS and before.subject is Subject.ACCOUNTS:
        return replace(own, decisions=own.decisions or _decisions(before))
    kept = {name: getattr(before, name) for name in _kept(before, own, parts)}
    if is_named:
        kept = {name: value for name, value in kept.items() if name not in OF_ACCOUNTS}
    if before.subject is Subject.MEMBERS and not (own.owners or own.whose):
        person = "owners" if own.subject is Subject.ACCOUNTS else "whose"
        kept = {person: before.whose}
    return replace(own, **{name: value for name, value in kept.items() if value and not getattr(own, name)})


def _kept(before: Query, own: Query, parts: Parts) -> tuple[str, ...]:
    """Return the names of the filters that are taken over where the text has none of the kind."""
    if own.subject is before.subject is Subject.ACCOUNTS:
        ordered = ("by", "is_lowest", "limit") if own.form is Form.LIST or parts.pronouns else ()
        return (*OF_ACCOUNTS, "having", "without", "roles", "ways", *ordered)
    if own.subject is before.subject:
        names = tuple(each.name for each in fields(Query) if each.name not in OWN)
        is_of_others = Mark.OTHERS in parts.marks or Having.ROLE in parts.without
        names = (*names, "which") if own.subject is Subject.REVIEWS else names
        left = {"roles"} if is_of_others else set()
        # who is there now, asked after who left
        left |= {"is_overdue"} if own.period else set()
        left |= {"progress", "period"} if own.subject is Subject.PEOPLE else set()
        return tuple(name for name in names if name not in left)
    happened = ("period",) if {before.subject, own.subject} <= OF_HAPPENINGS else ()
    if own.of:
        return happened
    answerable = ("whose",) if own.subject in (Subject.ACTIONS, Subject.ASKS, Subject.BLOCKERS) else ()
    return (*OF_ACCOUNTS, *happened, *answerable)


def _decisions(before: Query) -> tuple[DecisionKind, ...]:
    kinds = tuple(DECISION_OF[each] for each in before.statuses if each in DECISION_OF)
    is_of_tier = before.tiers and before.form in (Form.WHY, Form.WHEN)
    return (*kinds, DecisionKind.CHANGE_TIER) if is_of_tier else kinds
