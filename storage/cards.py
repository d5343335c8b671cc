"""What the card of one account is drawn from: few statements, each made once, with rows for reading only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, CompoundSelect, Select, Text, and_, bindparam, exists, null, select, union_all
from sqlalchemy import cast as cast_in_sql
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlmodel import Session

from storage.account_items import KINDS, Parts, any_of, asked_of_account
from storage.light_rows import columns_of, read_together, table_of
from storage.tables import Account, AccountKey, Cadence, Event, Person, Review, ReviewItem, SignalRow, Workspace
from storage.tables.types import JsonValue

NOTHING = (None, "null", "{}")
"""What is stored of an account that was not frozen."""


@dataclass(frozen=True, slots=True)
class Held:
    """The account in its last held review: its state as frozen then, whether it was over its limit, and until when.

    The state is as it is stored, JSON: reading it into facts at once takes half of the time. None when nothing was.
    """

    state: str | None
    is_aged: bool
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """An account, its last held review, if it had one, the workspace's own settings, and whether its owner is there.

    `kinds` are the fields of Parts of which it has any, so that the others need not be read; `has_signals` likewise.
    """

    account: Account
    held: Held | None
    own_settings: JsonValue
    owner_is_deactivated: bool
    kinds: frozenset[str]
    has_signals: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """An account's parts, its events and the meetings of its workspace.

    `events` are those recorded since an instant, and the latest ones whenever that was, oldest first. `meetings` are
    when each cadence meets next, and which accounts it reviews.
    """

    parts: Parts
    events: Sequence[Event]
    meetings: Sequence[tuple[datetime, Mapping[str, Any]]]


def account(session: Session, workspace_id: str, account_id: int) -> Found | None:
    """The account and what goes with it by one statement. None when there is no such account."""
    values = {"workspace_id": workspace_id, "account_id": account_id}
    row = session.connection().execute(_account(), values).first()
    return None if row is None else _found(row)


def account_called(session: Session, workspace_id: str, key: str) -> Found | None:
    """The same of the one account that answers to exactly this. None when none does, or several do."""
    rows = session.connection().execute(_account_called(), {"workspace_id": workspace_id, "key": key}).all()
    return _found(rows[0]) if len(rows) == 1 else None


def held(session: Session, item_ids: Collection[int], *, with_states: bool = True) -> dict[int, Held]:
    """The last held reviews that these items are of, by account id; without those that have not closed."""
    if not item_ids:
        return {}
    found = session.connection().execute(_held(with_states), {"item_ids": list(item_ids)})
    return {row.account_id: _as_held(row) for row in found}


def whole(session: Session, found: Found, since: datetime, *, latest: int) -> Whole:
    """What a card shows of the account: its parts, of them those open or closed after `since`, events and meetings."""
    account, kinds = found.account, sorted(found.kinds)
    of_account = {"account_id": account.row_id, "after": since, "latest": latest}
    asked = [
        *asked_of_account(account.row_id, since, kinds),
        (_events(), of_account),
        (_meetings(), {"workspace_id": account.workspace_id}),
    ]
    *parts, events, meetings = read_together(session, asked)
    return Whole(
        parts=Parts(**dict(zip(kinds, parts, strict=True))),
        events=sorted(events, key=lambda event: event.row_id),
        meetings=[(next_at, scope) for next_at, scope in meetings],
    )


def _found(row: Any) -> Found:
    return Found(
        account=cast("Account", row),
        held=None if row.held_until is None else _as_held(row),
        own_settings=row.own_settings,
        owner_is_deactivated=row.owner_is_deactivated,
        kinds=frozenset(name for name in KINDS if getattr(row, f"has_{name}")),
        has_signals=row.has_signals,
    )


def _as_held(row: Any) -> Held:
    states = (row.held_state, row.held_opened)
    return Held(next((state for state in states if state not in NOTHING), None), row.held_aged, row.held_until)


def _of_held(with_states: bool) -> tuple[ColumnElement[Any], ...]:
    item = table_of(ReviewItem).c
    states = (item.closed_state, item.opened_state) if with_states else (null(), null())
    closed, opened = (cast_in_sql(state, Text) for state in states)
    return (
        closed.label("held_state"),
        opened.label("held_opened"),
        item.is_aged.label("held_aged"),
        table_of(Review).c.closed_at.label("held_until"),
    )


@cache
def _account() -> Select[Any]:
    return _whole_accounts().where(table_of(Account).c.id == bindparam("account_id"))


@cache
def _account_called() -> Select[Any]:
    name = table_of(AccountKey).c
    called = select(name.account_id).where(name.workspace_id == bindparam("workspace_id"), name.key == bindparam("key"))
    return _whole_accounts().where(table_of(Account).c.id.in_(called))


def _whole_accounts() -> Select[Any]:
    of_account, item, review = table_of(Account), table_of(ReviewItem), table_of(Review)
    workspace = table_of(Workspace)
    held = of_account.outerjoin(item, item.c.id == of_account.c.held_item_id).outerjoin(
        review, review.c.id == item.c.review_id
    )
    return (
        select(
            *columns_of(Account),
            *_of_held(True),
            workspace.c.settings.label("own_settings"),
            _is_deactivated(of_account.c).label("owner_is_deactivated"),
            *(any_of(kind, of_account.c.id).label(f"has_{name}") for name, kind in KINDS.items()),
            any_of(SignalRow, of_account.c.id).label("has_signals"),
        )
        .select_from(held.join(workspace, workspace.c.id == of_account.c.workspace_id))
        .where(of_account.c.workspace_id == bindparam("workspace_id"))
    )


def _is_deactivated(account: ReadOnlyColumnCollection[str, Any]) -> ColumnElement[bool]:
    person = table_of(Person).c
    is_owner = and_(person.workspace_id == account.workspace_id, person.user_id == account.owner)
    return exists().where(is_owner, person.is_deleted)


@cache
def _held(with_states: bool) -> Select[Any]:
    item, review = table_of(ReviewItem), table_of(Review)
    both = item.join(review, review.c.id == item.c.review_id)
    of_items = item.c.id.in_(bindparam("item_ids", expanding=True))
    shown = select(item.c.account_id, *_of_held(with_states)).select_from(both)
    return shown.where(of_items, review.c.closed_at.is_not(None))


@cache
def _events() -> CompoundSelect[Any]:
    event = table_of(Event).c
    of_account = select(*columns_of(Event)).where(event.account_id == bindparam("account_id"))
    # not ordered: asked to do it, SQLite reads the whole history in that order
    after = of_account.where(event.recorded_at > bindparam("after"))
    latest = of_account.order_by(event.id.desc()).limit(bindparam("latest")).subquery()
    # those of the latest that are not among the others already
    return union_all(after, select(latest).where(latest.c.recorded_at <= bindparam("after")))


@cache
def _meetings() -> Select[Any]:
    cadence = table_of(Cadence).c
    planned = select(cadence.next_at, cadence.scope)
    return planned.where(cadence.workspace_id == bindparam("workspace_id"), cadence.next_at.is_not(None))
