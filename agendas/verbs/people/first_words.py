"""First words to whoever meets the bot: once per person ever."""

from datetime import datetime

from sqlmodel import Session

from agendas.verbs.letters.queue import tell
from storage import people, reviews
from storage.delivery.subjects import Subject

PAGE = "first_words"


def is_new(session: Session, workspace_id: str, user_id: str) -> bool:
    """Return whether the person has not met the bot yet."""
    person = people.find(session, workspace_id, user_id)
    return person is not None and person.met_at is None


def joins_review(session: Session, workspace_id: str, user_id: str, channel_id: str) -> bool:
    """Return whether somebody who has not met the bot joins a channel with a cadence by this."""
    return is_new(session, workspace_id, user_id) and reviews.cadence_of(session, workspace_id, channel_id) is not None


def greet(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> bool:
    """Queue the first words, and return whether they were: of two processes that greet at once, one does.

    Nobody is greeted who is a bot, a guest, of another company or deactivated.
    """
    is_met = people.meet(session, workspace_id, user_id, now)
    if is_met:
        key = f"{PAGE}:{user_id}"
        tell(session, workspace_id, user_id, page=PAGE, subject=Subject(), key=key, at=now)
    return is_met
