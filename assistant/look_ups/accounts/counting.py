"""Numbers of accounts and sums of their values, whole or split by a property."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from agendas.errors import NotUnderstood
from agendas.facts.account import Stage
from agendas.facts.list_filter import AccountStanding
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Note, Page, Rows, Text
from assistant.context import QuestionContext
from assistant.look_ups.accounts.asked import filters_of, names_in, none_said, notes_of
from assistant.look_ups.accounts.listing import statuses
from assistant.look_ups.accounts.loaded import placed
from assistant.look_ups.found import Found
from assistant.look_ups.scope import Scope, fitting
from assistant.query import Field, Per, Query
from storage import deals, people
from storage.tables import Account

FEW_NAMES = 5
"""Accounts that a count names."""

Group = str | int | None
Sums = tuple[tuple[str, int], ...]


def count(context: QuestionContext, query: Query) -> Found:
    """Return how many accounts fit, the number first; which ones where they are few, or how many of each group."""
    scope = fitting(context, query)
    rows, is_few = scope.rows, len(scope.rows) <= FEW_NAMES and query.per is None
    label = _count_said(context, query, rows, names=[row.name for row in rows] if is_few else [])
    lines = [(group, str(len(each))) for group, each in _groups(context, query, scope).items()]
    also = [context.words.say("fields.also_stalled", names=scope.also_stalled)] if scope.also_stalled else []
    return Found(_page(context, query, label, lines, notes=also), scope.ids if is_few else ())


def _count_said(context: QuestionContext, query: Query, rows: Sequence[Account], *, names: Sequence[str]) -> Mrkdwn:
    if not rows:
        return none_said(context, query)
    return context.words.say(
        "fields.count_label",
        said=filters_of(context, query, names=names_in(context, query), but=("limit", "fields", "by")),
        count=len(rows),
        by_status=statuses(query, rows),
        names=names,
        is_split=query.per is not None,
    )


def total(context: QuestionContext, query: Query) -> Found:
    """Return what the accounts that fit are worth, or their open deals, by currency; whole and of each group.

    Raises NotUnderstood for fields that are no amounts.
    """
    field = query.fields[0] if query.fields else Field.VALUE
    if field not in (Field.VALUE, Field.PIPELINE, Field.AMOUNT):
        raise NotUnderstood("Only the values and the open deals of accounts can be summed.")
    scope = fitting(context, query)
    worth = _values(scope) if field is Field.VALUE else _pipelines(context, scope)
    sums, unknown = _summed(scope.rows, worth)
    label = context.words.say(
        "fields.total",
        sums=sums,
        what="value" if field is Field.VALUE else "open deals",
        noun="account" if query.of or query.statuses else "named account",
        said=filters_of(context, query, names=names_in(context, query), but=("limit", "fields", "by")),
        count=len(scope.rows),
        unknown=unknown,
        is_split=query.per is not None,
    )
    lines = [(group, _part(context, rows, worth)) for group, rows in _groups(context, query, scope).items()]
    return Found(_page(context, query, label, lines), scope.ids if len(scope.rows) <= FEW_NAMES else ())


Worth = Mapping[int, Sequence[tuple[str, int]]]
"""Amounts as (currency, cents) by account; an account without any is not there."""


def _part(context: QuestionContext, rows: Sequence[Account], worth: Worth) -> Mrkdwn:
    sums, unknown = _summed(rows, worth)
    return context.words.say("fields.part_total", sums=sums, count=len(rows), unknown=unknown)


def _values(scope: Scope) -> Worth:
    return {row.row_id: [(row.currency, row.value_cents)] for row in scope.rows if row.value_cents is not None}


def _pipelines(context: QuestionContext, scope: Scope) -> Worth:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for deal in deals.of_accounts(context.session, scope.ids):
        if deal.phase not in ("won", "lost") and deal.amount_cents is not None:
            found[deal.account_id].append((deal.currency, deal.amount_cents))
    return found


def _summed(rows: Sequence[Account], worth: Worth) -> tuple[Sums, int]:
    """The sum in each currency, the largest first, and the number of accounts without an amount."""
    sums: Counter[str] = Counter()
    for row in rows:
        for currency, cents in worth.get(row.row_id, ()):
            sums[currency] += cents
    return tuple(sums.most_common()), sum(row.row_id not in worth for row in rows)


def _groups(context: QuestionContext, query: Query, scope: Scope) -> dict[Group, list[Account]]:
    """The accounts by the property asked for, in its own order; nothing where none is."""
    if query.per is None:
        return {}
    group_of = _group_of(context, query.per, scope)
    found: dict[Group, list[Account]] = defaultdict(list)
    for row in scope.rows:
        found[group_of(row)].append(row)
    order = _order(query.per)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] in (None, ""), order(pair[0]), -len(pair[1]))))


def _group_of(context: QuestionContext, per: Per, scope: Scope) -> Callable[[Account], Group]:
    if per is Per.STATE:
        states = {item.facts.account.account_id: item for item in placed(context, scope)}
        return lambda row: (
            AccountStanding.of(states[row.row_id].placement).value if row.list_status == "named" else row.list_status
        )
    if per is Per.FUNCTION:
        owners = {row.owner for row in scope.rows if row.owner}
        functions = {
            each.user_id: each.function for each in people.get_many(context.session, context.workspace_id, owners)
        }
        return lambda row: functions.get(row.owner or "")
    return COLUMNS[per]


COLUMNS: Mapping[Per, Callable[[Account], Group]] = {
    Per.TIER: lambda row: row.tier,
    Per.STAGE: lambda row: row.stage,
    Per.STATUS: lambda row: row.list_status,
    Per.SEGMENT: lambda row: row.segment,
    Per.OWNER: lambda row: row.owner,
    Per.CURRENCY: lambda row: row.currency,
}


def _order(per: Per) -> Callable[[Group], tuple[int, str]]:
    """Tiers and stages in their own order, states by need; people and segments by their number of accounts."""
    places: dict[Group, int] = {}
    if per is Per.STAGE:
        places = {stage.value: stage.rank for stage in Stage}
    elif per is Per.STATE:
        places = {state.value: place for place, state in enumerate(AccountStanding)}
    elif per is Per.TIER:
        return lambda group: (group if isinstance(group, int) else 0, "")
    return lambda group: (places.get(group, len(places)), "")


def _page(
    context: QuestionContext,
    query: Query,
    label: Mrkdwn,
    lines: Sequence[tuple[Group, str]],
    *,
    notes: Sequence[Mrkdwn] = (),
) -> Page:
    said = [context.words.say("fields.split", per=query.per, value=group, said=number) for group, number in lines]
    small = [Note(note) for note in (*notes, *notes_of(context, query))]
    return Page(read(label), (Text(label), *((Rows(tuple(said)),) if said else ()), *small), key="answer")
