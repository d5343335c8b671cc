"""Closed reviews of a cadence or channel, held or not."""

from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Review, ReviewState

MOST = 60
"""Reviews looked back at: more than a year of weeks."""


def latest_of_cadence(session: Session, cadence_id: int, *, until_id: int | None = None) -> list[Review]:
    """The cadence's closed reviews by when they were planned, the latest first; up to this one if given."""
    query = select(Review).where(Review.cadence_id == cadence_id, Review.state == ReviewState.CLOSED)
    if until_id is not None:
        query = query.where(col(Review.id) <= until_id)
    return list(session.exec(query.order_by(col(Review.planned_at).desc(), col(Review.id).desc()).limit(MOST)))


def held_before(session: Session, workspace_id: str, channel_id: str, opened_at: datetime) -> Review | None:
    """The channel's latest review of accounts that was held and opened before this instant, None without one."""
    query = _of_accounts(workspace_id, channel_id, opened_at).where(col(Review.was_held).is_(True))
    return session.exec(query.limit(1)).first()


def closed_before(session: Session, workspace_id: str, channel_id: str, opened_at: datetime) -> Review | None:
    """The channel's latest review of accounts that closed and opened before this instant, None without one."""
    query = _of_accounts(workspace_id, channel_id, opened_at).where(Review.state == ReviewState.CLOSED)
    return session.exec(query.limit(1)).first()


def _of_accounts(workspace_id: str, channel_id: str, opened_before: datetime) -> SelectOfScalar[Review]:
    """The channel's reviews of accounts that opened before an instant, the latest first."""
    query = select(Review).where(
        Review.workspace_id == workspace_id,
        Review.channel_id == channel_id,
        Review.kind == "accounts",
        col(Review.opened_at) < opened_before,
    )
    return query.order_by(col(Review.planned_at).desc(), col(Review.id).desc())
