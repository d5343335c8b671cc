"""Reads and writes of when somebody's open work is looked at next, before their digest on a working morning."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from storage.database.fresh_rows import fresh
from storage.tables import BlockerRow, Person

UNPLANNED = datetime(1970, 1, 1, tzinfo=UTC)
"""A look that is due at once and makes no digest of this day, but plans the next one."""


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of the rows of people whose work is looked at, the longest waiting first."""
    query = select(Person.id).where(col(Person.morning_at) <= now).order_by(col(Person.morning_at), col(Person.id))
    return [row for row in session.exec(query.limit(limit)) if row is not None]


def next_due_at(session: Session) -> datetime | None:
    """The earliest instant at which somebody's work is looked at, None when nobody has any."""
    return session.exec(select(func.min(Person.morning_at))).one()


def get(session: Session, person_row_id: int, *, lock: bool = False) -> Person | None:
    """The person; with `lock` no other transaction changes it before this one ends."""
    query = select(Person).where(Person.id == person_row_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def begin(session: Session, workspace_id: str, user_ids: Collection[str], at: datetime) -> None:
    """Look at the work of these people from an instant on, where no look is planned yet."""
    people = (col(Person.workspace_id) == workspace_id, col(Person.user_id).in_(sorted(user_ids)))
    session.exec(update(Person).where(*people, col(Person.morning_at).is_(None)).values(morning_at=at))


def plan_again(session: Session, workspace_id: str, user_ids: Collection[str], at: datetime) -> None:
    """Look at the work of these people at an instant, where a look is planned: their zone or digest has changed."""
    people = (col(Person.workspace_id) == workspace_id, col(Person.user_id).in_(sorted(user_ids)))
    session.exec(update(Person).where(*people, col(Person.morning_at).is_not(None)).values(morning_at=at))


def doubt_planned(session: Session) -> None:
    """Plan each look anew: the digest of this morning may have been sent, unknown to this database."""
    session.exec(update(Person).where(col(Person.morning_at).is_not(None)).values(morning_at=UNPLANNED))


def owned_blockers(session: Session, workspace_id: str, user_id: str) -> list[BlockerRow]:
    """The open blockers that the person owns, oldest first."""
    query = select(BlockerRow).where(
        BlockerRow.workspace_id == workspace_id, BlockerRow.owner == user_id, col(BlockerRow.resolved_at).is_(None)
    )
    return list(session.exec(query.order_by(col(BlockerRow.opened_at), col(BlockerRow.id))))
