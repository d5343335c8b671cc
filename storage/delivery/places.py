"""The places of letters: one that is to stand in another channel than it did."""

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col

from storage.delivery import leases, outbox
from storage.tables import Letter, LetterState


def move_to(session: Session, letter: Letter, channel_id: str, *, now: datetime) -> None:
    """Post the letter in this channel: anew if it was posted elsewhere, with all that still waits to go below it.

    What was said in its old thread stays there. One that may have been posted is left to the person who decides.
    """
    parts = [each.row_id for each in outbox.continuations(session, letter)]
    if parts:
        session.execute(delete(Letter).where(col(Letter.target).in_(parts) | col(Letter.id).in_(parts)))
    hangs_on = or_(col(Letter.parent) == letter.id, col(Letter.target) == letter.id)
    waits = hangs_on & col(Letter.state).in_(outbox.UNDER_WAY)
    session.execute(update(Letter).where(waits).values(channel_id=channel_id))
    letter.channel_id = channel_id
    if letter.state in (LetterState.SENT, LetterState.WAITING):
        letter.sent_at, letter.sent_channel, letter.sent_ts = None, "", ""
        leases.requeue(session, letter, now=now)
    session.add(letter)
    session.flush()
