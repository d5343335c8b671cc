"""Reads and writes of cadences, reviews and their items."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.database import fresh, read_columns
from storage.models.reviews import Cadence, CadenceChange, Review, ReviewItem, ReviewState
from storage.models.types import JsonValue


def cadence(session: Session, cadence_id: int, *, lock: bool = False) -> Cadence | None:
    """The cadence; with `lock` it is locked, and None if another transaction has locked it already."""
    query = select(Cadence).where(Cadence.id == cadence_id)
    return session.exec(fresh(query.with_for_update(skip_locked=True)) if lock else query).first()


def cadence_of(session: Session, workspace_id: str, channel_id: str, *, lock: bool = False) -> Cadence | None:
    """The channel's cadence, if it has one; with `lock` no other transaction changes it before this one ends."""
    query = select(Cadence).where(Cadence.workspace_id == workspace_id, Cadence.channel_id == channel_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def cadences(session: Session, workspace_id: str) -> list[Cadence]:
    """All cadences of the workspace, the next one due first, paused ones last by when they were created."""
    query = select(Cadence).where(Cadence.workspace_id == workspace_id)
    return sorted(session.exec(query), key=lambda c: (c.next_at is None, c.next_at or c.created_at))


def due_cadences(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of cadences whose next occurrence has come, the longest waiting first."""
    query = select(Cadence.id).where(col(Cadence.next_at) <= now).order_by(col(Cadence.next_at)).limit(limit)
    return [row for row in session.exec(query) if row is not None]


def changes(session: Session, cadence_id: int) -> list[CadenceChange]:
    """The cadence's skipped and moved occurrences, by planned date."""
    query = select(CadenceChange).where(CadenceChange.cadence_id == cadence_id)
    return list(session.exec(query.order_by(col(CadenceChange.planned_on))))


def change_of(session: Session, cadence_id: int, planned_on: date) -> CadenceChange | None:
    query = select(CadenceChange).where(CadenceChange.cadence_id == cadence_id, CadenceChange.planned_on == planned_on)
    return session.exec(query).first()


def get(session: Session, workspace_id: str, review_id: int, *, lock: bool = False) -> Review | None:
    query = select(Review).where(Review.workspace_id == workspace_id, Review.id == review_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def by_slot(session: Session, workspace_id: str, slot: str) -> Review | None:
    return session.exec(select(Review).where(Review.workspace_id == workspace_id, Review.slot == slot)).first()


def due_to_close(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of open reviews whose closing time has come."""
    query = select(Review.id).where(Review.state == ReviewState.OPEN, col(Review.closes_at) <= now).limit(limit)
    return [row for row in session.exec(query) if row is not None]


def by_ids(session: Session, review_ids: Collection[int]) -> list[Review]:
    return list(session.exec(select(Review).where(col(Review.id).in_(review_ids))))


def by_id(session: Session, review_id: int, *, lock: bool = False) -> Review | None:
    """The review with this id, of any workspace: the scheduler serves all. With `lock`, None if it is locked."""
    query = select(Review).where(Review.id == review_id)
    return session.exec(fresh(query.with_for_update(skip_locked=True)) if lock else query).first()


def open_in(session: Session, workspace_id: str, channel_id: str, *, lock: bool = False) -> Review | None:
    """The channel's open review, the latest if there are several."""
    query = select(Review).where(
        Review.workspace_id == workspace_id, Review.channel_id == channel_id, Review.state == ReviewState.OPEN
    )
    query = query.order_by(col(Review.id).desc()).limit(1)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def open_ones(session: Session, workspace_id: str) -> list[Review]:
    """The workspace's open reviews with any account that the session may see, oldest first."""
    has_accounts = select(ReviewItem.id).where(ReviewItem.review_id == Review.id).exists()
    query = select(Review).where(Review.workspace_id == workspace_id, Review.state == ReviewState.OPEN, has_accounts)
    return list(session.exec(query.order_by(col(Review.id))))


def latest_in(session: Session, workspace_id: str, channel_id: str, limit: int = 10) -> list[Review]:
    """The channel's latest reviews in any state, newest first."""
    query = select(Review).where(Review.workspace_id == workspace_id, Review.channel_id == channel_id)
    return list(session.exec(query.order_by(col(Review.planned_at).desc()).limit(limit)))


def get_all(session: Session, workspace_id: str) -> list[Review]:
    query = select(Review).where(Review.workspace_id == workspace_id).order_by(col(Review.planned_at))
    return list(session.exec(query))


def items(session: Session, review_id: int) -> list[ReviewItem]:
    query = select(ReviewItem).where(ReviewItem.review_id == review_id).order_by(col(ReviewItem.position))
    return list(session.exec(query))


def account_ids(session: Session, review_id: int) -> list[int]:
    query = select(ReviewItem.account_id).where(ReviewItem.review_id == review_id).order_by(col(ReviewItem.position))
    return list(session.exec(query))


def numbered(session: Session, review_id: int, part: str) -> list[tuple[int, int]]:
    """(item id, account id) of the review's items of this part, such as `left_out`, in their order."""
    query = select(ReviewItem.id, ReviewItem.account_id)
    query = query.where(ReviewItem.review_id == review_id, ReviewItem.part == part)
    found = session.exec(query.order_by(col(ReviewItem.position)))
    return [(item_id, account_id) for item_id, account_id in found if item_id is not None]


def add_items(session: Session, rows: Sequence[ReviewItem]) -> None:
    """Store the accounts of a review, numbered in their order, by one statement."""
    session.execute(insert(ReviewItem), [row.model_dump(exclude={"id"}) for row in rows])


def take_out_item(session: Session, item_id: int, review: Review) -> None:
    """Take an account out of its review by moving its item into another review, which no channel shows.

    The item is not deleted, because its id could be used again.
    """
    values = review.model_dump(exclude={"id"}) | {"channel_id": "", "slot": f"taken out:{item_id}", "cadence_id": None}
    hidden = Review(**values | {"state": ReviewState.SKIPPED})
    session.add(hidden)
    session.flush()
    session.execute(update(ReviewItem).where(col(ReviewItem.id) == item_id).values(review_id=hidden.row_id))


def items_of(session: Session, review_ids: Collection[int]) -> list[ReviewItem]:
    return list(session.exec(select(ReviewItem).where(col(ReviewItem.review_id).in_(review_ids))))


def times_left_out(
    session: Session, workspace_id: str, channel_id: str, account_ids: Collection[int]
) -> dict[int, int]:
    """How many held reviews of the channel in a row, up to the latest, left out each of these accounts, by account id.

    Accounts that the latest did not leave out are missing. Reviews not held discussed nothing and do not count.
    """
    latest = select(func.max(ReviewItem.id)).join(Review, col(Review.id) == ReviewItem.review_id)
    latest = latest.where(Review.workspace_id == workspace_id, Review.channel_id == channel_id)
    latest = latest.where(col(Review.was_held).is_(True), col(ReviewItem.account_id).in_(account_ids))
    columns = select(ReviewItem.account_id, ReviewItem.times_left_out).where(ReviewItem.part == "left_out")
    found = session.exec(columns.where(col(ReviewItem.id).in_(latest.group_by(col(ReviewItem.account_id)))))
    # an item counts the reviews before its own, which is the latest and left the account out too
    return {account_id: before + 1 for account_id, before in found}


def item(session: Session, workspace_id: str, item_id: int) -> ReviewItem | None:
    query = select(ReviewItem).where(ReviewItem.workspace_id == workspace_id, ReviewItem.id == item_id)
    return session.exec(query).first()


def open_items_of(session: Session, account_id: int) -> list[tuple[int, Review]]:
    """(item id, review) of the account in every open review, in the order they were opened."""
    return [(item_id, review) for item_id, review in session.execute(_select_open_items(), {"account_id": account_id})]


@cache
def _select_open_items() -> Select[int | None, Review]:
    return _select_items_in(ReviewState.OPEN).order_by(col(Review.id))


def in_open_reviews(session: Session, account_ids: Collection[int]) -> list[tuple[int, int, Review]]:
    """(account id, item id, review) of these accounts in open reviews, in the order the reviews were opened."""
    found = session.execute(_select_in_open_reviews(), {"account_ids": list(account_ids)})
    return [(account_id, item_id, review) for account_id, item_id, review in found if item_id is not None]


@cache
def _select_in_open_reviews() -> Select[int, int | None, Review]:
    columns = select_columns(col(ReviewItem.account_id), col(ReviewItem.id), Review)
    query = columns.join(Review, col(Review.id) == ReviewItem.review_id).where(col(Review.state) == ReviewState.OPEN)
    of_accounts = col(ReviewItem.account_id).in_(bindparam("account_ids", expanding=True))
    return query.where(of_accounts).order_by(col(Review.id))


def latest_item_of(session: Session, account_id: int) -> tuple[int, Review] | None:
    """(item id, review) of the account in its latest posted review, open or closed; None where it was in none."""
    found = session.execute(_select_latest_item(), {"account_id": account_id}).first()
    return None if found is None else (found[0], found[1])


@cache
def _select_latest_item() -> Select[int | None, Review]:
    return _select_items_in(ReviewState.OPEN, ReviewState.CLOSED).order_by(col(Review.id).desc()).limit(1)


def open_review_of(session: Session, account_id: int) -> int | None:
    """The id of the latest open review that has an item of the account, or None."""
    found: int | None = read_columns(session, _select_open_review(), {"account_id": account_id}).scalar()
    return found


@cache
def _select_open_review() -> Select[Any]:
    return _select_items_in(ReviewState.OPEN).with_only_columns(func.max(Review.id))


def closed_with(session: Session, account_id: int, recorded_at: datetime) -> list[int]:
    """The ids of the closed reviews that showed what was recorded of the account at that instant, the earliest first.

    Such a review closed after the entry, and the account's held review before it had closed earlier.
    """
    earlier_item, earlier = aliased(ReviewItem), aliased(Review)
    query = select(Review.id).join(ReviewItem, col(ReviewItem.review_id) == Review.id)
    query = query.outerjoin(earlier_item, col(earlier_item.id) == ReviewItem.before_item_id)
    query = query.outerjoin(earlier, col(earlier.id) == earlier_item.review_id)
    query = query.where(ReviewItem.account_id == account_id, Review.state == ReviewState.CLOSED)
    query = query.where(col(Review.closed_at) >= recorded_at)
    query = query.where(or_(col(earlier.closed_at).is_(None), col(earlier.closed_at) < recorded_at))
    return [row for row in session.exec(query.order_by(col(Review.id))) if row is not None]


def _select_items_in(*states: ReviewState) -> Select[int | None, Review]:
    """The item ids of the account `account_id` in reviews of these states, each with its review."""
    found = select_columns(col(ReviewItem.id), Review).join(Review, col(ReviewItem.review_id) == col(Review.id))
    return found.where(col(ReviewItem.account_id) == bindparam("account_id"), col(Review.state).in_(states))


def next_meetings(session: Session, workspace_id: str) -> list[tuple[str, datetime, JsonValue]]:
    """(channel id, next meeting, scope) of every cadence that is not paused."""
    found = read_columns(session, _select_next_meetings(), {"workspace_id": workspace_id})
    return [(channel_id, next_at, scope) for channel_id, next_at, scope in found]


@cache
def _select_next_meetings() -> Select[Any]:
    # a paused cadence has no `next_at`
    query: Select[Any] = select_columns(col(Cadence.channel_id), col(Cadence.next_at), col(Cadence.scope))
    return query.where(col(Cadence.workspace_id) == bindparam("workspace_id"), col(Cadence.next_at).is_not(None))


def next_meeting_at(session: Session) -> datetime | None:
    return session.exec(select(func.min(Cadence.next_at))).one()


def next_closing_at(session: Session) -> datetime | None:
    return session.exec(select(func.min(Review.closes_at)).where(Review.state == ReviewState.OPEN)).one()
