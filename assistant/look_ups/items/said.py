"""The words in which the answer to a query about things says back what was asked."""

from collections.abc import Sequence

from agendas.facts.found.items import FoundItem
from agendas.pages.answers.items.asked import ItemKind, ItemsAsked
from agendas.rendering.filters import spoken
from agendas.rules.access.leads import NOBODY_LEADS
from agendas.verbs.loading.leads import askable_leads
from agendas.verbs.reads.found.happened import MOST_ENTRIES
from agendas.verbs.reads.found.loading import MOST_READ
from assistant.look_ups.items.finding import LEFT_TOO, Asking
from assistant.look_ups.teams import back_of
from assistant.query import Having, Progress, Query, Subject, Way
from assistant.said_back import said_back

SHOWN_BY_A_LINE = (
    "about",
    "whose",
    "needs",
    "period",
    "progress",
    "decisions",
    "statuses",
    "tiers",
    "by",
    "limit",
)
"""Filters that a single line shows by itself, as it says the words, the person, the day."""

SAID_BY_NOUN = ("of", "which", "roles", "signals", "ways", "is_overdue")
"""Filters that the noun of the heading says, or the names beside it."""


def asked_of(asked: Asking, found: Sequence[FoundItem]) -> ItemsAsked:
    """Return the question as its answer says it; `found` are all things that were found."""
    context, query = asked.context, asked.query
    names = _names(asked)
    reader = back_of(context, query, dict(enumerate(names)))
    kind = kind_of(query)
    is_said = is_open(query) or kind is ItemKind.LEFT
    but = {*SAID_BY_NOUN, *(("without",) if is_missing(query) else ()), *(("progress",) if is_said else ())}
    order = _order(asked)
    but |= ({"by", "limit"} if order else set()) | ({"per"} if not found else set())
    return ItemsAsked(
        kind=kind,
        now=context.now,
        zone=context.zone,
        today=context.today,
        state=_state(query),
        order=order,
        said=said_back(query, reader, but=but),
        beyond=said_back(query, reader, but={*but, *SHOWN_BY_A_LINE}),
        names=names,
        accounts=len({each.account.account_id for each in found}),
        is_named=len(query.of) != 1,
        is_one_person=len(query.whose) == 1 and query.subject in (Subject.ACTIONS, Subject.ASKS),
        is_capped=len(found) >= (MOST_ENTRIES if query.subject in LEFT_TOO else MOST_READ),
        can_act=context.can_act,
        goes_on=_is_all_own(asked),
        reader=context.asker if context.can_act else None,
        leads=askable_leads(context.session, context.workspace_id) if kind is ItemKind.BLOCKERS else NOBODY_LEADS,
    )


def kind_of(query: Query) -> ItemKind:
    """Return the kind of the things that are shown."""
    if is_missing(query):
        return ItemKind.MISSING
    if query.subject is Subject.PEOPLE and Progress.LOST in query.progress:
        return ItemKind.LEFT
    if query.subject is Subject.MOVEMENT and query.ways == (Way.CLAIMED,) and query.period is None:
        return ItemKind.CLAIMS
    return ItemKind(query.subject.value)


def is_missing(query: Query) -> bool:
    """Return true for the roles that are missing."""
    return query.subject is Subject.PEOPLE and Having.ROLE in query.without


def is_open(query: Query) -> bool:
    """Return true where things that are open are asked for."""
    return not query.progress or query.progress == (Progress.OPEN,)


def _state(query: Query) -> str:
    """The word before the noun, or in its place."""
    match query.subject:
        case Subject.ACTIONS | Subject.ASKS if query.is_overdue:
            return "overdue"
        case Subject.ACTIONS | Subject.BLOCKERS | Subject.ASKS | Subject.DEALS if is_open(query):
            return "open"
        case Subject.PLAYS if is_open(query):
            return "running"
        case Subject.PEOPLE:
            return " or ".join(map(spoken, query.roles))
        case Subject.SIGNALS:
            return " or ".join(map(spoken, query.signals))
        case Subject.MOVEMENT:
            return " or ".join(map(spoken, query.ways))
    return ""


def _order(asked: Asking) -> str:
    """The word for the first ones of an order, '' where the order or the number is said beside them."""
    query = asked.query
    if not (query.by and query.limit) or query.skip:
        return ""
    return asked.context.words.raw("said_back.superlative", by=query.by, is_lowest=query.is_lowest)


def _names(asked: Asking) -> tuple[str, ...]:
    """The names of the accounts in the question that the asker may see and that fit, in its order."""
    known = asked.scope.names if asked.scope else {}
    return tuple(known[number] for number in asked.query.of if number in known)


def _is_all_own(asked: Asking) -> bool:
    """True where exactly the asker's open actions are asked for: their list goes on page by page."""
    own = Query(Subject.ACTIONS, asked.query.form, whose=(asked.context.asker.user_id,))
    return asked.query == own
