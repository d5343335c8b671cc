"""Subject and form of a follow-up: kept, turned into a reason, a number, a list, or those of its own."""

from dataclasses import fields, replace

from agendas.facts.account import ListStatus
from assistant.query import Field, Form, Having, Query, Subject
from assistant.reading.follow_ups.meant_accounts import ACCOUNT_FILTERS, Meant
from assistant.reading.parts import Parts

DATED = frozenset({Form.LIST, Form.COUNT, Form.SUM, Form.YES_NO})
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
ITEM_FIELDS = frozenset({Field.DUE, Field.AGE, Field.AMOUNT})
SUMMED = frozenset({Field.VALUE, Field.PIPELINE})
OF_HAPPENINGS = frozenset(
    {
        Subject.MOVEMENT,
        Subject.EVIDENCE,
        Subject.CHANGES,
        Subject.SIGNALS,
        Subject.DECISIONS,
        Subject.LIST_CHANGES,
        Subject.BLOCKERS,
    }
)
"""Subjects whose period are days on which something happened: it is kept from one to another."""

CHOOSING = ("of", "tiers", "stages", "states", "statuses", "segments", "owners")
"""Filters of accounts, which hold for every subject."""


def turned(before: Query, parts: Parts, said: Subject | None, meant: Meant) -> Query:
    """Return the last query with the subject, form and accounts of the follow-up."""
    subject = _subject(before, parts, said)
    query = before if subject is before.subject else _of_other_subject(before, subject)
    query = replace(query, form=_form(query, parts, said, meant), of=meant.of)
    if meant.is_new and parts.of:
        query = blank(query, (*ACCOUNT_FILTERS, "per", "by", "is_lowest", "limit"))
        if query.form is Form.CARD:
            query = Query(Subject.ACCOUNTS, Form.CARD, of=meant.of)
    return _tidy(query, before, parts)


def _subject(before: Query, parts: Parts, said: Subject | None) -> Subject:
    if said is not None:
        return said
    if parts.fields and not set(parts.fields) <= ITEM_FIELDS and before.subject is not Subject.DEALS:
        return Subject.ACCOUNTS
    if parts.form is Form.WHO and before.subject is Subject.ACCOUNTS and len(before.having) == 1:
        return SUBJECT_OF_HAVING.get(before.having[0], before.subject)
    return before.subject


def _of_other_subject(before: Query, subject: Subject) -> Query:
    """Return a query of another subject with what holds for it of the last one: accounts, people and days."""
    roles = before.roles if subject is Subject.PEOPLE else ()
    both_happen = {subject, before.subject} <= OF_HAPPENINGS
    period = before.period if both_happen else None
    others = tuple(each.name for each in fields(Query) if each.name not in CHOOSING)
    query = replace(blank(before, others), subject=subject, form=Form.LIST, roles=roles, period=period)
    if before.whose and before.subject is Subject.MEMBERS:
        owns = subject is Subject.ACCOUNTS
        return replace(query, owners=before.whose if owns else (), whose=() if owns else before.whose)
    if before.whose and subject in (Subject.ACTIONS, Subject.ASKS):
        return replace(query, whose=before.whose)
    return query


def _form(query: Query, parts: Parts, said: Subject | None, meant: Meant) -> Form:
    form = parts.form
    if query.subject is Subject.ACCOUNTS:
        return _form_of_accounts(query, parts, meant)
    if form is Form.FIELD or (form is None and set(parts.fields) & {Field.AGE}):
        return Form.WHEN
    if form in (None, Form.CARD) and said is not None:
        return Form.LIST
    if form is Form.YES_NO and query.form is Form.LIST and said is None:
        return Form.LIST
    return form or query.form


def _form_of_accounts(query: Query, parts: Parts, meant: Meant) -> Form:
    form = parts.form
    if form in (Form.WHY, Form.WHEN, Form.COUNT, Form.SUM, Form.COMPARE):
        has_field = bool(parts.fields) and form is Form.WHEN and bool(meant.of)
        return Form.FIELD if has_field else form
    if parts.fields and meant.of:
        return Form.FIELD
    if form is Form.WHO:
        return Form.WHO if query.form in (Form.YES_NO, Form.WHY, Form.WHEN) else Form.LIST
    if parts.of and query.form in (Form.LIST, Form.COUNT, Form.SUM) and form is not Form.YES_NO:
        return Form.SUM if query.form is Form.SUM else Form.CARD
    if form is Form.YES_NO:
        return Form.YES_NO if meant.of else Form.LIST
    if query.form is Form.CARD and _has_values(parts):
        return Form.YES_NO
    if query.form is Form.CARD and not meant.of:
        return Form.LIST
    return form or query.form


def _has_values(parts: Parts) -> bool:
    return bool(parts.states or parts.tiers or parts.stages or parts.statuses or parts.having or parts.without)


def _tidy(query: Query, before: Query, parts: Parts) -> Query:
    """Return the query without what its form does not ask for, and with what it needs."""
    if query.form in (Form.WHY, Form.WHEN, Form.WHO) and _has_values(parts):
        query = blank(query, ("fields", "tiers", "stages", "states", "statuses", "having"))
    if query.form in (Form.LIST, Form.COUNT) and before.form is Form.SUM:
        query = replace(query, fields=(), per=None)
    if query.form is Form.LIST and before.form is Form.COUNT:
        query = replace(query, per=None)
    if query.form is Form.SUM and query.subject is Subject.ACCOUNTS:
        summed = tuple(each for each in (*parts.fields, *query.fields) if each in SUMMED)
        query = replace(query, fields=summed[:1] or (Field.VALUE,))
    if query.form is Form.FIELD and parts.fields:
        only_field = Query(Subject.ACCOUNTS, Form.FIELD, of=query.of)
        query = only_field if query.of else query
    if query.form is Form.WHY and query.statuses == (ListStatus.NAMED,) and before.form is Form.YES_NO:
        query = replace(query, statuses=(ListStatus.REMOVED,))
    return query


def blank(query: Query, names: tuple[str, ...]) -> Query:
    """Return the query without these filters."""
    empty = Query(query.subject, query.form)
    return replace(
        query,
        **{
            each.name: getattr(empty, each.name)
            for each in fields(Query)
            if each.name in names and each.name not in ("subject", "form")
        },
    )
