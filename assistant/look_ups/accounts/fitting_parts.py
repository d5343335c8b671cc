"""Parts of a query that one account fits: for yes or no, and for what a question presupposes."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.facts.list_filter import AccountStanding
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.list.filters import fits
from assistant.context import QuestionContext
from assistant.look_ups.days import Days
from assistant.look_ups.having import Asked, who_has
from assistant.look_ups.scope import is_within, list_filter
from assistant.query import Query
from storage.tables import Account

OF_THE_LIST = ("tiers", "stages", "states", "statuses", "segments", "owners")
"""The parts that an account's row and its place decide."""

OF_AMOUNT = ("least_cents", "most_cents")

PARTS = (*OF_THE_LIST, *OF_AMOUNT, "having", "without")


def parts_asked(query: Query) -> tuple[str, ...]:
    """Return the names of the parts that the query asks of accounts."""
    return tuple(name for name in PARTS if getattr(query, name))


def fits_part(query: Query, name: str, item: AgendaItem) -> bool:
    """Return true if the account fits this part, whatever its status where that is not the part."""
    if name == "states" and AccountStanding.STALLED in query.states and is_over_limit(item):
        return True
    alone = Query(query.subject, query.form, statuses=tuple(ListStatus))
    wanted = list_filter(replace(alone, **{name: getattr(query, name)}))
    return fits(wanted, item.facts.account, item.placement)


def is_over_limit(item: AgendaItem) -> bool:
    """Return true for a stalled account, also where it needs intervention besides."""
    return item.facts.account.list_status is ListStatus.NAMED and item.placement.stall.is_stalled


def state_code(query: Query, item: AgendaItem) -> str:
    """Return the code of the fact that says the state: its numbers where it is stalled and that is asked for."""
    return "stalled" if AccountStanding.STALLED in query.states and is_over_limit(item) else "state"


def having_ids(context: QuestionContext, query: Query, rows: Sequence[Account]) -> dict[str, Collection[int]]:
    """Return the ids of the accounts that fit what is to be had, and of those that fit what is to be lacked."""
    asked = Asked(context, Days.of(query.period, context.zone), query.roles, query.progress)
    every = {row.row_id for row in rows}
    with_all = every.copy()
    for thing in query.having:
        with_all &= set(who_has(thing, asked, rows))
    without_any = every.copy()
    for thing in query.without:
        without_any -= set(who_has(thing, asked, rows))
    within: Collection[int] = {row.row_id for row in rows if is_within(query, row.value_cents, row.currency)}
    return dict.fromkeys(OF_AMOUNT, within) | {"having": with_all, "without": without_any}
