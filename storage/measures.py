"""Reads and writes for measures of the whole program: what was known at an instant, and what past months said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, cast, func, insert, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import fresh, insert_once
from storage.models.accounts import Account
from storage.models.events import DECIDES, REPORTED, Event
from storage.models.measures import OPEN, AccountMonth, ProgramFigures, ProgramMonth, Progress, StageStay
from storage.models.reviews import Cadence, CadenceChange, Review, ReviewItem, ReviewState
from storage.models.subjects import SignalRow
from storage.models.types import table_of
from storage.models.workspaces import MarkRow

# Reads and writes of the figures that the trend is drawn of.


def ask_for_figures(session: Session, values: Mapping[str, Any]) -> None:
    insert_once(session, ProgramFigures, ProgramFigures(**values).model_dump(exclude={"id"}))


def get_figures(session: Session, figures_id: int, *, lock: bool = False) -> ProgramFigures | None:
    """Return the row of any workspace: for the ticks."""
    query = select(ProgramFigures).where(ProgramFigures.id == figures_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def due_figures(session: Session, limit: int) -> list[int]:
    """Return the ids of figures that are to be worked out, in the order in which they were wanted."""
    query = select(ProgramFigures.id).where(OPEN).order_by(col(ProgramFigures.id)).limit(limit)
    return [number for number in session.exec(query) if number is not None]


def figures_until(session: Session, workspace_id: str, at: datetime, *, after: datetime) -> list[ProgramFigures]:
    """Return the figures of periods that ended after an instant and before `at`, oldest first."""
    query = select(ProgramFigures).where(
        ProgramFigures.workspace_id == workspace_id,
        col(ProgramFigures.progress) == Progress.DONE,
        ProgramFigures.ended_at < at,
        ProgramFigures.ended_at > after,
    )
    return list(session.exec(query.order_by(col(ProgramFigures.ended_at), col(ProgramFigures.kind).desc())))


def held_before(session: Session, review: Review) -> datetime | None:
    """Return when the last held review of the same cadence before this one closed, None without one."""
    query = select(Review.closed_at).where(
        Review.cadence_id == review.cadence_id,
        col(Review.state) == ReviewState.CLOSED,
        col(Review.was_held).is_(True),
        col(Review.closed_at) < review.closed_at,
    )
    return session.exec(query.order_by(col(Review.closed_at).desc()).limit(1)).first()


# Reads of what was recorded until an instant, whatever was recorded after it.

PLACING = ("nominated", "list_changed", "corrected")
"""Kinds of events after which an account may have another place on the list, or have had another one."""


def on_list(session: Session, workspace_id: str) -> set[int]:
    """Return the ids of the accounts that are named or paused now."""
    query = select(Account.id).where(
        Account.workspace_id == workspace_id, col(Account.list_status).in_(("named", "paused"))
    )
    return {number for number in session.exec(query) if number is not None}


def placed_after(session: Session, workspace_id: str, at: datetime) -> set[int]:
    """Return the ids of the accounts whose place on the list at that instant may not be the one of now."""
    query = select(Event.account_id).where(
        Event.workspace_id == workspace_id, col(Event.kind).in_(PLACING), Event.recorded_at > at
    )
    return set(session.exec(query.distinct()))


def history_until(session: Session, account_ids: Collection[int], at: datetime) -> list[Event]:
    """Return every event of these accounts recorded until that instant, in the order recorded."""
    query = select(Event).where(col(Event.account_id).in_(account_ids), Event.recorded_at <= at)
    return list(session.exec(query.order_by(col(Event.id))))


def of_kinds_between(
    session: Session, workspace_id: str, kinds: Sequence[str], *, after: datetime, at: datetime
) -> list[Event]:
    """Return the workspace's events of these kinds recorded in (after, at], in the order recorded."""
    query = select(Event).where(
        Event.workspace_id == workspace_id,
        col(Event.kind).in_(kinds),
        Event.recorded_at > after,
        Event.recorded_at <= at,
    )
    return list(session.exec(query.order_by(col(Event.id))))


