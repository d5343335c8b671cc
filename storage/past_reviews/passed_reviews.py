"""Planned reviews that passed accounts by: left out, not held or missed. Reviews on request are not among them."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables import Account, Cadence, Review, ReviewItem, ReviewState
from storage.tables.types import JsonValue

Passed = list[tuple[int, datetime]]
"""(account id, instant for which the review was planned)."""

Missed = list[tuple[datetime, JsonValue]]
"""(instant for which the review was planned, scope of its cadence)."""


def since_last_held(session: Session, account_ids: Collection[int]) -> Passed:
    """The closed reviews after each account's last held one that left it out or were not held."""
    return _pairs(session, _since_last_held(), {"account_ids": list(account_ids)})


def before_review(session: Session, account_ids: Collection[int], review: Review) -> Passed:
    """Closed reviews like these for accounts of a review, as they were known when this one opened."""
    values = {"account_ids": list(account_ids), "review_id": review.row_id, "opened_at": review.opened_at}
    return _pairs(session, _before_review(), values)


def missed(session: Session, workspace_id: str, since: datetime, until: datetime) -> Missed:
    """The reviews planned after `since` that were missed, as known at the instant `until`."""
    values = {"workspace_id": workspace_id, "since": since, "until": until}
    return [(planned_at, scope) for planned_at, scope in session.execute(_missed(), values)]


def _pairs(session: Session, query: Select[Any], values: dict[str, Any]) -> Passed:
    return [(account_id, planned_at) for account_id, planned_at in session.execute(query, values)]


def _is_planned() -> ColumnElement[bool]:
    return and_(col(Review.cadence_id).is_not(None), col(Review.slot).not_like("now:%"))


def _passed_by() -> Select[Any]:
    columns: list[Any] = [col(ReviewItem.account_id), col(Review.planned_at)]
    query = select(*columns)
    was_passed_by = or_(col(ReviewItem.part) == "left_out", col(Review.was_held).is_not(True))
    of_accounts = col(ReviewItem.account_id).in_(bindparam("account_ids", expanding=True))
    return query.join(Review, col(Review.id) == col(ReviewItem.review_id)).where(
        of_accounts, col(Review.state) == ReviewState.CLOSED, _is_planned(), was_passed_by
    )


@cache
def _since_last_held() -> Select[Any]:
    after_it = col(ReviewItem.id) > func.coalesce(col(Account.held_item_id), 0)
    return _passed_by().join(Account, col(Account.id) == col(ReviewItem.account_id)).where(after_it)


@cache
def _before_review() -> Select[Any]:
    this = aliased(ReviewItem)
    between = and_(
        col(ReviewItem.id) > func.coalesce(col(this.before_item_id), 0),
        col(ReviewItem.id) < col(this.id),
        col(Review.closed_at) <= bindparam("opened_at"),
    )
    query = _passed_by().join(this, col(this.account_id) == col(ReviewItem.account_id))
    return query.where(col(this.review_id) == bindparam("review_id"), between)


@cache
def _missed() -> Select[Any]:
    query = select(col(Review.planned_at), col(Cadence.scope)).join(Cadence, col(Cadence.id) == col(Review.cadence_id))
    return query.where(
        col(Review.workspace_id) == bindparam("workspace_id"),
        col(Review.state) == ReviewState.MISSED,
        _is_planned(),
        col(Review.planned_at) > bindparam("since"),
        col(Review.opened_at) <= bindparam("until"),
    )
