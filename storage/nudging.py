"""Follow-ups of blockers and asks, and when the work of people is looked at."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, delete, select, update

from storage.database import fresh, insert_all_once
from storage.models.following import FollowUp
from storage.models.workspaces import Person

# Reads and writes of follow-ups: blockers and asks that somebody is nudged about.

MAY_BE_SENT = datetime(1970, 1, 1, tzinfo=UTC)
"""The `next_at` of a follow-up whose escalation may have been sent: this database was restored and may not know it."""


def add_follow_ups(session: Session, rows: Sequence[FollowUp]) -> None:
    """Store these follow-ups; one of an event that has one already stays as it is."""
    insert_all_once(session, FollowUp, [row.model_dump(exclude={"id"}) for row in rows])


def get_follow_ups(session: Session, follow_up_ids: Collection[int], *, lock: bool = False) -> list[FollowUp]:
    """These follow-ups, oldest first; with `lock` no other transaction changes them before this one ends."""
    query = select(FollowUp).where(col(FollowUp.id).in_(follow_up_ids)).order_by(col(FollowUp.id))
    return list(session.exec(fresh(query.with_for_update()) if lock else query)) if follow_up_ids else []


def of_events(session: Session, workspace_id: str, event_ids: Collection[int]) -> list[FollowUp]:
    """The follow-ups of the blockers and asks that these events opened, oldest first."""
    query = select(FollowUp).where(FollowUp.workspace_id == workspace_id, col(FollowUp.event_id).in_(event_ids))
    return list(session.exec(query.order_by(col(FollowUp.event_id))))


def follow_ups_of(session: Session, workspace_id: str, user_id: str) -> list[FollowUp]:
    """The follow-ups of what needs the person's help, oldest first."""
    query = select(FollowUp).where(FollowUp.workspace_id == workspace_id, FollowUp.user_id == user_id)
    return list(session.exec(query.order_by(col(FollowUp.event_id))))


def due_follow_ups(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of the follow-ups that are due to be planned again, the longest waiting first."""
    query = select(FollowUp.id).where(col(FollowUp.next_at) <= now).order_by(col(FollowUp.next_at), col(FollowUp.id))
    return [row for row in session.exec(query.limit(limit)) if row is not None]


def next_follow_up_at(session: Session) -> datetime | None:
    return session.exec(select(func.min(FollowUp.next_at))).one()


def remove_follow_ups(session: Session, event_ids: Collection[int]) -> None:
    session.exec(delete(FollowUp).where(col(FollowUp.event_id).in_(event_ids)))


def look_again(session: Session, event_ids: Collection[int], at: datetime) -> None:
    """Have the follow-ups of the items that these events opened planned again at an instant: something changed."""
    session.exec(update(FollowUp).where(col(FollowUp.event_id).in_(event_ids)).values(next_at=at))


def look_again_for(session: Session, workspace_id: str, user_id: str, at: datetime) -> None:
    """Have the person's follow-ups planned again at an instant, but those that are due earlier."""
    later = or_(col(FollowUp.next_at).is_(None), col(FollowUp.next_at) > at)
    of_person = (col(FollowUp.workspace_id) == workspace_id, col(FollowUp.user_id) == user_id, later)
    session.exec(update(FollowUp).where(*of_person).values(next_at=at))


def note_nudged(session: Session, next_on: dict[int, date]) -> None:
    """Count one nudge of each of these follow-ups, by id, and keep the day from which it is shown next."""
    for row in session.exec(fresh(select(FollowUp).where(col(FollowUp.id).in_(next_on)))):
        row.nudges, row.next_on = row.nudges + 1, next_on[row.row_id]
        session.add(row)


def mark_maybe_sent(session: Session) -> None:
    """After a restore: mark for each follow-up that its escalation may have been sent."""
    session.exec(update(FollowUp).where(col(FollowUp.next_at).is_not(None)).values(next_at=MAY_BE_SENT))


# Reads and writes of when somebody's open work is looked at next, before their digest on a working morning.

UNPLANNED = datetime(1970, 1, 1, tzinfo=UTC)
"""The `morning_at` of somebody whose next morning is to be planned at once, without a digest for this day."""


def due_mornings(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of the rows of people whose digest is due to be made, the longest waiting first."""
    query = select(Person.id).where(col(Person.morning_at) <= now).order_by(col(Person.morning_at), col(Person.id))
    return [row for row in session.exec(query.limit(limit)) if row is not None]


def next_morning_at(session: Session) -> datetime | None:
    return session.exec(select(func.min(Person.morning_at))).one()


def get_mornings(session: Session, person_row_id: int, *, lock: bool = False) -> Person | None:
    """The person; with `lock` no other transaction changes it before this one ends."""
    query = select(Person).where(Person.id == person_row_id)
    return session.exec(fresh(query.with_for_update()) if lock else query).first()


def begin_mornings(session: Session, workspace_id: str, user_ids: Collection[str], at: datetime) -> None:
    """Plan digests for these people from an instant on, where none is planned yet."""
    people = (col(Person.workspace_id) == workspace_id, col(Person.user_id).in_(sorted(user_ids)))
    session.exec(update(Person).where(*people, col(Person.morning_at).is_(None)).values(morning_at=at))


def plan_again(session: Session, workspace_id: str, user_ids: Collection[str], at: datetime) -> None:
    """Look at the work of these people at an instant, where a look is planned: their zone or digest has changed."""
    people = (col(Person.workspace_id) == workspace_id, col(Person.user_id).in_(sorted(user_ids)))
    session.exec(update(Person).where(*people, col(Person.morning_at).is_not(None)).values(morning_at=at))


def replan(session: Session) -> None:
    """Plan each look again, after a restore: the digest of this morning may have been sent already."""
    session.exec(update(Person).where(col(Person.morning_at).is_not(None)).values(morning_at=UNPLANNED))