def recorded_later(
    session: Session, account_ids: Collection[int], after: datetime, at: datetime, *, now: datetime
) -> list[Event]:
    """Return what was recorded of these accounts after `at`: what happened in (after, at], and all corrections."""
    of_then: ColumnElement[bool] = and_(col(Event.happened_at) > after, col(Event.happened_at) <= at)
    query = select(Event).where(
        col(Event.account_id).in_(account_ids),
        Event.recorded_at > at,
        Event.recorded_at <= now,
        or_(of_then, col(Event.kind) == "corrected"),
    )
    return list(session.exec(query.order_by(col(Event.id))))


def deciding(
    session: Session, account_ids: Collection[int], after: datetime, at: datetime, *, reported: int
) -> list[Event]:
    """Return the deciding events of these accounts recorded in (after, at], and each one's latest `reported` others.

    They come in the order recorded; `reported` is a count.
    """
    values = {"account_ids": list(account_ids), "after": after, "at": at, "reported": reported - 1}
    return list(session.scalars(_select_deciding(), values))


@cache
def _select_deciding() -> SelectOfScalar[Event]:
    recorded_at = col(Event.recorded_at)
    numbers: Select[Any] = select_columns(col(Event.id)).join(Account, col(Account.id) == Event.account_id)
    numbers = numbers.where(col(Account.id).in_(bindparam("account_ids", expanding=True)))
    numbers = numbers.where(recorded_at > bindparam("after"), recorded_at <= bindparam("at"))
    others = aliased(Event)
    latest = select(others.id).where(
        others.account_id == Account.id, others.weight == REPORTED, others.recorded_at <= bindparam("at")
    )
    nth = latest.order_by(col(others.id).desc()).offset(bindparam("reported")).limit(1).correlate(Account)
    # two parts instead of an OR: each is a range of ix_event_weight
    told = numbers.where(col(Event.weight) == REPORTED, col(Event.id) >= func.coalesce(nth.scalar_subquery(), 0))
    deciding = numbers.where(col(Event.weight) == DECIDES)
    return select(Event).where(col(Event.id).in_(deciding.union_all(told))).order_by(col(Event.id))


def first_recorded_at(session: Session, workspace_id: str) -> datetime | None:
    """Return when the first account was nominated, which is the first entry of a program; None for an empty one."""
    query = select(func.min(Event.recorded_at)).where(Event.workspace_id == workspace_id, Event.kind == "nominated")
    return session.exec(query).one()


def signalled_on(
    session: Session, account_ids: Collection[int], at: datetime, *, kinds: Collection[str]
) -> dict[int, date]:
    """Return the day of each person's latest signal of these kinds that counted at an instant, by the person's id."""
    query = select(SignalRow.contact_id, func.max(SignalRow.happened_at)).where(
        col(SignalRow.account_id).in_(account_ids),
        col(SignalRow.contact_id).is_not(None),
        col(SignalRow.kind).in_(kinds),
        SignalRow.counts_since <= at,
        or_(col(SignalRow.taken_back_at).is_(None), col(SignalRow.taken_back_at) > at),
    )
    found = session.exec(query.group_by(col(SignalRow.contact_id)))
    return {number: last.astimezone(UTC).date() for number, last in found if number is not None}


def names(session: Session, account_ids: Collection[int]) -> dict[int, str]:
    query = select(Account.id, Account.name).where(col(Account.id).in_(account_ids))
    return {number: name for number, name in session.exec(query) if number is not None}


# Reads and writes of past months: which are kept, and the accounts as they were at each one's end.


@dataclass(frozen=True, slots=True)
class Place:
    """The list status and bucket of an account as kept at a month's end; `placement` is the text of its JSON."""

    account_id: int
    list_status: str
    bucket: str
    placement: str


