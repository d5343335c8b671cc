"""Filters of a follow-up: its own take the place of those of the same kind, others stay; "all" takes them away."""

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any, TypeVar

from agendas.facts.account import Stage
from agendas.facts.list_filter import AccountStanding
from assistant.query import Form, Having, Period, Progress, Query, Subject
from assistant.reading.follow_ups.forms import blank
from assistant.reading.follow_ups.lifts import Lift
from assistant.reading.follow_ups.meant_accounts import ACCOUNT_FILTERS, OWNED
from assistant.reading.follow_ups.own_subject import LIFTED_FIELDS
from assistant.reading.follow_ups.tie_words import KINDS
from assistant.reading.follow_ups.ties import Ties
from assistant.reading.names import Asked
from assistant.reading.parts import Mark, Parts
from assistant.reading.periods.days import shifted

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
