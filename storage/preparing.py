"""People asked to prepare reviews, and those who are away meanwhile."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, and_, bindparam, case, exists, func, or_, union, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select
from sqlmodel import update as sqlmodel_update
from sqlmodel.sql.expression import SelectOfScalar

from storage.accounts import fitting
from storage.database import fresh, insert_all_once
from storage.letter_subjects import LetterSubject
from storage.models.accounts import Account
from storage.models.following import DaysAway, PrepRequest
from storage.models.reviews import Cadence, Review, ReviewItem, ReviewState
from storage.models.subjects import SignalRow
from storage.models.workspaces import Channel, Person

# Channels in which the bot can post: a cadence whose channel is in trouble waits until it is mended.


def works() -> ColumnElement[bool]:
    """Return the condition of a cadence whose channel is not in trouble: not archived, shared or left by the bot."""
    in_trouble = exists().where(
        col(Channel.workspace_id) == col(Cadence.workspace_id),
        col(Channel.channel_id) == col(Cadence.channel_id),
        col(Channel.trouble) != "",
    )
    return ~in_trouble


def scopes(session: Session, workspace_id: str) -> list[tuple[dict[str, list[Any]], bool]]:
    """The scope of every cadence of accounts, and whether it runs: neither paused nor with a channel in trouble."""
    runs = and_(col(Cadence.is_paused).is_(False), works())
    query = select(Cadence.scope, runs).where(Cadence.workspace_id == workspace_id, Cadence.kind == "accounts")
    return [(scope, bool(running)) for scope, running in session.exec(query)]


# Work done once for each planned date of a cadence: notify executives, ask people to prepare, brief the facilitator.

ACCOUNTS, EXECUTIVE = "accounts", "executive"
"""Kinds of cadences."""

MAY_BE_DONE = date(1970, 1, 1)
"""The value of the column `mark` where the work may be done for the next date, as the database was restored.

