"""The last held review of accounts, from which their movement counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.tables import Account, Review, ReviewItem, ReviewState


@dataclass(frozen=True, slots=True)
class Held:
    """An account in its last held review: whether it was over its limit then, and which review, closed when.

    `excused_reviews` and `before_item_id` as in `ReviewItem`. The review was held for the local day of `planned_at` in
    `zone`.
    `state` is the JSON of the account's state frozen then; '' where it was not asked for.
    """

    is_aged: bool
    review_id: int
    excused_reviews: int
    before_item_id: int | None
    opened_at: datetime
    closed_at: datetime
    planned_at: datetime
    zone: str
    state: str = ""


def held(session: Session, item_ids: Collection[int], *, with_states: bool = True) -> dict[int, Held]:
    """The held reviews of these items, by account id; without those that have not closed. States are large."""
    if not item_ids:
        return {}
    found = session.execute(_held(with_states), {"item_ids": list(item_ids)})
    return {number: Held(*columns) for number, *columns in found}


@cache
def _held(with_states: bool) -> Select[Any]:
    columns: list[Any] = [col(ReviewItem.account_id), col(ReviewItem.is_aged), col(ReviewItem.review_id)]
    columns += [col(ReviewItem.excused_reviews), col(ReviewItem.before_item_id)]
    columns += [col(Review.opened_at), col(Review.closed_at), col(Review.planned_at), col(Review.zone)]
    if with_states:
        # as text, which its reader makes facts of in one step
        columns.append(cast(col(ReviewItem.closed_state), Text))
    found = select_columns(*columns).join(Review, col(Review.id) == col(ReviewItem.review_id))
    of_items = col(ReviewItem.id).in_(bindparam("item_ids", expanding=True))
    return found.where(of_items, col(Review.closed_at).is_not(None))


def last_held_at(session: Session, account_id: int) -> datetime | None:
    """The instant at which the account's last held review closed; None for an account that was in none."""
    query = select(Review.closed_at).join(ReviewItem, col(ReviewItem.review_id) == col(Review.id))
    query = query.join(Account, col(Account.held_item_id) == col(ReviewItem.id))
    return session.exec(query.where(Account.id == account_id)).first()


def closings(session: Session, account_ids: Collection[int], *, after: datetime) -> dict[int, list[datetime]]:
    """The instants after `after` at which reviews of these accounts closed, held or not, by account id, in order.

    Without those that had no minutes for the account.
    """
    query = select(ReviewItem.account_id, Review.closed_at).join(Review, col(Review.id) == col(ReviewItem.review_id))
    query = query.where(col(ReviewItem.account_id).in_(account_ids), col(ReviewItem.part) != "left_out")
    query = query.where(col(Review.state) == ReviewState.CLOSED, col(Review.closed_at) > after)
    found: dict[int, list[datetime]] = {}
    for account_id, closed_at in session.exec(query.order_by(col(Review.closed_at))):
        if closed_at is not None:
            found.setdefault(account_id, []).append(closed_at)
    return found


def accounts_reviewed(session: Session, workspace_id: str, begin: datetime | None, end: datetime | None) -> set[int]:
    """The ids of the accounts that were in a held review planned from `begin` until before `end`; None is no limit."""
    query = select(ReviewItem.account_id).join(Review, col(Review.id) == col(ReviewItem.review_id))
    query = query.where(Review.workspace_id == workspace_id, col(Review.was_held).is_(True))
    query = query.where(col(ReviewItem.part) != "left_out")
    if begin is not None:
        query = query.where(Review.planned_at >= begin)
    if end is not None:
        query = query.where(Review.planned_at < end)
    return set(session.exec(query.distinct()))
