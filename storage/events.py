"""Reads and writes of the append-only history."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, insert, literal_column
from sqlalchemy import select as select_rows
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, col, select

from storage.light_rows import columns_of, read, table_of
from storage.tables import Account, Event, Review, ReviewItem

OF_LIST = ("nominated", "list_changed", "corrected")
"""The kinds of events that make the versions of the list: few of all."""


def add(session: Session, row: Mapping[str, Any]) -> int:
    """Stores the event of an account that is stored; its number."""
    return int(session.execute(_adding(), row).scalar_one())


@cache
def _adding() -> ReturningInsert[tuple[int]]:
    event = table_of(Event)
    return insert(event).returning(event.c.id)


def get(session: Session, workspace_id: str, event_id: int) -> Event | None:
    """The event, or None."""
    return session.exec(select(Event).where(Event.workspace_id == workspace_id, Event.id == event_id)).first()


def of_account(session: Session, account_id: int, *, before_id: int | None = None) -> list[Event]:
    """Every event of the account, in the order recorded, below `before_id` if given."""
    query = select(Event).where(Event.account_id == account_id)
    if before_id is not None:
        query = query.where(col(Event.id) < before_id)
    return list(session.exec(query.order_by(col(Event.id))))


def since_last_held(session: Session, account_ids: Collection[int], floor: datetime) -> list[Event]:
    """Events of these accounts recorded after each one's last held review closed, or after `floor` without one.

    In the order recorded, and for reading only.
    """
    found = read(session, Event, _since_last_held(), {"account_ids": list(account_ids), "floor": floor})
    return sorted(found, key=lambda event: event.row_id)


def between(session: Session, account_ids: Collection[int], after: datetime, until: datetime) -> list[Event]:
    """Events of these accounts recorded in (after, until], in the order recorded."""
    query = select(Event).where(
        col(Event.account_id).in_(account_ids), Event.recorded_at > after, Event.recorded_at <= until
    )
    return list(session.exec(query.order_by(col(Event.id))))


def recorded_since(
    session: Session, workspace_id: str, after: datetime, kinds: Sequence[str], *, account_id: int | None = None
) -> list[Event]:
    """The events of these kinds recorded after an instant, in the order recorded: the workspace's or one account's."""
    query = select(Event).where(
        Event.workspace_id == workspace_id, Event.recorded_at > after, col(Event.kind).in_(kinds)
    )
    if account_id is not None:
        query = query.where(Event.account_id == account_id)
    return list(session.exec(query.order_by(col(Event.id))))


def of_list(session: Session, workspace_id: str) -> list[Event]:
    """What makes the versions of the list, for reading only: what, when, by whom, and the change, of each such event.

    A nomination's change is left out: it holds a whole profile, and says nothing more about the list.
    """
    return read(session, Event, _of_list(), {"workspace_id": workspace_id})


def page(session: Session, account_id: int, *, before_id: int | None, limit: int) -> list[Event]:
    """The account's latest `limit` events, newest first, below `before_id` if given."""
    query = select(Event).where(Event.account_id == account_id)
    if before_id is not None:
        query = query.where(col(Event.id) < before_id)
    return list(session.exec(query.order_by(col(Event.id).desc()).limit(limit)))


def of_review(session: Session, review_id: int) -> list[Event]:
    """The events recorded in this review, in the order recorded."""
    return list(session.exec(select(Event).where(Event.review_id == review_id).order_by(col(Event.id))))


def of_import(session: Session, import_run_id: int) -> list[Event]:
    """The events one import made, in the order recorded."""
    return list(session.exec(select(Event).where(Event.import_run_id == import_run_id).order_by(col(Event.id))))


def some(session: Session, event_ids: Collection[int]) -> list[Event]:
    """The events with these ids, in any order."""
    return list(session.exec(select(Event).where(col(Event.id).in_(event_ids))))


def of_kind(session: Session, account_id: int, kind: str, *, after_id: int = 0) -> list[Event]:
    """The account's events of one kind above `after_id`, in the order recorded."""
    query = select(Event).where(Event.account_id == account_id, Event.kind == kind, col(Event.id) > after_id)
    return list(session.exec(query.order_by(col(Event.id))))


def latest_recorded(session: Session, account_ids: Collection[int], *, after: datetime) -> datetime | None:
    """The latest instant after this one at which anything was recorded of these accounts, None when nothing was."""
    query = select(func.max(Event.recorded_at)).where(col(Event.account_id).in_(account_ids), Event.recorded_at > after)
    return session.exec(query).one()


@cache
def _since_last_held() -> Select[Any]:
    event, account, item, review = table_of(Event), table_of(Account), table_of(ReviewItem), table_of(Review)
    held = account.outerjoin(item, item.c.id == account.c.held_item_id).outerjoin(
        review, review.c.id == item.c.review_id
    )
    since = func.coalesce(review.c.closed_at, bindparam("floor", type_=event.c.recorded_at.type))
    return (
        select_rows(*columns_of(Event))
        .select_from(held.join(event, event.c.account_id == account.c.id))
        .where(account.c.id.in_(bindparam("account_ids", expanding=True)), event.c.recorded_at > since)
    )


@cache
def _of_list() -> Select[Any]:
    event = table_of(Event).c
    change = case((event.kind == literal_column("'nominated'"), None), else_=event.change).label("change")
    columns = (event.id.label("row_id"), event.account_id, event.kind, event.happened_at, event.actor, change)
    return select_rows(*columns).where(event.workspace_id == bindparam("workspace_id"), event.kind.in_(OF_LIST))