No cadence meets on this day, so that the work counts as not done.
"""


@dataclass(frozen=True, slots=True)
class OnceADate:
    """Work before the dates of cadences of a kind; the column `mark` of a cadence has the date it was done for last."""

    kind: str
    mark: Mapped[date | None]

    def undone(self) -> ColumnElement[bool]:
        """Return the condition of a cadence that has a next date, for which the work was not done yet."""
        is_marked_otherwise = or_(self.mark.is_(None), self.mark != col(Cadence.next_on))
        return and_(col(Cadence.kind) == self.kind, col(Cadence.next_at).is_not(None), is_marked_otherwise)

    def due(self, session: Session, until: datetime, limit: int) -> list[int]:
        """Return the ids of the cadences that meet until an instant, by time, and for which the work was not done.

        Those whose channel is in trouble wait until that is over.
        """
        query = select(Cadence.id).where(self.undone(), works(), col(Cadence.next_at) <= until)
        found = session.exec(query.order_by(col(Cadence.next_at)).limit(limit))
        return [row for row in found if row is not None]

    def next_meeting_at(self, session: Session) -> datetime | None:
        """Return when the first cadence meets for which the work is still to be done, None where there is none."""
        return session.exec(select(func.min(Cadence.next_at)).where(self.undone(), works())).one()

    def set_aside(self, session: Session, cadence_id: int) -> None:
        """Give the work up for the next date of a cadence, for which it fails each time, by marking it as done."""
        rows = update(Cadence).where(col(Cadence.id) == cadence_id)
        session.execute(rows.values({self.mark: col(Cadence.next_on)}))

    def mark_maybe_done(self, session: Session) -> None:
        """After a restore, mark all work not known to be done as maybe done: it may have been, after the backup."""
        session.execute(update(Cadence).where(self.undone()).values({self.mark: MAY_BE_DONE}))


EXECUTIVES_NOTIFIED = OnceADate(EXECUTIVE, col(Cadence.told_on))
"""The page that executives get a day before their review."""
PREPARED = OnceADate(ACCOUNTS, col(Cadence.prepared_on))
"""The questions of those who prepare a review."""
BRIEFED = OnceADate(ACCOUNTS, col(Cadence.briefed_on))
"""The brief of a facilitator."""


# Reads and writes of people asked to prepare a review, and of cadences of whose next review nobody was asked yet.

LONGEST_MOVE = timedelta(days=62)
"""A review moved further than this is not asked about any more: no cadence has its next date so far away."""


def named_accounts(session: Session, workspace_id: str, user_ids: Collection[str] | None = None) -> list[Account]:
    """Return the named accounts of the workspace, or those that name one of these people."""
    roles = (Account.owner, Account.marketing_partner, Account.our_executive)
    theirs = () if user_ids is None else (or_(*(col(role).in_(user_ids) for role in roles)),)
    return fitting(session, workspace_id, wanted=theirs)


class NamedCounts(NamedTuple):
    """People whom the named accounts of a workspace name, and those of them whose conversation is not known."""

    people: int
    unknown: int


def count_named(session: Session, workspace_ids: Collection[str]) -> dict[str, NamedCounts]:
    """Return how many people the named accounts of each of these workspaces name, by one statement."""
    roles = (Account.owner, Account.marketing_partner, Account.our_executive)
    is_named = col(Account.workspace_id).in_(workspace_ids), Account.list_status == "named"
    named = union(
        *(select(Account.workspace_id, col(role).label("user_id")).where(*is_named, col(role) != "") for role in roles)
    ).subquery()
    is_theirs = (col(Person.workspace_id) == named.c.workspace_id) & (col(Person.user_id) == named.c.user_id)
    unknown = func.sum(case((col(Person.direct_channel) == "", 1), else_=0))
    query = select(Person.workspace_id, func.count(), unknown).join(named, is_theirs).group_by(Person.workspace_id)
    return {workspace_id: NamedCounts(people, unknown) for workspace_id, people, unknown in session.exec(query)}


def unprepared(session: Session, until: datetime | None = None) -> list[Cadence]:
    """Return the cadences that are due to ask people to prepare their next review by an instant, and have not done so.

    Without `until`, all that are to ask at some instant and have not done so. Cadences whose channel is in trouble are
    left out: they wait until it is well.
    """
    planned = col(Cadence.prepare_at).is_not(None) if until is None else col(Cadence.prepare_at) <= until
    query = select(Cadence).where(planned, PREPARED.undone(), works())
    return list(session.exec(query.order_by(col(Cadence.prepare_at), col(Cadence.id))))


def meeting_until(session: Session, workspace_id: str, until: datetime) -> list[Cadence]:
    """Return the workspace's cadences of accounts whose next review begins until an instant and that ask people before.

    Cadences whose channel is in trouble are left out.
    """
    query = select(Cadence).where(
        Cadence.workspace_id == workspace_id,
        and_(col(Cadence.kind) == ACCOUNTS, col(Cadence.next_at).is_not(None), col(Cadence.prep_minutes) > 0),
        works(),
        col(Cadence.next_at) <= until,
    )
    return list(session.exec(query.order_by(col(Cadence.next_at), col(Cadence.id))))


def cadences(session: Session, cadence_ids: Collection[int]) -> list[Cadence]:
    return list(session.exec(select(Cadence).where(col(Cadence.id).in_(cadence_ids)).order_by(col(Cadence.id))))


def add_many(session: Session, rows: Sequence[PrepRequest]) -> None:
    """Store who is asked, by one statement; those who were asked before stay as they are."""
    insert_all_once(session, PrepRequest, [row.model_dump(exclude={"id"}) for row in rows])


def replan(session: Session, cadence_id: int, was_on: date, on: date) -> None:
    """Move the requests to prepare from one planned day to another, for which there are none yet."""
    moved = update(PrepRequest).where(col(PrepRequest.cadence_id) == cadence_id, col(PrepRequest.planned_on) == was_on)
    session.execute(moved.values(planned_on=on))


def of_cadences(session: Session, cadence_ids: Collection[int], from_on: date) -> list[PrepRequest]:
    """Return the requests to prepare the reviews of these cadences planned from a day on."""
    query = select(PrepRequest).where(
        col(PrepRequest.cadence_id).in_(cadence_ids), col(PrepRequest.planned_on) >= from_on
    )
    return list(session.exec(fresh(query.order_by(col(PrepRequest.id)))))


def of_occurrence(session: Session, cadence_id: int, planned_on: date) -> list[PrepRequest]:
    """Return the requests to prepare one planned review."""
    query = select(PrepRequest).where(PrepRequest.cadence_id == cadence_id, PrepRequest.planned_on == planned_on)
    return list(session.exec(fresh(query.order_by(col(PrepRequest.id)))))


def first_asked_at(session: Session, cadence_id: int, planned_on: date) -> datetime | None:
    """Return when the first person was asked to prepare one planned review, None where nobody was."""
    query = select(func.min(PrepRequest.asked_at)).where(
        PrepRequest.cadence_id == cadence_id, PrepRequest.planned_on == planned_on
    )
    return session.exec(query).one()


def next_asked_at(session: Session, cadence_id: int, planned_on: date) -> datetime | None:
    """Return when the first person was asked about a review planned for after that day, None where nobody was."""
    query = select(func.min(PrepRequest.asked_at)).where(
        PrepRequest.cadence_id == cadence_id, col(PrepRequest.planned_on) > planned_on
    )
    return session.exec(query).one()


def of_letter(session: Session, workspace_id: str, letter_key: str) -> list[PrepRequest]:
    """Return the requests to prepare that this letter made, by the planned day of the review."""
    query = select(PrepRequest).where(PrepRequest.workspace_id == workspace_id, PrepRequest.letter_key == letter_key)
    return list(session.exec(fresh(query.order_by(col(PrepRequest.planned_on), col(PrepRequest.id)))))


def preparations_of(session: Session, workspace_id: str, user_id: str, from_on: date) -> list[PrepRequest]:
    """Return the person's requests to prepare reviews planned from `from_on` on, by planned day."""
    query = select(PrepRequest).where(
        PrepRequest.workspace_id == workspace_id, PrepRequest.user_id == user_id, col(PrepRequest.planned_on) >= from_on
    )
    return list(session.exec(fresh(query.order_by(col(PrepRequest.planned_on), col(PrepRequest.id)))))


