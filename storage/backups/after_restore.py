"""What has to be known of letters in data from the past: any of them may have been sent since."""

from sqlalchemy import func, update
from sqlmodel import Session, col

from storage.delivery.outbox import UNDER_WAY
from storage.tables import Letter, LetterState


def doubt_letters(session: Session) -> None:
    """Has every letter still to be sent looked for in Slack first, and ends the leases of whoever had one in hand."""
    session.execute(
        update(Letter)
        .where(col(Letter.state).in_(UNDER_WAY))
        .values(
            state=LetterState.WAITING,
            leased_until=None,
            leased_by="",
            first_tried_at=func.coalesce(Letter.first_tried_at, Letter.created_at),
            tried_until=func.coalesce(Letter.leased_until, Letter.tried_until, Letter.created_at),
        )
    )
