"""Past reviews of a workspace, of some accounts or in some days, the newest first."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from storage.past_reviews.listed import NOT_POSTED
from storage.tables import Review, ReviewItem, ReviewState


def over(
    session: Session,
    workspace_id: str,
    *,
    account_ids: Collection[int] | None = None,
    first: date | None = None,
    last: date | None = None,
    only_held: bool = False,
    limit: int,
) -> list[Review]:
    """Return reviews that are over, of planned days from `first` to `last`, newest first.

    With accounts those that had time for one of them. A review of which the session finds no account shows nothing.
    """
    items = select(ReviewItem.id).where(col(ReviewItem.review_id) == col(Review.id))
    if account_ids is not None:
        items = items.where(col(ReviewItem.account_id).in_(account_ids), ReviewItem.part != "left_out")
    is_closed: ColumnElement[bool] = (col(Review.state) == ReviewState.CLOSED) & items.exists()
    wanted = [is_closed, col(Review.was_held).is_(True)] if only_held else [is_closed]
    if account_ids is None and not only_held:
        wanted = [or_(is_closed, col(Review.state).in_(NOT_POSTED))]
    query = select(Review).where(Review.workspace_id == workspace_id, Review.channel_id != "", *wanted)
    query = query.where(col(Review.planned_on) >= first) if first else query
    query = query.where(col(Review.planned_on) <= last) if last else query
    return list(session.exec(query.order_by(col(Review.planned_at).desc(), col(Review.id).desc()).limit(limit)))
