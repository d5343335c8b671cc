"""Reads and writes of the append-only history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, bindparam, case, cast, func, insert, literal_column
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import read_columns
from storage.models.accounts import Account
from storage.models.events import DECIDES, REPORTED, Event
from storage.models.reviews import Review, ReviewItem
from storage.models.types import JsonValue, UTCDateTime, table_of

OF_LIST = ("nominated", "list_changed", "corrected")
"""The kinds of events that make the versions of the list: few of all."""


def add(session: Session, row: Mapping[str, Any]) -> int:
    return int(session.execute(_insert_event(), row).scalar_one())


@cache
def _insert_event() -> ReturningInsert[tuple[int]]:
    event = table_of(Event)
    return insert(event).returning(event.c.id)


def get(session: Session, workspace_id: str, event_id: int) -> Event | None:
    return session.exec(select(Event).where(Event.workspace_id == workspace_id, Event.id == event_id)).first()


def of_account(session: Session, account_id: int, *, before_id: int | None = None) -> list[Event]:
    """Every event of the account, in the order recorded, below `before_id` if given."""
    query = select(Event).where(Event.account_id == account_id)
    if before_id is not None:
        query = query.where(col(Event.id) < before_id)
    return list(session.exec(query.order_by(col(Event.id))))


class Recorded(NamedTuple):
    """An event as its reader makes facts of it in one step: `change` and `evidence` are JSON."""

    id: int
    account_id: int
    change: str
    evidence: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    source: str
    review_id: int | None


def relevant_since_last_held(
    session: Session, account_ids: Collection[int], floor: datetime, *, reported: int
) -> list[Recorded]:
    """Events of these accounts recorded since each one's last held review closed, in the order recorded.

    Without a held review it is since the account was named, or since `floor` if it never was. All events that can
    decide movement or place are read, and the latest `reported` (a count) others of each account.
    """
    values = {"account_ids": list(account_ids), "floor": floor, "reported": reported - 1}
    return [Recorded(*row) for row in read_columns(session, _select_relevant_since_last_held(), values)]


@cache
def _select_relevant_since_last_held() -> Select[Any]:
    """Events since the account's last held review closed; without one, since it was named, else since `floor`."""
    since = func.coalesce(Review.closed_at, Account.named_at, bindparam("floor", type_=UTCDateTime))
    event_ids: Select[Any] = select_columns(col(Event.id)).join(Account, col(Account.id) == Event.account_id)
    event_ids = event_ids.outerjoin(ReviewItem, col(ReviewItem.id) == Account.held_item_id)
    event_ids = event_ids.outerjoin(Review, col(Review.id) == ReviewItem.review_id)
    return _select_deciding_and_reported(event_ids.where(col(Event.recorded_at) >= since))


def relevant_between(
    session: Session, account_ids: Collection[int], after: datetime, until: datetime, *, reported: int
) -> list[Recorded]:
    """Events recorded in (after, until]: the deciding ones and each account's latest `reported` (a count) others."""
    if not account_ids:
        return []
    values = {"account_ids": list(account_ids), "after": after, "until": until, "reported": reported - 1}
    return [Recorded(*row) for row in read_columns(session, _select_relevant_between(), values)]


@cache
def _select_relevant_between() -> Select[Any]:
    """Events recorded in (`after`, `until`]: the deciding ones and the latest others of each account."""
    recorded_at = col(Event.recorded_at)
    event_ids: Select[Any] = select_columns(col(Event.id)).join(Account, col(Account.id) == Event.account_id)
    return _select_deciding_and_reported(
        event_ids.where(recorded_at > bindparam("after"), recorded_at <= bindparam("until"))
    )


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
    values = {"workspace_id": workspace_id, "after": after, "kinds": list(kinds), "account_id": account_id}
    return list(session.scalars(_select_recorded_since(account_id is not None), values))


@cache
def _select_recorded_since(of_account: bool) -> SelectOfScalar[Event]:
    """The statement of `recorded_since`: for one account (`account_id`) if `of_account`, else the whole workspace."""
    # made once, as every update asks whether it repeats one of the last minutes
    query = select(Event).where(
        Event.workspace_id == bindparam("workspace_id"),
        Event.recorded_at > bindparam("after"),
        col(Event.kind).in_(bindparam("kinds", expanding=True)),
    )
    query = query.where(Event.account_id == bindparam("account_id")) if of_account else query
    return query.order_by(col(Event.id))


