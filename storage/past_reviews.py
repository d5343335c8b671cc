"""Reads of reviews that are over, for what counts from them on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, case, cast, func, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import read_columns
from storage.models.accounts import Account
from storage.models.events import Event
from storage.models.reviews import Review, ReviewItem, ReviewState

# Closed reviews of a cadence or channel, held or not.

MOST = 60
"""Reviews looked back at: more than a year of weeks."""


def latest_of_cadence(session: Session, cadence_id: int, *, until_id: int | None = None) -> list[Review]:
    """The cadence's closed reviews by when they were planned, the latest first; up to `until_id` if given."""
    query = select(Review).where(Review.cadence_id == cadence_id, Review.state == ReviewState.CLOSED)
    if until_id is not None:
        query = query.where(col(Review.id) <= until_id)
    return list(session.exec(query.order_by(col(Review.planned_at).desc(), col(Review.id).desc()).limit(MOST)))


def held_before(session: Session, workspace_id: str, channel_id: str, opened_at: datetime) -> Review | None:
    """The channel's latest review of accounts that was held and opened before this instant, None without one."""
    query = _select_of_accounts(workspace_id, channel_id, opened_at).where(col(Review.was_held).is_(True))
    return session.exec(query.limit(1)).first()


def closed_before(session: Session, workspace_id: str, channel_id: str, opened_at: datetime) -> Review | None:
    """The channel's latest review of accounts that closed and opened before this instant, None without one."""
    query = _select_of_accounts(workspace_id, channel_id, opened_at).where(Review.state == ReviewState.CLOSED)
    return session.exec(query.limit(1)).first()


def _select_of_accounts(workspace_id: str, channel_id: str, opened_before: datetime) -> SelectOfScalar[Review]:
    """The channel's reviews of accounts that opened before an instant, the latest first."""
    query = select(Review).where(
        Review.workspace_id == workspace_id,
        Review.channel_id == channel_id,
        Review.kind == "accounts",
        col(Review.opened_at) < opened_before,
    )
    return query.order_by(col(Review.planned_at).desc(), col(Review.id).desc())


# Past reviews of a channel in pages, their neighbours, and what was recorded after one closed.

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
    query = _select_of_channel(workspace_id, channel_id, with_not_posted=with_not_posted)
    if before is not None:
        query = query.where(_before(*before))
    return list(session.exec(query.order_by(col(Review.planned_at).desc(), col(Review.id).desc()).limit(limit)))


def neighbours(session: Session, review: Review) -> tuple[int | None, int | None]:
    """Return the ids of the closed reviews of its channel before and after this one, None where there is none."""
    query = _select_of_channel(review.workspace_id, review.channel_id, with_not_posted=False)
    earlier = query.where(_before(review.planned_at, review.row_id))
    later = query.where(~_before(review.planned_at, review.row_id), col(Review.id) != review.row_id)
    before = session.exec(earlier.order_by(col(Review.planned_at).desc(), col(Review.id).desc()).limit(1)).first()
    after = session.exec(later.order_by(col(Review.planned_at), col(Review.id)).limit(1)).first()
    return (before.row_id if before else None, after.row_id if after else None)


def recorded_later(
    session: Session,
    account_ids: Collection[int],
    *,
    after: datetime,
    until: datetime,
    excluded: Collection[str],
    limit: int,
) -> list[Event]:
    """Return the first events of these accounts recorded in (after, until], without `excluded` sources."""
    query = select(Event).where(
        col(Event.account_id).in_(account_ids),
        Event.recorded_at > after,
        Event.recorded_at <= until,
        col(Event.source).not_in(excluded),
    )
    return list(session.exec(query.order_by(col(Event.id)).limit(limit)))


def _select_of_channel(workspace_id: str, channel_id: str, *, with_not_posted: bool) -> SelectOfScalar[Review]:
    """The channel's closed reviews with accounts or executives; `with_not_posted` also the missed and skipped ones."""
    has_accounts = select(ReviewItem.id).where(col(ReviewItem.review_id) == col(Review.id)).exists()
    is_closed = and_(col(Review.state) == ReviewState.CLOSED, or_(has_accounts, col(Review.kind) == "executive"))
    is_over = or_(is_closed, col(Review.state).in_(NOT_POSTED)) if with_not_posted else is_closed
    return select(Review).where(Review.workspace_id == workspace_id, Review.channel_id == channel_id, is_over)


def _before(planned_at: datetime, review_id: int) -> ColumnElement[bool]:
    """The condition of reviews planned before this one; of those planned for the same instant, the lower ids."""
    return or_(
        col(Review.planned_at) < planned_at, and_(col(Review.planned_at) == planned_at, col(Review.id) < review_id)
    )


# Past reviews of a workspace, of some accounts or in some days, the newest first.


