"""Reads of reviews as they were known at an instant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.tables import Cadence, CadenceChange, Review, ReviewItem, ReviewState


@dataclass(frozen=True, slots=True)
class Passed:
    """A planned review that passed an account by: left out, or not held; `item_id` is the account's item in it."""

    account_id: int
    item_id: int
    planned_at: datetime


def held_items(session: Session, account_ids: Collection[int], at: datetime) -> dict[int, int]:
    """Return the item of each account in its last review that was held and closed until an instant, by account id."""
    number, account_id, closed_at = col(ReviewItem.id), col(ReviewItem.account_id), col(Review.closed_at)
    place = func.row_number().over(partition_by=account_id, order_by=(closed_at.desc(), number.desc()))
    ranked: Any = select_columns(account_id, number, place.label("place"))
    ranked = ranked.join(Review, col(Review.id) == col(ReviewItem.review_id)).where(
        account_id.in_(account_ids), closed_at <= at, col(Review.was_held).is_(True), col(ReviewItem.part) != "left_out"
    )
    ranked = ranked.subquery()
    found = session.execute(select_columns(ranked.c.account_id, ranked.c.id).where(ranked.c.place == 1))
    return {row[0]: row[1] for row in found}


def passed(session: Session, account_ids: Collection[int], at: datetime) -> list[Passed]:
    """Return the planned reviews closed until an instant that left these accounts out or were not held."""
    columns: list[Any] = [col(ReviewItem.account_id), col(ReviewItem.id), col(Review.planned_at)]
    was_passed_by = or_(col(ReviewItem.part) == "left_out", col(Review.was_held).is_not(True))
    query: Select[Any] = select_columns(*columns).join(Review, col(Review.id) == col(ReviewItem.review_id))
    query = query.where(
        col(ReviewItem.account_id).in_(account_ids),
        col(Review.state) == ReviewState.CLOSED,
        col(Review.closed_at) <= at,
        is_planned(),
        was_passed_by,
    )
    return [Passed(*row) for row in session.execute(query)]


def planned(session: Session, workspace_id: str, after: datetime, at: datetime) -> list[tuple[Review, bool]]:
    """Return the planned reviews opened or missed until `at` and planned after an instant, oldest first.

    Each with whether its cadence is private.
    """
    query = select(Review, Cadence.is_private).join(Cadence, col(Cadence.id) == col(Review.cadence_id))
    query = query.where(
        Review.workspace_id == workspace_id,
        is_planned(),
        Review.planned_at > after,
        Review.planned_at <= at,
        Review.opened_at <= at,
    )
    found = session.exec(query.order_by(col(Review.planned_at), col(Review.id)))
    return [(review, is_private) for review, is_private in found]


def skipped(session: Session, workspace_id: str, at: datetime) -> list[tuple[Cadence, CadenceChange]]:
    """Return the occurrences that somebody had skipped by that instant, each with its cadence."""
    query = select(Cadence, CadenceChange).join(CadenceChange, col(CadenceChange.cadence_id) == col(Cadence.id))
    query = query.where(
        Cadence.workspace_id == workspace_id, col(CadenceChange.moved_to).is_(None), CadenceChange.at <= at
    )
    return [(cadence, change) for cadence, change in session.exec(query.order_by(col(CadenceChange.id)))]


def accounts_of(session: Session, review_ids: Sequence[int]) -> list[tuple[int, int, str]]:
    """Return (review id, account id, part) of the accounts of these reviews."""
    query = select(ReviewItem.review_id, ReviewItem.account_id, ReviewItem.part)
    return list(session.exec(query.where(col(ReviewItem.review_id).in_(review_ids)).order_by(col(ReviewItem.id))))


def is_planned() -> ColumnElement[bool]:
    """Reviews of a cadence at a planned date, not those asked for."""
    return and_(col(Review.cadence_id).is_not(None), col(Review.slot).not_like("now:%"))
