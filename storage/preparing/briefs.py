"""Reads of cadences of whose next review the facilitator was not briefed yet."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, update
from sqlmodel import Session, col, select

from storage.preparing.working_channels import works
from storage.tables import Cadence

MAY_BE_BRIEFED = date(1970, 1, 1)
"""The `briefed_on` of a cadence of whose next review somebody may have been briefed: on no such day one is planned."""

ACCOUNTS = "accounts"


def unbriefed(session: Session, until: datetime, limit: int) -> list[int]:
    """Return the ids of the cadences that review accounts until an instant, by time, and have no brief yet.

    None whose channel is in trouble.
    """
    query = select(Cadence.id).where(_is_unbriefed(), col(Cadence.next_at) <= until).order_by(col(Cadence.next_at))
    return [row for row in session.exec(query.limit(limit)) if row is not None]


def next_unbriefed_at(session: Session) -> datetime | None:
    """Return the earliest instant of a review of which nobody was briefed, None without one."""
    return session.exec(select(func.min(Cadence.next_at)).where(_is_unbriefed())).one()


def doubt_unbriefed(session: Session) -> None:
    """Note of each next review without a brief that there may be one, unknown to this database."""
    is_there = and_(col(Cadence.kind) == ACCOUNTS, col(Cadence.next_at).is_not(None), _has_none())
    session.execute(update(Cadence).where(is_there).values(briefed_on=MAY_BE_BRIEFED))


def _is_unbriefed() -> ColumnElement[bool]:
    return and_(col(Cadence.kind) == ACCOUNTS, col(Cadence.next_at).is_not(None), _has_none(), works())


def _has_none() -> ColumnElement[bool]:
    return or_(col(Cadence.briefed_on).is_(None), col(Cadence.briefed_on) != col(Cadence.next_on))