def ended_between(
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

    With `account_ids`, those that listed or discussed one of these accounts. Missed and skipped ones, which discussed
    none, are among them without `account_ids` and `only_held` alone. Closed reviews in which the session may see no
    account are left out.
    """
    items = select(ReviewItem.id).where(col(ReviewItem.review_id) == col(Review.id))
    if account_ids is not None:
        items = items.where(col(ReviewItem.account_id).in_(account_ids), ReviewItem.part != "left_out")
    is_closed: ColumnElement[bool] = (col(Review.state) == ReviewState.CLOSED) & items.exists()
    wanted = [is_closed, col(Review.was_held).is_(True)] if only_held else [is_closed]
    if account_ids is None and not only_held:
        wanted = [or_(is_closed, col(Review.state).in_(NOT_POSTED))]
    # a review without channel only keeps an item that was taken out (`reviews.take_out_item`)
    query = select(Review).where(Review.workspace_id == workspace_id, Review.channel_id != "", *wanted)
    query = query.where(col(Review.planned_on) >= first) if first else query
    query = query.where(col(Review.planned_on) <= last) if last else query
    return list(session.exec(query.order_by(col(Review.planned_at).desc(), col(Review.id).desc()).limit(limit)))


# The last held review of accounts, from which their movement counts.


@dataclass(frozen=True, slots=True)
class HeldItem:
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


def held(session: Session, item_ids: Collection[int], *, with_states: bool = True) -> dict[int, HeldItem]:
    """The held, closed reviews of these items, by account id; the large stored states only `with_states`."""
    if not item_ids:
        return {}
    found = read_columns(session, _select_held(with_states), {"item_ids": list(item_ids)})
    return {account_id: HeldItem(*columns) for account_id, *columns in found}


@cache
def _select_held(with_states: bool) -> Select[Any]:
    """The statement of `held`: the account's id, then the fields of HeldItem in their order."""
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


# The last planned date of each cadence, and the last held review of each account on the list.


def last_of_cadences(session: Session, workspace_id: str) -> dict[int, Review]:
    """Return the last review of each cadence on one of its dates, held or not, by the cadence's id."""
    newest = select(func.max(Review.id)).where(Review.workspace_id == workspace_id, _is_planned())
    query = select(Review).where(col(Review.id).in_(newest.group_by(col(Review.cadence_id))))
    return {row.cadence_id: row for row in session.exec(query) if row.cadence_id is not None}


def waiting_since_by_tier(session: Session, workspace_id: str) -> Sequence[tuple[int, datetime]]:
    """Return a pair for each named account with a tier: its tier, and since when it waits for a review.

    It waits since its last held review (when that was planned), or since it was named, whichever is later.
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


# Planned reviews that were held and left an account out.

LeftOut = list[tuple[int, datetime]]
"""For each review that left an account out: (account id, instant for which the review was planned)."""


def since_last_held(session: Session, account_ids: Collection[int]) -> LeftOut:
    """The held reviews after each account's last one that had no time for the account."""
    if not account_ids:
        return []
    return _read_left_out(session, _select_since_last_held(), {"account_ids": list(account_ids)})


@cache
def _select_since_last_held() -> Select[Any]:
    """Left out after the account's last held review; all, where it was in none."""
    after_it = col(ReviewItem.id) > func.coalesce(col(Account.held_item_id), 0)
    return _select_left_out().join(Account, col(Account.id) == col(ReviewItem.account_id)).where(after_it)


def before_review(session: Session, account_ids: Collection[int], review: Review) -> LeftOut:
    """The held reviews that left out these accounts after their last held review before `review`.

    Only accounts that are in `review`, and only reviews that had closed when it opened.
    """
    if not account_ids:
        return []
    values = {"account_ids": list(account_ids), "review_id": review.row_id, "opened_at": review.opened_at}
    return _read_left_out(session, _select_before_review(), values)


@cache
def _select_before_review() -> Select[Any]:
    """Left out after the held review before the one with `review_id`, by reviews that closed before that one opened."""
    later_item = aliased(ReviewItem)
    between = and_(
        col(ReviewItem.id) > func.coalesce(col(later_item.before_item_id), 0),
        col(ReviewItem.id) < col(later_item.id),
        col(Review.closed_at) <= bindparam("opened_at"),
    )
    query = _select_left_out().join(later_item, col(later_item.account_id) == col(ReviewItem.account_id))
    return query.where(col(later_item.review_id) == bindparam("review_id"), between)


def _read_left_out(session: Session, query: Select[Any], values: dict[str, Any]) -> LeftOut:
    return [(account_id, planned_at) for account_id, planned_at in read_columns(session, query, values)]


def _is_planned() -> ColumnElement[bool]:
    """The condition of reviews on a date of a cadence: the slot of one opened by command begins with `now:`."""
    return and_(col(Review.cadence_id).is_not(None), col(Review.slot).not_like("now:%"))


def _select_left_out() -> Select[Any]:
    """(account id, planned instant) of each planned, held review that left one of these accounts out."""
    columns: list[Any] = [col(ReviewItem.account_id), col(Review.planned_at)]
    query = select_columns(*columns)
    was_left_out = and_(col(ReviewItem.part) == "left_out", col(Review.was_held).is_(True))
    of_accounts = col(ReviewItem.account_id).in_(bindparam("account_ids", expanding=True))
    return query.join(Review, col(Review.id) == col(ReviewItem.review_id)).where(
        of_accounts, col(Review.state) == ReviewState.CLOSED, _is_planned(), was_left_out
    )
