"""Reads of executive reviews that are open, and of cadences of executives whose next date nobody was told of yet."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, update
from sqlmodel import Session, col, select

from storage.tables import Cadence, Review, ReviewState

EXECUTIVE = "executive"

MAY_BE_TOLD = date(1970, 1, 1)
"""The `told_on` of a cadence of whose next date people may have been told: on no such day anybody meets."""


def open_ones(session: Session, workspace_id: str) -> list[int]:
    """Return the ids of the workspace's executive reviews that are open, oldest first."""
    query = select(Review.id).where(
        Review.workspace_id == workspace_id, Review.state == ReviewState.OPEN, Review.kind == EXECUTIVE
    )
    return [row for row in session.exec(query.order_by(col(Review.id))) if row is not None]


def untold(session: Session, until: datetime, limit: int) -> list[int]:
    """Return the ids of the cadences of executives that meet until an instant, by time, and were not told of it."""
    query = select(Cadence.id).where(_is_untold(), col(Cadence.next_at) <= until).order_by(col(Cadence.next_at))
    return [row for row in session.exec(query.limit(limit)) if row is not None]


def next_untold_at(session: Session) -> datetime | None:
    """Return the earliest instant of a meeting of executives of which nobody was told, None without one."""
    return session.exec(select(func.min(Cadence.next_at)).where(_is_untold())).one()


def doubt_untold(session: Session) -> None:
    """Note of each next date that nobody was told of that people may have been told, unknown to this database."""
    session.execute(update(Cadence).where(_is_untold()).values(told_on=MAY_BE_TOLD))


def _is_untold() -> ColumnElement[bool]:
    was_not_told = or_(col(Cadence.told_on).is_(None), col(Cadence.told_on) != col(Cadence.next_on))
    return and_(col(Cadence.kind) == EXECUTIVE, col(Cadence.next_at).is_not(None), was_not_told)
