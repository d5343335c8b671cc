"""Subject and form of a follow-up that says no subject: kept, or turned into a reason, a number, a list or a field."""

from dataclasses import fields, replace

from agendas.facts.account import ListStatus
from assistant.query import Field, Form, Having, Query, Subject
from assistant.reading.follow_ups.meant_accounts import ACCOUNT_FILTERS, Meant
from assistant.reading.parts import Mark, Parts, Pronoun

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
