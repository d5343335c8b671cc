"""Reads of what was recorded until an instant, whatever was recorded after it."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Account, Event, SignalRow
from storage.tables.events import DECIDES, TOLD

PLACING = ("nominated", "list_changed", "corrected")
"""Kinds of events after which an account may have another place on the list, or have had another one."""


def on_list(session: Session, workspace_id: str) -> set[int]:
    """Return the ids of the accounts that are named or paused now."""
    query = select(Account.id).where(
        Account.workspace_id == workspace_id, col(Account.list_status).in_(("named", "paused"))
    )
    return {number for number in session.exec(query) if number is not None}


def placed_after(session: Session, workspace_id: str, at: datetime) -> set[int]:
    """Return the ids of the accounts whose place on the list at that instant may not be the one of now."""
    query = select(Event.account_id).where(
        Event.workspace_id == workspace_id, col(Event.kind).in_(PLACING), Event.recorded_at > at
    )
    return set(session.exec(query.distinct()))


def until(session: Session, account_ids: Collection[int], at: datetime) -> list[Event]:
    """Return every event of these accounts recorded until that instant, in the order recorded."""
    query = select(Event).where(col(Event.account_id).in_(account_ids), Event.recorded_at <= at)
    return list(session.exec(query.order_by(col(Event.id))))


def of_kinds_between(
    session: Session, workspace_id: str, kinds: Sequence[str], *, after: datetime, at: datetime
) -> list[Event]:
    """Return the workspace's events of these kinds recorded in (after, at], in the order recorded."""
    query = select(Event).where(
        Event.workspace_id == workspace_id,
        col(Event.kind).in_(kinds),
        Event.recorded_at > after,
        Event.recorded_at <= at,
    )
    return list(session.exec(query.order_by(col(Event.id))))


def told_later(
    session: Session, account_ids: Collection[int], after: datetime, at: datetime, *, now: datetime
) -> list[Event]:
    """Return what was recorded of these accounts after `at`: what happened in (after, at], and all corrections."""
    of_then: ColumnElement[bool] = and_(col(Event.happened_at) > after, col(Event.happened_at) <= at)
    query = select(Event).where(
        col(Event.account_id).in_(account_ids),
        Event.recorded_at > at,
        Event.recorded_at <= now,
        or_(of_then, col(Event.kind) == "corrected"),
    )
    return list(session.exec(query.order_by(col(Event.id))))


def telling(session: Session, account_ids: Collection[int], after: datetime, at: datetime, *, told: int) -> list[Event]:
    """Return of what was recorded of these accounts in (after, at] all that decides, and the latest `told` others.

    In the order recorded.
    """
    values = {"account_ids": list(account_ids), "after": after, "at": at, "told": told - 1}
    return list(session.scalars(_telling(), values))


@cache
def _telling() -> SelectOfScalar[Event]:
    recorded_at = col(Event.recorded_at)
    numbers: Select[Any] = select_columns(col(Event.id)).join(Account, col(Account.id) == Event.account_id)
    numbers = numbers.where(col(Account.id).in_(bindparam("account_ids", expanding=True)))
    numbers = numbers.where(recorded_at > bindparam("after"), recorded_at <= bindparam("at"))
    others = aliased(Event)
    latest = select(others.id).where(
        others.account_id == Account.id, others.weight == TOLD, others.recorded_at <= bindparam("at")
    )
    nth = latest.order_by(col(others.id).desc()).offset(bindparam("told")).limit(1).correlate(Account)
    # two parts instead of an OR: each is a range of ix_event_weight
    told = numbers.where(col(Event.weight) == TOLD, col(Event.id) >= func.coalesce(nth.scalar_subquery(), 0))
    deciding = numbers.where(col(Event.weight) == DECIDES)
    return select(Event).where(col(Event.id).in_(deciding.union_all(told))).order_by(col(Event.id))


def first_recorded_at(session: Session, workspace_id: str) -> datetime | None:
    """Return when the first account was nominated, which is the first entry of a program; None for an empty one."""
    query = select(func.min(Event.recorded_at)).where(Event.workspace_id == workspace_id, Event.kind == "nominated")
    return session.exec(query).one()


def signalled_on(
    session: Session, account_ids: Collection[int], at: datetime, *, kinds: Collection[str]
) -> dict[int, date]:
    """Return the day of each person's latest signal of these kinds that counted at an instant, by the person's id."""
    query = select(SignalRow.contact_id, func.max(SignalRow.happened_at)).where(
        col(SignalRow.account_id).in_(account_ids),
        col(SignalRow.contact_id).is_not(None),
        col(SignalRow.kind).in_(kinds),
        SignalRow.counts_since <= at,
        or_(col(SignalRow.taken_back_at).is_(None), col(SignalRow.taken_back_at) > at),
    )
    found = session.exec(query.group_by(col(SignalRow.contact_id)))
    return {number: last.astimezone(UTC).date() for number, last in found if number is not None}


def names(session: Session, account_ids: Collection[int]) -> dict[int, str]:
    """Return the names of these accounts by id."""
    query = select(Account.id, Account.name).where(col(Account.id).in_(account_ids))
    return {number: name for number, name in session.exec(query) if number is not None}
