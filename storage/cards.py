"""What the card of one account is drawn from: few statements, each made once, with rows for reading only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, or_, select, union_all
from sqlmodel import Session

from storage.light_rows import columns_of, read, table_of
from storage.tables import Account, ActionRow, BlockerRow, Cadence, Event, Review, ReviewItem
from storage.tables.types import JsonValue


@dataclass(frozen=True, slots=True)
class Held:
    """The account in its last held review: its state as frozen then, whether it was over its limit, and until when."""

    state: JsonValue
    is_aged: bool
    closed_at: datetime


def account(session: Session, workspace_id: str, account_id: int) -> tuple[Account, Held | None] | None:
    """The account and its last held review, if it had one; None when there is no such account."""
    row = session.connection().execute(_account(), {"workspace_id": workspace_id, "account_id": account_id}).first()
    if row is None:
        return None
    held = None if row.held_until is None else Held(row.held_state or row.held_opened, row.held_aged, row.held_until)
    return cast("Account", row), held


def events(session: Session, account_id: int, after: datetime, latest: int) -> list[Event]:
    """The account's events recorded after an instant, and its `latest` ones whenever that was, oldest first."""
    values = {"account_id": account_id, "after": after, "latest": latest}
    return sorted(read(session, Event, _events(), values), key=lambda event: event.row_id)


def blockers(session: Session, account_id: int, since: datetime | None) -> list[BlockerRow]:
    """The account's blockers that are open, or were resolved after `since`, oldest first."""
    return read(session, BlockerRow, _blockers(since is not None), {"account_id": account_id, "since": since})


def actions(session: Session, account_id: int, since: datetime | None) -> list[ActionRow]:
    """The account's next actions that are open, or were closed after `since`, in the order they were added."""
    return read(session, ActionRow, _actions(since is not None), {"account_id": account_id, "since": since})


def meetings(session: Session, workspace_id: str) -> list[tuple[datetime, Mapping[str, Any]]]:
    """When each cadence meets next, and which accounts it reviews."""
    found = session.connection().execute(_meetings(), {"workspace_id": workspace_id})
    return [(next_at, scope) for next_at, scope in found]


@cache
def _account() -> Select[Any]:
    of_account, item, review = table_of(Account), table_of(ReviewItem), table_of(Review)
    held = of_account.outerjoin(item, item.c.id == of_account.c.held_item_id).outerjoin(
        review, review.c.id == item.c.review_id
    )
    return (
        select(
            *columns_of(Account),
            item.c.closed_state.label("held_state"),
            item.c.opened_state.label("held_opened"),
            item.c.is_aged.label("held_aged"),
            review.c.closed_at.label("held_until"),
        )
        .select_from(held)
        .where(of_account.c.workspace_id == bindparam("workspace_id"), of_account.c.id == bindparam("account_id"))
    )


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
def _blockers(closed_too: bool) -> Select[Any]:
    blocker = table_of(BlockerRow).c
    return _parts(BlockerRow, blocker.resolved_at, closed_too=closed_too)


@cache
def _actions(closed_too: bool) -> Select[Any]:
    action = table_of(ActionRow).c
    return _parts(ActionRow, action.closed_at, closed_too=closed_too)


def _parts(kind: type[BlockerRow | ActionRow], closed_at: ColumnElement[Any], *, closed_too: bool) -> Select[Any]:
    part = table_of(kind).c
    is_open = closed_at.is_(None)
    wanted = or_(is_open, closed_at > bindparam("since")) if closed_too else is_open
    return select(*columns_of(kind)).where(part.account_id == bindparam("account_id"), wanted).order_by(part.id)


@cache
def _meetings() -> Select[Any]:
    cadence = table_of(Cadence).c
    planned = select(cadence.next_at, cadence.scope)
    return planned.where(cadence.workspace_id == bindparam("workspace_id"), cadence.next_at.is_not(None))
