"""The accounts that fit the account filters of a query: what every look-up shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from agendas.facts.account import ListStatus
from agendas.facts.list_filter import AccountFilter, AccountStanding
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.list.filters import fits
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.reads.account_list import place_rows, rows_fitting
from assistant.context import QuestionContext
from assistant.look_ups.days import Days
from assistant.look_ups.having import Asked, who_has
from assistant.query import Field, Form, Having, Period, Query, Subject
from storage.tables import Account

OWN_FILTERS: Mapping[Subject, tuple[str, ...]] = {
    Subject.LIST_CHANGES: ("tiers", "statuses"),
    Subject.MEMBERS: ("of", "tiers", "stages", "states", "statuses", "segments", "owners", "having", "without"),
}
"""Filters that say something else of these subjects than of accounts: the tier or status that was reached."""


LAST_DAYS = timedelta(days=7)
"""Days that "what is new" is about."""

LATELY = (
    Field.STAGE,
    Field.STATE,
    Field.DAYS_IN_STAGE,
    Field.AGE,
    Field.LAST_REVIEW,
    Field.NEXT_REVIEW,
    Field.LAST_MOVEMENT,
    Field.LAST_UPDATE,
    Field.LAST_TOUCH,
    Field.ENGAGEMENT,
)
"""Fields that tell of work on an account, which only named ones have."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Accounts that fit, by tier and name; `items` are their places, where those had to be known to choose them.

    `also_stalled`: where stalled accounts are asked for, names of those that need intervention and are over a limit.
    """

    rows: tuple[Account, ...]
    items: Mapping[int, AgendaItem] = field(default_factory=dict)
    also_stalled: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The accounts' ids, in order."""
        return tuple(row.row_id for row in self.rows)

    @property
    def names(self) -> dict[int, str]:
        """The accounts' names by id, in order."""
        return {row.row_id: row.name for row in self.rows}


def scope_of(context: QuestionContext, query: Query, *, left_too: bool = False) -> Scope | None:
    """Return the accounts that fit the account filters of a query about anything, None where it has none of them.

    Accounts named in the question fit whatever their status; others only as the list shows them, unless `left_too`
    or a status is asked for.
    """
    wanted = account_filters(query)
    return fitting(context, wanted, left_too=left_too) if has_account_filter(wanted) else None


def has_account_filter(query: Query) -> bool:
    """Return true if the query asks for some accounts alone."""
    asked = (query.of, query.tiers, query.stages, query.states, query.statuses, query.segments, query.owners)
    return any(asked) or bool(query.having or query.without or query.least_cents or query.most_cents)


def lately(context: QuestionContext, query: Query) -> Query:
    """Return the query about everything recorded as one about the last days: all of history answers nobody."""
    is_everything = query.subject is Subject.CHANGES and not has_account_filter(query)
    if not is_everything or query.period or query.whose or query.about or query.form is not Form.LIST:
        return query
    return replace(query, period=Period(context.today - LAST_DAYS))


def account_filters(query: Query) -> Query:
    """Return the query with the filters that are about accounts alone; the period only where accounts are asked for."""
    if query.subject is Subject.ACCOUNTS:
        return query
    mine = dict.fromkeys(OWN_FILTERS.get(query.subject, ()), ())
    kept = replace(query, period=None, progress=(), **mine)  # type: ignore[arg-type]
    if query.subject in (Subject.DEALS, Subject.MEMBERS):
        kept = replace(kept, least_cents=0, most_cents=0)
    if query.subject is Subject.PEOPLE:
        return replace(kept, without=tuple(each for each in query.without if each is not Having.ROLE))
    return kept


def fitting(context: QuestionContext, query: Query, *, left_too: bool = False) -> Scope:
    """Return the accounts that fit the account filters of the query, all that the list shows where it has none."""
    wanted = list_filter(query)
    any_status = bool(query.of) or left_too
    rows = rows_fitting(context.session, context.workspace_id, wanted, ids=query.of, any_status=any_status)
    rows = [row for row in rows if is_within(query, row.value_cents, row.currency)]
    rows = _having(context, query, _since(context, query, rows))
    if not query.states:
        return Scope(tuple(rows))
    named = [row for row in rows if row.list_status == ListStatus.NAMED]
    settings = settings_of(context.session, context.workspace_id)
    placed = place_rows(context.session, named, settings=settings, now=context.now, zone=context.zone)
    items = {item.facts.account.account_id: item for item in placed if fits(wanted, item.facts.account, item.placement)}
    others = (item for item in placed if item.facts.account.account_id not in items and item.placement.stall.is_stalled)
    also = tuple(item.facts.account.name for item in others) if AccountStanding.STALLED in query.states else ()
    return Scope(tuple(row for row in named if row.row_id in items), items, also)


def is_within(query: Query, cents: int | None, currency: str) -> bool:
    """Return true for an amount within the bounds of the query, and in its currency; without any bound for all."""
    if query.currency and currency != query.currency:
        return False
    if not (query.least_cents or query.most_cents):
        return True
    return cents is not None and query.least_cents <= cents and (not query.most_cents or cents <= query.most_cents)


def list_filter(query: Query) -> AccountFilter:
    """Return the part of the query that a filter of the list has too.

    Only named accounts are without something, are ordered by what happened lately, and add to a sum: nobody waits for
    a paused one or a candidate.
    """
    is_of_named = query.without or query.by in LATELY or query.form is Form.SUM
    statuses = query.statuses or ((ListStatus.NAMED,) if is_of_named and not query.of else ())
    return AccountFilter(query.tiers, query.states, statuses, query.owners, query.segments, query.stages)


def _since(context: QuestionContext, query: Query, rows: list[Account]) -> list[Account]:
    """Those of the accounts that have the status asked for since a day of the period, where it belongs to that."""
    if query.period is None or not query.statuses or query.having or query.without:
        return rows
    days = Days.of(query.period, context.zone)
    is_named = ListStatus.NAMED
    return [row for row in rows if days.has(row.named_at if row.list_status == is_named else row.list_changed_at)]


def _having(context: QuestionContext, query: Query, rows: list[Account]) -> list[Account]:
    """Those of the accounts that have each thing asked for, and none of those that they are to be without."""
    asked = Asked(context, Days.of(query.period, context.zone), query.roles, query.progress)
    for each in query.having:
        found = who_has(each, asked, rows)
        rows = [row for row in rows if row.row_id in found]
    for each in query.without:
        found = who_has(each, asked, rows)
        rows = [row for row in rows if row.row_id not in found]
    return rows
