"""Show in the reminder that was sent to a person what they have said since, and what became of its review."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.verbs.notices.kinds import REMINDER
from storage.delivery import outbox, unasked

SENT_WITHIN = timedelta(days=3)
"""A reminder sent longer ago is over."""


def show_in_reminders(session: Session, author: Author) -> None:
    """Queue the edit of the reminders that the author got lately."""
    show_in_reminders_of(session, author.workspace_id, (author.user_id,), now=author.at)


def show_in_reminders_of(session: Session, workspace_id: str, user_ids: Collection[str], *, now: datetime) -> None:
    """Queue the edits of the reminders that these people got lately."""
    since = now - SENT_WITHIN
    sent = unasked.sent_to(session, workspace_id, user_ids, page=REMINDER, since=since) if user_ids else ()
    if sent:
        outbox.queue_edits(session, sent, now=now)
