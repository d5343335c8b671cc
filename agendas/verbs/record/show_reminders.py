"""Show in the reminder that was sent to a person what they have said since."""

from datetime import timedelta

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.verbs.notices.kinds import REMINDER
from storage.delivery import outbox, unasked

SENT_WITHIN = timedelta(days=3)
"""A reminder sent longer ago is over."""


def show_in_reminders(session: Session, author: Author) -> None:
    """Queue the edit of the reminders that the author got lately."""
    sent = unasked.sent_to(session, author.workspace_id, author.user_id, page=REMINDER, since=author.at - SENT_WITHIN)
    if sent:
        outbox.queue_edits(session, sent, now=author.at)