def letter_keys_of(session: Session, workspace_id: str, user_ids: Collection[str], from_on: date) -> list[str]:
    """Return the keys of the letters by which these people, or others in their place, were asked to prepare reviews.

    Reviews planned for `from_on` or later; also one planned for up to LONGEST_MOVE earlier while its cadence has not
    opened it, because it was moved to a later instant.
    """
    people = {"workspace_id": workspace_id, "user_ids": list(user_ids)}
    return sorted(
        session.scalars(_select_letter_keys(), people | {"from_on": from_on, "moved_from": from_on - LONGEST_MOVE})
    )


@cache
def _select_letter_keys() -> CompoundSelect[Any]:
    """The statement of `letter_keys_of`."""
    # made once, as every update asks for them
    # a moved review keeps its planned day, which is the next one of its cadence until the review opens
    is_ahead = exists().where(
        col(Cadence.id) == col(PrepRequest.cadence_id), col(Cadence.next_on) == col(PrepRequest.planned_on)
    )
    # two selects, each by an index of its own
    asked, stood_in_for = (
        select(PrepRequest.letter_key).where(
            PrepRequest.workspace_id == bindparam("workspace_id"),
            col(person).in_(bindparam("user_ids", expanding=True)),
            col(PrepRequest.planned_on) >= bindparam("moved_from"),
            or_(col(PrepRequest.planned_on) >= bindparam("from_on"), is_ahead),
            PrepRequest.letter_key != "",
        )
        for person in (PrepRequest.user_id, PrepRequest.for_user_id)
    )
    return union(asked, stood_in_for)


# Reads and writes of the days on which people are away.

EVERYBODY = ""
"""The user id of days on which everybody is away."""


def between(
    session: Session, workspace_id: str, first: date, last: date, *, user_ids: Collection[str] | None = None
) -> list[DaysAway]:
    """The days away that touch these days, both included, the earliest first: all, or those of `user_ids`.

    Days on which everybody is away are among the latter only if EVERYBODY is in `user_ids`.
    """
    values = {"workspace_id": workspace_id, "first": first, "last": last, "user_ids": list(user_ids or ())}
    return list(session.scalars(_select_between(user_ids is not None), values))


