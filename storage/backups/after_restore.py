"""After a restore, mark pending messages as possibly sent, and forget questions that may have been answered."""

from sqlalchemy import delete, func, update
from sqlmodel import Session, col

from storage.delivery.outbox import UNDER_WAY
from storage.tables import Letter, LetterState, PendingQuestion


def settle(session: Session) -> None:
    """Have every pending letter looked for in Slack before it is sent, end all leases, and forget waiting questions.

    Questions that waited for a language model may have been answered since, and can be asked again.
    """
    session.execute(delete(PendingQuestion))
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
