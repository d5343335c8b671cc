"""Quarantine for work that fails each time it is due: it alone stops, and those who can help are told once."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.text.days import local_date
from agendas.verbs.letters.queue import tell
from agendas.verbs.letters.trouble import helpers
from agendas.verbs.trail.note import note_change
from storage import reviews
from storage.delivery import letter_keys
from storage.delivery.subjects import FailureSubject
from storage.tables import ReviewState

BECAUSE = "opening its review failed again and again"


def pause_failing(session: Session, cadence_id: int, *, reference: str, now: datetime) -> None:
    """Pause the cadence whose review cannot be opened, and tell its facilitator and the admins.

    `reference` is what the log has too. Does nothing for a cadence that is paused already.
    """
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.is_paused:
        return
    row.is_paused, planned_on = True, row.next_on
    row.next_at = row.next_on = None
    session.add(row)
    note_change(
        session,
        Author(row.workspace_id, "", Source.SYSTEM, now),
        TrailSubject.CADENCE,
        row.row_id,
        before={"is_paused": False},
        after={"is_paused": True, "because": BECAUSE, "reference": reference},
    )
    once = f"cadence:{row.row_id}:failed:{planned_on}"
    subject = FailureSubject(row.channel_id, reference, planned_on.isoformat() if planned_on else "")
    _tell(session, row.workspace_id, subject, page="not_opened", once=once, now=now)


def leave_open(session: Session, review_id: int, *, reference: str, now: datetime) -> None:
    """Leave the review open that cannot be closed at its time, and tell its facilitator and the admins.

    Does nothing for a review that is closed meanwhile or has no closing time any more.
    """
    row = reviews.by_id(session, review_id, lock=True)
    if row is None or row.state != ReviewState.OPEN or row.closes_at is None:
        return
    row.closes_at = None
    session.add(row)
    once = letter_keys.of_review(row.row_id, "not_closed")
    subject = FailureSubject(row.channel_id, reference, local_date(row.planned_at, row.zone).isoformat())
    _tell(session, row.workspace_id, subject, page="not_closed", once=once, now=now)


def _tell(session: Session, workspace_id: str, subject: FailureSubject, *, page: str, once: str, now: datetime) -> None:
    for user_id in helpers(session, workspace_id, subject.channel_id):
        tell(session, workspace_id, user_id, page=page, subject=subject, key=f"{once}:{user_id}", at=now)