@cache
def _select_between(of_people: bool) -> SelectOfScalar[DaysAway]:
    """The statement of `between`; `of_people`: with a parameter for the user ids."""
    query = select(DaysAway).where(
        DaysAway.workspace_id == bindparam("workspace_id"),
        col(DaysAway.until_on) >= bindparam("first"),
        col(DaysAway.from_on) <= bindparam("last"),
    )
    if of_people:
        query = query.where(col(DaysAway.user_id).in_(bindparam("user_ids", expanding=True)))
    return query.order_by(col(DaysAway.from_on), col(DaysAway.id))


def days_away_from(session: Session, workspace_id: str, today: date, *, user_ids: Collection[str]) -> list[DaysAway]:
    return between(session, workspace_id, today, date.max, user_ids=user_ids)


def stood_in_for(session: Session, workspace_id: str, stand_in: str, *, first: date, last: date) -> list[DaysAway]:
    """The days away that touch these days and for which the person is named as stand-in."""
    query = select(DaysAway).where(
        DaysAway.workspace_id == workspace_id,
        DaysAway.stand_in == stand_in,
        col(DaysAway.until_on) >= first,
        col(DaysAway.from_on) <= last,
    )
    return list(session.exec(query.order_by(col(DaysAway.from_on), col(DaysAway.id))))


