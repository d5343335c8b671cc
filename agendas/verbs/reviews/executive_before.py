"""Letters with the executive page, to our executives and the facilitator, a day before an executive review."""

from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.people import Function
from agendas.facts.reviews.cadence import CadenceKind
from agendas.text.days import local_date
from agendas.verbs.notices.queue import queue_notices
from storage import people, reviews
from storage.delivery.subjects import MeetingSubject, to_json
from storage.preparing.once_a_date import MAY_BE_DONE, TOLD
from storage.tables import Cadence, Letter, LetterKind

BEFORE = "executive_before"
"""The page of these letters."""

TOLD_BEFORE = timedelta(hours=24)


def untold(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the ids of the cadences of executives that meet within a day and of which nobody was told."""
    return TOLD.due(session, now + TOLD_BEFORE, limit)


def next_to_tell_at(session: Session) -> datetime | None:
    """Return the earliest instant at which executives are to be told of a review, None without one."""
    meets_at = TOLD.next_meeting_at(session)
    return meets_at - TOLD_BEFORE if meets_at else None


def tell_executives(session: Session, cadence_id: int, now: datetime) -> None:
    """Queue the page for each executive of ours and the facilitator, once for each day that the cadence meets on."""
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.next_at is None or row.kind != CadenceKind.EXECUTIVE or row.told_on == row.next_on:
        return
    if row.next_at - TOLD_BEFORE > now:
        return  # another process opened the review, or somebody moved it
    # after a restore it may have gone out since it was due: then it is looked for in Slack before it is sent
    tried_since = row.next_at - TOLD_BEFORE if row.told_on == MAY_BE_DONE else None
    row.told_on = row.next_on
    session.add(row)
    if row.next_at <= now:
        return
    known = people.with_function(session, row.workspace_id)
    executives = [person.user_id for person in known if person.function == Function.EXECUTIVE]
    wanted = dict.fromkeys((*executives, row.facilitator))
    found = [_letter(row, row.next_at, user_id, now) for user_id in wanted if user_id]
    for letter in found:
        letter.first_tried_at, letter.tried_until = tried_since, now if tried_since else None
    queue_notices(session, found)


def leave_untold(session: Session, cadence_id: int) -> None:
    """Tell nobody of the next date of a cadence, of which telling fails each time."""
    row = reviews.cadence(session, cadence_id)
    if row is not None:
        row.told_on = row.next_on
        session.add(row)


def _letter(row: Cadence, at: datetime, user_id: str, now: datetime) -> Letter:
    return Letter(
        workspace_id=row.workspace_id,
        key=f"executive:{row.row_id}:{local_date(at, row.zone)}:{user_id}",
        kind=LetterKind.DIRECT,
        page=BEFORE,
        subject=to_json(MeetingSubject(row.row_id, at.isoformat())),
        user_id=user_id,
        created_at=now,
        due_at=now,
    )
