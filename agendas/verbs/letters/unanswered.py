"""Telling people of what they recorded without an answer, because the process that owed it ended before."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.people import Author
from storage.delivery import answers, outbox
from storage.delivery.subjects import UnansweredSubject, to_json
from storage.tables import Letter, LetterKind

PAGE = "unanswered"


def note_shown(session: Session, author: Author, *, event_id: int = 0, signal_id: int = 0) -> None:
    """Note that the author was shown this entry of theirs, so that no message tells them of it."""
    answers.settle_shown(session, author.workspace_id, author.user_id, event_id=event_id, signal_id=signal_id)


def tell_unanswered(session: Session, row_id: int, now: datetime) -> None:
    """Queue one direct message for the person of this row about all that they recorded without an answer."""
    taken = answers.take_overdue(session, row_id, now)
    if taken is None:
        return
    first, recorded = taken
    letter = Letter(
        workspace_id=first.workspace_id,
        key=f"unanswered:{first.row_id}",
        kind=LetterKind.DIRECT,
        page=PAGE,
        subject=to_json(UnansweredSubject(recorded.events, recorded.signals)),
        user_id=first.user_id,
        created_at=now,
        due_at=now,
    )
    outbox.queue(session, letter)