@dataclass(frozen=True, slots=True)
class ListEvent:
    """An event that makes a version of the list; `change` is None for a nomination."""

    id: int
    account_id: int
    kind: str
    happened_at: datetime
    actor: str
    change: JsonValue


def of_list(session: Session, workspace_id: str) -> list[ListEvent]:
    """The events that make the versions of the workspace's list, in no particular order."""
    return [ListEvent(*row) for row in read_columns(session, _select_of_list(), {"workspace_id": workspace_id})]


@cache
def _select_of_list() -> Select[Any]:
    # a nomination's change holds a whole profile, which is not read
    change = case((col(Event.kind) == literal_column("'nominated'"), None), else_=Event.change)
    columns: list[Any] = [Event.id, Event.account_id, Event.kind, Event.happened_at, Event.actor, change]
    query = select_columns(*columns).where(col(Event.workspace_id) == bindparam("workspace_id"))
    return query.where(col(Event.kind).in_(OF_LIST))


def page(session: Session, account_id: int, *, before_id: int | None, limit: int) -> list[Event]:
    """The account's latest `limit` events, newest first, below `before_id` if given.

    Judgments of evidence are left out: they are shown with the entries that they judge.
    """
    query = select(Event).where(Event.account_id == account_id, Event.kind != "evidence_judged")
    if before_id is not None:
        query = query.where(col(Event.id) < before_id)
    return list(session.exec(query.order_by(col(Event.id).desc()).limit(limit)))


def of_review(session: Session, review_id: int) -> list[Event]:
    return list(session.exec(select(Event).where(Event.review_id == review_id).order_by(col(Event.id))))


def of_import(session: Session, import_run_id: int) -> list[Event]:
    return list(session.exec(select(Event).where(Event.import_run_id == import_run_id).order_by(col(Event.id))))


def get_many(session: Session, event_ids: Collection[int]) -> list[Event]:
    return list(session.exec(select(Event).where(col(Event.id).in_(event_ids)))) if event_ids else []


def of_accounts(
    session: Session, account_ids: Collection[int], kinds: Collection[str], *, after_id: int = 0
) -> list[Event]:
    """The events of these kinds of these accounts with an id above `after_id`, in the order recorded."""
    query = select(Event).where(col(Event.account_id).in_(account_ids), col(Event.kind).in_(kinds))
    return list(session.exec(query.where(col(Event.id) > after_id).order_by(col(Event.id))))


def latest_recorded(session: Session, account_ids: Collection[int], *, after: datetime) -> datetime | None:
    """The latest instant after this one at which anything was recorded of these accounts, None when nothing was."""
    query = select(func.max(Event.recorded_at)).where(col(Event.account_id).in_(account_ids), Event.recorded_at > after)
    return session.exec(query).one()


def _select_deciding_and_reported(event_ids: Select[Any]) -> Select[Any]:
    """Select, of the events with these ids, the deciding ones and of each account the latest `reported` others.

    `event_ids` is joined with Account, which is filtered here; `reported` is bound to the count less one.
    """
    of_accounts = event_ids.where(col(Account.id).in_(bindparam("account_ids", expanding=True)))
    deciding = of_accounts.where(col(Event.weight) == DECIDES)
    # two parts instead of an OR: each is a range of ix_event_weight, and `_first_reported` runs once an account
    latest = of_accounts.where(col(Event.weight) == REPORTED, col(Event.id) >= _first_reported())
    json = {name: cast(getattr(Event, name), Text) for name in ("change", "evidence")}
    columns = [json.get(name, getattr(Event, name)) for name in Recorded._fields]
    return select_columns(*columns).where(col(Event.id).in_(deciding.union_all(latest))).order_by(col(Event.id))


def _first_reported() -> ColumnElement[int]:
    """The id of the first of the account's latest REPORTED events, `reported` in all; 0 where it has fewer."""
    other = aliased(Event)
    latest = select(other.id).where(other.account_id == Account.id, other.weight == REPORTED)
    nth = latest.order_by(col(other.id).desc()).offset(bindparam("reported")).limit(1).correlate(Account)
    return func.coalesce(nth.scalar_subquery(), 0)