def has_any(session: Session, workspace_id: str) -> bool:
    query = select(ProgramMonth.id).where(ProgramMonth.workspace_id == workspace_id).limit(1)
    return session.exec(query).first() is not None


def add_month(session: Session, values: Mapping[str, Any]) -> None:
    """Store the month, unless one of the workspace ends at the same instant."""
    columns = ("workspace_id", "first", "last", "zone", "began_at", "ended_at", "due_at")
    row = ProgramMonth(**{name: values[name] for name in columns})
    insert_once(session, ProgramMonth, row.model_dump(exclude={"id"}))


def get_month(session: Session, month_id: int, *, lock: bool = False) -> ProgramMonth | None:
    """Return the month of any workspace: for the ticks."""
    query = select(ProgramMonth).where(ProgramMonth.id == month_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def latest_month(session: Session, workspace_id: str, at: datetime) -> ProgramMonth | None:
    """Return the latest month that is kept whole and ended until an instant."""
    query = select(ProgramMonth).where(
        ProgramMonth.workspace_id == workspace_id,
        col(ProgramMonth.progress) == Progress.DONE,
        ProgramMonth.ended_at <= at,
    )
    return session.exec(query.order_by(col(ProgramMonth.ended_at).desc()).limit(1)).first()


def states(session: Session, month_id: int, ids: Collection[int] | None = None) -> list[str]:
    """Return the states kept at a month's end, of all accounts or those with these ids, as the text of their JSON."""
    # as text, which its reader makes facts of in one step
    query = select_columns(cast(col(AccountMonth.state), Text)).where(col(AccountMonth.month_id) == month_id)
    if ids is not None:
        query = query.where(col(AccountMonth.account_id).in_(ids))
    return list(session.scalars(query))


def places(session: Session, month_id: int) -> list[Place]:
    """Return the places that the accounts had at a month's end, with what shows them."""
    columns: list[Any] = [col(AccountMonth.account_id), col(AccountMonth.list_status)]
    columns += [col(AccountMonth.bucket), cast(col(AccountMonth.placement), Text)]
    query: Any = select_columns(*columns).where(col(AccountMonth.month_id) == month_id)
    return [Place(*row) for row in session.execute(query)]


def keep_month(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert(table_of(AccountMonth)), list(rows))


def due_months(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the ids of the months whose accounts are to be kept now, those that ended first at the front."""
    query = select(ProgramMonth.id).where(OPEN, ProgramMonth.due_at <= now).order_by(col(ProgramMonth.due_at))
    return [number for number in session.exec(query.limit(limit)) if number is not None]


# Reads and writes of habits of the team: signs that figures are used, who wrote in reviews, what followed plays.


def add_mark(session: Session, workspace_id: str, user_id: str, *, kind: str, month: date, at: datetime) -> bool:
    """Keep the sign, once a day; return False where the person gave it today."""
    values = {"workspace_id": workspace_id, "user_id": user_id, "kind": kind, "month": month}
    return insert_once(session, MarkRow, {**values, "marked_on": at.astimezone(UTC).date(), "at": at})


def marks_between(session: Session, workspace_id: str, after: datetime, at: datetime) -> list[MarkRow]:
    """Return the signs given in (after, at], oldest first."""
    query = select(MarkRow).where(MarkRow.workspace_id == workspace_id, MarkRow.at > after, MarkRow.at <= at)
    return list(session.exec(query.order_by(col(MarkRow.at), col(MarkRow.id))))


def writers(session: Session, review_ids: Collection[int], at: datetime) -> list[tuple[int, str]]:
    """Return (review id, user id) of those who recorded something in these reviews until an instant, each once."""
    query = select(Event.review_id, Event.actor).where(col(Event.review_id).in_(review_ids), Event.recorded_at <= at)
    return [(number, actor) for number, actor in session.exec(query.distinct()) if number is not None]


def of_accounts_between(
    session: Session, account_ids: Collection[int], kinds: Sequence[str], *, after: datetime, at: datetime
) -> list[Event]:
    """Return the events of these kinds and accounts recorded in (after, at], in the order recorded."""
    query = select(Event).where(
        col(Event.account_id).in_(account_ids),
        Event.recorded_at > after,
        Event.recorded_at <= at,
        col(Event.kind).in_(kinds),
    )
    return list(session.exec(query.order_by(col(Event.id))))


def updates_between(
    session: Session, account_ids: Collection[int], kinds: Sequence[str], *, after: datetime, at: datetime
) -> list[tuple[int, int, datetime]]:
    query = select(Event.id, Event.account_id, Event.happened_at).where(
        col(Event.account_id).in_(account_ids),
        Event.recorded_at > after,
        Event.recorded_at <= at,
        col(Event.kind).in_(kinds),
        Event.source != "import",
    )
    return [(number, account_id, instant) for number, account_id, instant in session.exec(query) if number is not None]


def signalled(
    session: Session, account_ids: Collection[int], kinds: Collection[str], *, after: datetime, at: datetime
) -> list[tuple[int, datetime]]:
    """Return (account id, instant) of signals of these kinds by known people in (after, at] that counted at `at`."""
    query = select(SignalRow.account_id, SignalRow.happened_at).where(
        col(SignalRow.account_id).in_(account_ids),
        col(SignalRow.contact_id).is_not(None),
        col(SignalRow.kind).in_(kinds),
        SignalRow.happened_at > after,
        SignalRow.happened_at <= at,
        SignalRow.counts_since <= at,
        or_(col(SignalRow.taken_back_at).is_(None), col(SignalRow.taken_back_at) > at),
    )
    return list(session.exec(query))


# Reads of reviews as they were known at an instant.


@dataclass(frozen=True, slots=True)
class LeftOutItem:
    """A planned review that was held and left an account out; `item_id` is the account's item in it."""

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


def left_out(session: Session, account_ids: Collection[int], at: datetime) -> list[LeftOutItem]:
    """Return the planned reviews closed until an instant that were held and left these accounts out."""
    columns: list[Any] = [col(ReviewItem.account_id), col(ReviewItem.id), col(Review.planned_at)]
    was_left_out = and_(col(ReviewItem.part) == "left_out", col(Review.was_held).is_(True))
    query: Select[Any] = select_columns(*columns).join(Review, col(Review.id) == col(ReviewItem.review_id))
    query = query.where(
        col(ReviewItem.account_id).in_(account_ids),
        col(Review.state) == ReviewState.CLOSED,
        col(Review.closed_at) <= at,
        is_planned(),
        was_left_out,
    )
    return [LeftOutItem(*row) for row in session.execute(query)]


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


# Reads and writes of completed stays of accounts in stages.


def add_stays(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert(table_of(StageStay)), list(rows))


def standing(session: Session, account_ids: Collection[int]) -> list[StageStay]:
    """Return the stays of these accounts as they are known now, in the order in which they became known."""
    query = select(StageStay).where(col(StageStay.account_id).in_(account_ids), col(StageStay.void_at).is_(None))
    return list(session.exec(fresh(query.order_by(col(StageStay.id)))))


def end_knowledge(session: Session, stay_ids: Collection[int], at: datetime) -> None:
    """Note that these stays are known otherwise from that instant on."""
    if stay_ids:
        session.execute(update(StageStay).where(col(StageStay.id).in_(stay_ids)).values(void_at=at))


def stays_known_at(session: Session, workspace_id: str, at: datetime, *, ended_after: datetime) -> list[StageStay]:
    """Return the stays of the workspace that ended after an instant, as they were known at `at`, oldest first."""
    query = select(StageStay).where(
        StageStay.workspace_id == workspace_id,
        StageStay.ended_at > ended_after,
        StageStay.told_at <= at,
        or_(col(StageStay.void_at).is_(None), col(StageStay.void_at) > at),
    )
    return list(session.exec(query.order_by(col(StageStay.ended_at), col(StageStay.account_id))))
