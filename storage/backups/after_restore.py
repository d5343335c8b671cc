"""After a restore, mark pending messages and mails as possibly sent, and forget questions that may be answered."""

from sqlalchemy import delete, func, update
from sqlmodel import Session, col

from storage.delivery.outbox import UNDER_WAY
from storage.nudging import follow_ups, mornings
from storage.preparing import reminders
from storage.preparing.once_a_date import BRIEFED, PREPARED, TOLD
from storage.tables import Letter, LetterState, Mail, MailAddress, MailState, PendingQuestion

MAY_BE_SENT = "the database was restored from a backup, and the mail may have been sent since"


def settle(session: Session) -> None:
    """Have every pending letter looked for in Slack before it is sent, end all leases, and forget waiting questions.

    The page that executives get a day before a review may have gone out since the backup, people may have been asked to
    prepare one or reminded of it, its facilitator may have been briefed, and a blocker may have been escalated: all are
    looked for as well. The digest of this morning is left out.
    Questions that waited for a language model may have been answered since, and can be asked again. Nobody can look for
    a mail, so those on their way are in doubt, and the next page goes out with the next month.
    """
    session.execute(delete(PendingQuestion))
    for once in (TOLD, PREPARED, BRIEFED):
        once.doubt(session)
    reminders.doubt_planned(session)
    mornings.doubt_planned(session)
    follow_ups.doubt_pending(session)
    session.execute(update(MailAddress).values(next_at=None))
    session.execute(
        update(Mail)
        .where(col(Mail.state).in_((MailState.WAITING, MailState.SENDING)))
        .values(state=MailState.IN_DOUBT, leased_until=None, last_error=MAY_BE_SENT)
    )
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
