"""Reads and writes of the days on which people are away."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.tables import DaysAway

EVERYBODY = ""
"""The user id of days on which everybody is away."""


def between(
    session: Session, workspace_id: str, first: date, last: date, *, user_ids: Collection[str] | None = None
) -> list[DaysAway]:
    """The days away that touch these days, both included, of everybody or of these people, the earliest first."""
    query = select(DaysAway).where(
        DaysAway.workspace_id == workspace_id, col(DaysAway.until_on) >= first, col(DaysAway.from_on) <= last
    )
    if user_ids is not None:
        query = query.where(col(DaysAway.user_id).in_(user_ids))
    return list(session.exec(query.order_by(col(DaysAway.from_on), col(DaysAway.id))))


def not_over(session: Session, workspace_id: str, today: date, *, user_ids: Collection[str]) -> list[DaysAway]:
    """The days away of these people that are not over on `today`, the earliest first."""
    return between(session, workspace_id, today, date.max, user_ids=user_ids)


def stood_in_for(session: Session, workspace_id: str, stand_in: str, *, first: date, last: date) -> list[DaysAway]:
    """The days away that touch these days and for which the person is named as stand-in."""
    query = select(DaysAway).where(
        DaysAway.workspace_id == workspace_id,
        DaysAway.stand_in == stand_in,
        col(DaysAway.until_on) >= first,
        col(DaysAway.from_on) <= last,
    )
    return list(session.exec(query.order_by(col(DaysAway.from_on), col(DaysAway.id))))


def get(session: Session, workspace_id: str, days_id: int, *, lock: bool = False) -> DaysAway | None:
    """The days away of this id, None once they were taken back."""
    query = select(DaysAway).where(DaysAway.workspace_id == workspace_id, DaysAway.id == days_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def save(session: Session, row: DaysAway) -> DaysAway:
    """Store new or changed days away."""
    session.add(row)
    session.flush()
    return row


def take_back(session: Session, row: DaysAway) -> None:
    """Forget these days away."""
    session.delete(row)
    session.flush()
