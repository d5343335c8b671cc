"""Undo: a correcting event; the history keeps both."""

from datetime import timedelta

from sqlmodel import Session

from agendas.author import Author
from agendas.changes import Corrected
from agendas.errors import Outdated, Refused
from agendas.rows import event_facts
from agendas.verbs.record import Recorded, record
from agendas.verbs.show_update import show_update
from storage import events

UNDO_WINDOW = timedelta(minutes=10)


def take_back(session: Session, author: Author, event_id: int) -> Recorded:
    """Records that the event does not count any more. Only its author may, within ten minutes, and once.

    The answer holds the event taken back, and the account before and after that. Raises Outdated or Refused.
    """
    row = events.get(session, author.workspace_id, event_id)
    if row is None:
        raise Outdated("That entry is not in the history.")
    event = event_facts(row)
    if event.actor != author.user_id:
        raise Refused(f"Only <@{event.actor}>, who recorded it, can take this back.")
    if author.at - event.recorded_at > UNDO_WINDOW:
        raise Refused(
            "It was recorded more than ten minutes ago. Record what is true now instead; the history keeps both."
        )
    if any(
        isinstance(other.change, Corrected) and other.change.event_id == event_id
        for other in map(event_facts, events.of_account(session, event.account_id))
    ):
        raise Outdated("It was taken back already.")
    recorded = record(session, author, event.account_id, Corrected(event_id))
    show_update(session, author, recorded)
    return Recorded(event, recorded.before, recorded.after)
