"""Signals that people noted of accounts since their last held review."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables import Account, Review, ReviewItem, SignalRow


def since_last_held(
    session: Session, account_ids: Collection[int], floor: datetime, *, but: Collection[str]
) -> list[SignalRow]:
    """The signals recorded since each account's last held review closed, in the order recorded, of no source in `but`.

    Without such a review since it was named. None that was taken back, and none of what happened before `floor`.
    """
    query = (
        select(SignalRow)
        .join(Account, col(Account.id) == SignalRow.account_id)
        .outerjoin(ReviewItem, col(ReviewItem.id) == Account.held_item_id)
        .outerjoin(Review, col(Review.id) == ReviewItem.review_id)
        .where(
            col(SignalRow.account_id).in_(account_ids),
            col(SignalRow.happened_at) >= floor,
            col(SignalRow.recorded_at) >= func.coalesce(Review.closed_at, Account.named_at, floor),
            col(SignalRow.taken_back_at).is_(None),
            col(SignalRow.source).not_in(but),
        )
    )
    return list(session.exec(query.order_by(col(SignalRow.id))))


def after(session: Session, account_ids: Collection[int], at: datetime, *, but: Collection[str]) -> list[SignalRow]:
    """The signals of these accounts recorded from an instant on, as above."""
    query = select(SignalRow).where(
        col(SignalRow.account_id).in_(account_ids),
        col(SignalRow.recorded_at) >= at,
        col(SignalRow.taken_back_at).is_(None),
        col(SignalRow.source).not_in(but),
    )
    return list(session.exec(query.order_by(col(SignalRow.id))))
