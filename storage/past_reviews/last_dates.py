"""The last planned date of each cadence, and the last held review of each account on the list."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from storage.tables import Account, Review, ReviewItem


def last_of_cadences(session: Session, workspace_id: str) -> dict[int, Review]:
    """Return the last review of each cadence on one of its dates, held or not, by the cadence's id."""
    is_planned = col(Review.cadence_id).is_not(None) & ~col(Review.slot).startswith("now:")
    newest = select(func.max(Review.id)).where(Review.workspace_id == workspace_id, is_planned)
    query = select(Review).where(col(Review.id).in_(newest.group_by(col(Review.cadence_id))))
    return {row.cadence_id: row for row in session.exec(query) if row.cadence_id is not None}


def last_of_accounts(session: Session, workspace_id: str) -> Sequence[tuple[int, datetime]]:
    """Return (tier, instant) of each named account: for when its last held review was planned, else of its naming.

    One that left the list and was named again since counts from then.
    """
    named_at, planned_at = col(Account.named_at), col(Review.planned_at)
    since = case((named_at > planned_at, named_at), else_=func.coalesce(planned_at, named_at))
    query = (
        select(Account.tier, since)
        .outerjoin(ReviewItem, col(ReviewItem.id) == col(Account.held_item_id))
        .outerjoin(Review, col(Review.id) == col(ReviewItem.review_id))
        .where(Account.workspace_id == workspace_id, Account.list_status == "named", col(Account.tier).is_not(None))
    )
    return [(tier, at) for tier, at in session.exec(query) if tier is not None and at is not None]
