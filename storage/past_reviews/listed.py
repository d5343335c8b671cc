"""Past reviews of a channel in pages, their neighbours, and what was recorded after one closed.

A closed review counts only where the session finds one of its accounts: without any it shows nothing to its reader.
One of executives has no accounts, and its page shows each reader what they may see.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Event, Review, ReviewItem, ReviewState

NOT_POSTED = (ReviewState.MISSED, ReviewState.SKIPPED)


def page(
    session: Session,
    workspace_id: str,
    channel_id: str,
    *,
    before: tuple[datetime, int] | None,
    with_not_posted: bool,
    limit: int,
) -> list[Review]:
    """Return the channel's latest reviews that are over, newest first, below (planned instant, id) if given.

    `with_not_posted`: those that were missed or had no account are among them.
    """
    query = _of_channel(workspace_id, channel_id, with_not_posted=with_not_posted)
    if before is not None:
        query = query.where(_before(*before))
    return list(session.exec(query.order_by(col(Review.planned_at).desc(), col(Review.id).desc()).limit(limit)))


def neighbours(session: Session, review: Review) -> tuple[int | None, int | None]:
    """Return the ids of the closed reviews of its channel before and after this one, None where there is none."""
    query = _of_channel(review.workspace_id, review.channel_id, with_not_posted=False)
    earlier = query.where(_before(review.planned_at, review.row_id))
    later = query.where(~_before(review.planned_at, review.row_id), col(Review.id) != review.row_id)
    found = (
        session.exec(earlier.order_by(col(Review.planned_at).desc(), col(Review.id).desc()).limit(1)).first(),
        session.exec(later.order_by(col(Review.planned_at), col(Review.id)).limit(1)).first(),
    )
    return (found[0].row_id if found[0] else None, found[1].row_id if found[1] else None)


def recorded_later(
    session: Session,
    account_ids: Collection[int],
    *,
    after: datetime,
    until: datetime,
    but: Collection[str],
    limit: int,
) -> list[Event]:
    """Return the first events of these accounts recorded in (after, until], without those of the sources `but`."""
    query = select(Event).where(
        col(Event.account_id).in_(account_ids),
        Event.recorded_at > after,
        Event.recorded_at <= until,
        col(Event.source).not_in(but),
    )
    return list(session.exec(query.order_by(col(Event.id)).limit(limit)))


def _of_channel(workspace_id: str, channel_id: str, *, with_not_posted: bool) -> SelectOfScalar[Review]:
    has_accounts = select(ReviewItem.id).where(col(ReviewItem.review_id) == col(Review.id)).exists()
    shows = or_(has_accounts, col(Review.kind) == "executive")
    is_closed = and_(col(Review.state) == ReviewState.CLOSED, shows)
    is_over = or_(is_closed, col(Review.state).in_(NOT_POSTED)) if with_not_posted else is_closed
    return select(Review).where(Review.workspace_id == workspace_id, Review.channel_id == channel_id, is_over)


def _before(planned_at: datetime, review_id: int) -> ColumnElement[bool]:
    return or_(
        col(Review.planned_at) < planned_at, and_(col(Review.planned_at) == planned_at, col(Review.id) < review_id)
    )