def get_days_away(session: Session, workspace_id: str, days_id: int, *, lock: bool = False) -> DaysAway | None:
    """The days away of this id, None once they were taken back."""
    query = select(DaysAway).where(DaysAway.workspace_id == workspace_id, DaysAway.id == days_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def save_days_away(session: Session, row: DaysAway) -> DaysAway:
    session.add(row)
    session.flush()
    return row


def take_back(session: Session, row: DaysAway) -> None:
    session.delete(row)
    session.flush()


# Signals that people noted of accounts since their last held review.


def since_last_held(
    session: Session, account_ids: Collection[int], floor: datetime, *, excluded: Collection[str]
) -> list[SignalRow]:
    """Signals recorded since each account's last held review closed, in that order, without `excluded` sources.

    Without such a review, those since the account was named. Signals taken back, or from before `floor`, are left out.
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
            col(SignalRow.source).not_in(excluded),
        )
    )
    return list(session.exec(query.order_by(col(SignalRow.id))))


def after(
    session: Session, account_ids: Collection[int], at: datetime, *, excluded: Collection[str]
) -> list[SignalRow]:
    """Signals of these accounts recorded from an instant on, in that order, without `excluded` sources."""
    query = select(SignalRow).where(
        col(SignalRow.account_id).in_(account_ids),
        col(SignalRow.recorded_at) >= at,
        col(SignalRow.taken_back_at).is_(None),
        col(SignalRow.source).not_in(excluded),
    )
    return list(session.exec(query.order_by(col(SignalRow.id))))


# Profiles of the cadences that people take part in.


def of_people(
    session: Session, workspace_id: str, user_ids: Collection[str], *, since: date
) -> dict[str, frozenset[str]]:
    """The profiles of the cadences that asked people to prepare a review planned since that day, by user id."""
    query = (
        select(col(PrepRequest.user_id), col(Cadence.profile))
        .join(Cadence, col(Cadence.id) == col(PrepRequest.cadence_id))
        .where(
            PrepRequest.workspace_id == workspace_id,
            col(PrepRequest.user_id).in_(user_ids),
            col(PrepRequest.planned_on) >= since,
        )
        .distinct()
    )
    profiles: dict[str, set[str]] = defaultdict(set)
    for user_id, profile in session.exec(query):
        profiles[user_id].add(profile)
    return {user_id: frozenset(each) for user_id, each in profiles.items()}


# Reads of people who are to be reminded of a review to prepare.

MAY_BE_REMINDED = datetime(1970, 1, 1, tzinfo=UTC)
"""The `reminded_at` of a request after a restore: a reminder may have been sent after the backup."""


@dataclass(frozen=True, slots=True)
class ReminderSubject(LetterSubject):
    """Reviews that a person is reminded of, by the ids of the rows that say who was asked to prepare them."""

    asked_ids: Sequence[int]


def due_reminders(session: Session, now: datetime, limit: int) -> list[int]:
    """The ids of requests with a due reminder, one a person, the longest waiting first; `limit` rows are read."""
    # grouped here and not by the database, which would read all rows ever stored
    query = (
        select(col(PrepRequest.id), col(PrepRequest.workspace_id), col(PrepRequest.user_id))
        .where(col(PrepRequest.remind_at) <= now, col(PrepRequest.stopped_at).is_(None))
        .order_by(col(PrepRequest.remind_at), col(PrepRequest.id))
        .limit(limit)
    )
    first: dict[tuple[str, str], int | None] = {}
    for row_id, workspace_id, user_id in session.exec(query):
        first.setdefault((workspace_id, user_id), row_id)
    return [row_id for row_id in first.values() if row_id is not None]


def next_at(session: Session) -> datetime | None:
    """When the first reminder of anybody is due, None where there is none."""
    return session.exec(select(func.min(PrepRequest.remind_at)).where(col(PrepRequest.stopped_at).is_(None))).one()


def get_reminders(session: Session, asked_id: int) -> PrepRequest | None:
    return session.get(PrepRequest, asked_id)


def reminders_of(
    session: Session, workspace_id: str, user_id: str, *, lock: bool = False
) -> list[tuple[PrepRequest, Cadence]]:
    """The person's requests to prepare the next review of cadences, each with its cadence, the soonest first.

    Cadences whose channel is in trouble are left out.
    """
    query = (
        select(PrepRequest, Cadence)
        .join(
            Cadence,
            (col(Cadence.id) == col(PrepRequest.cadence_id)) & (col(Cadence.next_on) == col(PrepRequest.planned_on)),
        )
        .where(PrepRequest.workspace_id == workspace_id, PrepRequest.user_id == user_id, works())
        .order_by(col(Cadence.next_at), col(PrepRequest.id))
    )
    return list(session.exec(fresh(query.with_for_update(of=PrepRequest)) if lock else query))


def was_reminded(row: PrepRequest) -> bool:
    """Return true if a reminder certainly was sent; a `remind_at` after it is one that the person chose with Snooze."""
    return row.reminded_at not in (None, MAY_BE_REMINDED)


def due_of_person(session: Session, workspace_id: str, user_id: str, until: datetime) -> list[PrepRequest]:
    """Lock and return the person's requests whose reminder is due until an instant, the longest waiting first.

    They may be of reviews that are not planned any more.
    """
    query = select(PrepRequest).where(
        PrepRequest.workspace_id == workspace_id, PrepRequest.user_id == user_id, col(PrepRequest.remind_at) <= until
    )
    oldest_first = query.order_by(col(PrepRequest.remind_at), col(PrepRequest.id))
    return list(session.exec(fresh(oldest_first.with_for_update())))


def unreminded(session: Session, cadence_id: int, planned_on: date) -> list[PrepRequest]:
    """The requests to prepare one planned review with reminders on and none sent for certain (`was_reminded`)."""
    query = select(PrepRequest).where(
        PrepRequest.cadence_id == cadence_id,
        PrepRequest.planned_on == planned_on,
        or_(col(PrepRequest.reminded_at).is_(None), col(PrepRequest.reminded_at) == MAY_BE_REMINDED),
        col(PrepRequest.stopped_at).is_(None),
    )
    return list(session.exec(query))


def by_ids(session: Session, asked_ids: Collection[int]) -> list[PrepRequest]:
    """Lock and return the requests with these ids, by id."""
    query = select(PrepRequest).where(col(PrepRequest.id).in_(asked_ids)).order_by(col(PrepRequest.id))
    return list(session.exec(fresh(query.with_for_update())))


def mark_maybe_reminded(session: Session) -> None:
    """Mark everybody who is to be reminded as maybe reminded: this database was restored and may not know it."""
    session.exec(
        sqlmodel_update(PrepRequest).where(col(PrepRequest.remind_at).is_not(None)).values(reminded_at=MAY_BE_REMINDED)
    )


# Executive reviews that are open.


def open_executive_reviews(session: Session, workspace_id: str) -> list[int]:
    """Return the ids of the workspace's executive reviews that are open, oldest first."""
    query = select(Review.id).where(
        Review.workspace_id == workspace_id, Review.state == ReviewState.OPEN, Review.kind == EXECUTIVE
    )
    return [row for row in session.exec(query.order_by(col(Review.id))) if row is not None]
