"""Direct messages that gather what is asked of one person within minutes, at most one a day."""

from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.verbs.letters.queue import tell
from storage.delivery import outbox
from storage.delivery.subjects import Subject
from storage.tables import Letter, LetterState

JOINED_WITHIN = timedelta(minutes=3)
"""Time that a question waits for more of them, so that nominations of one meeting make one message."""

APART = timedelta(days=1)
"""Nobody gets two such messages closer together, however much is asked."""


def tell_joined(
    session: Session, workspace_id: str, user_id: str, *, page: str, subject: Subject, about: str, now: datetime
) -> None:
    """Queue the message, unless one waits already that will tell of this too: it is composed when sent.

    `about` begins the keys of all messages of this kind.
    """
    days = (now + timedelta(days=number) for number in (-1, 0, 1))
    last = outbox.latest_of(session, workspace_id, [_key(about, user_id, day) for day in days])
    if last is not None and (last.state == LetterState.WAITING or _is_in_digest_to_come(last, now)):
        return
    due_at = now + JOINED_WITHIN
    if last is not None and last.state == LetterState.DROPPED:
        # there was nothing to say when it was to be sent, so nobody was written to that day
        last.state, last.created_at, last.due_at = LetterState.WAITING, due_at, due_at
        session.add(last)
        return
    if last is not None:
        due_at = max(due_at, (last.sent_at or last.due_at) + APART)
    tell(session, workspace_id, user_id, page=page, subject=subject, key=_key(about, user_id, due_at), at=due_at)


def _is_in_digest_to_come(letter: Letter, now: datetime) -> bool:
    return letter.state == LetterState.COLLECTED and letter.due_at > now


def _key(about: str, user_id: str, due_at: datetime) -> str:
    return f"{about}:{user_id}:{due_at.date()}"
