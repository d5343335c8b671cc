"""Reads of people who are to be reminded of a review to prepare."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select, update

from storage.database.fresh_rows import fresh
from storage.delivery.subjects import Subject
from storage.preparing.working_channels import works
from storage.tables import Asked, Cadence

MAY_BE_REMINDED = datetime(1970, 1, 1, tzinfo=UTC)
"""The `reminded_at` of somebody to remind who may have been reminded, unknown to this database."""


@dataclass(frozen=True, slots=True)
class ReminderSubject(Subject):
    """Reviews that a person is reminded of, by the ids of the rows that say who was asked to prepare them."""

    asked_ids: Sequence[int]


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """The id of the first row that is due of each person, of so many rows, the longest waiting first."""
    # no group: for one all rows ever stored are looked at
    query = (
        select(col(Asked.id), col(Asked.workspace_id), col(Asked.user_id))
        .where(col(Asked.remind_at) <= now, col(Asked.stopped_at).is_(None))
        .order_by(col(Asked.remind_at), col(Asked.id))
        .limit(limit)
    )
    first: dict[tuple[str, str], int | None] = {}
    for row_id, workspace_id, user_id in session.exec(query):
        first.setdefault((workspace_id, user_id), row_id)
    return [row_id for row_id in first.values() if row_id is not None]


def next_at(session: Session) -> datetime | None:
    """The earliest instant at which somebody is reminded, None when nobody will be."""
    query = select(func.min(Asked.remind_at)).where(col(Asked.stopped_at).is_(None))
    return session.exec(query).one()


def get(session: Session, asked_id: int) -> Asked | None:
    """The row of this id."""
    return session.get(Asked, asked_id)


def of_person(session: Session, workspace_id: str, user_id: str, *, lock: bool = False) -> list[tuple[Asked, Cadence]]:
    """Rows of the person about the next reviews of cadences, with these, the soonest first.

    None of cadences whose channel is in trouble.
    """
    query = (
        select(Asked, Cadence)
        .join(Cadence, (col(Cadence.id) == col(Asked.cadence_id)) & (col(Cadence.next_on) == col(Asked.planned_on)))
        .where(Asked.workspace_id == workspace_id, Asked.user_id == user_id, works())
        .order_by(col(Cadence.next_at), col(Asked.id))
    )
    return list(session.exec(fresh(query.with_for_update(of=Asked)) if lock else query))


def was_reminded(row: Asked) -> bool:
    """Return true for somebody who certainly was reminded; if there is a next time, they chose it."""
    return row.reminded_at not in (None, MAY_BE_REMINDED)


def due_of_person(session: Session, workspace_id: str, user_id: str, until: datetime) -> list[Asked]:
    """The rows of the person that are due until an instant, the longest waiting first; nobody else changes them.

    They may be of reviews that are not planned any more.
    """
    is_due = Asked.workspace_id == workspace_id, Asked.user_id == user_id, col(Asked.remind_at) <= until
    query = select(Asked).where(*is_due).order_by(col(Asked.remind_at), col(Asked.id))
    return list(session.exec(fresh(query.with_for_update())))


def unreminded(session: Session, cadence_id: int, planned_on: date) -> list[Asked]:
    """People asked to prepare one planned review, each of whom was not reminded and did not stop it."""
    query = select(Asked).where(
        Asked.cadence_id == cadence_id,
        Asked.planned_on == planned_on,
        or_(col(Asked.reminded_at).is_(None), col(Asked.reminded_at) == MAY_BE_REMINDED),
        col(Asked.stopped_at).is_(None),
    )
    return list(session.exec(query))


def by_ids(session: Session, asked_ids: Collection[int]) -> list[Asked]:
    """These rows; nobody else changes them before this transaction ends."""
    query = select(Asked).where(col(Asked.id).in_(asked_ids)).order_by(col(Asked.id)).with_for_update()
    return list(session.exec(fresh(query)))


def doubt_planned(session: Session) -> None:
    """Note of everybody who is to be reminded that they may have been, unknown to this database: it was restored."""
    session.exec(update(Asked).where(col(Asked.remind_at).is_not(None)).values(reminded_at=MAY_BE_REMINDED))
