"""Undo: a correction without a reason, by the author, within ten minutes."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import EventFacts
from agendas.facts.events import ActionAdded
from agendas.facts.people import Author
from agendas.facts.plays import PlayStarted
from agendas.verbs.reads.account.recorded import get_event, recorded_facts
from agendas.verbs.record.record import Recorded
from agendas.verbs.undo.correct import take_out

UNDO_WINDOW = timedelta(minutes=10)


class TooLate(Refused):
    """The event cannot be undone any more; it can be corrected in the history of `account_id`."""

    def __init__(self, event: EventFacts) -> None:
        self.event_id, self.account_id = event.id, event.account_id
        super().__init__(
            "It was recorded more than ten minutes ago. Correct it instead, with a reason: the history keeps both."
        )


def take_back(session: Session, author: Author, event_id: int) -> Recorded:
    """Undo an event: record that it does not count any more. Only its author may, once, within ten minutes.

    The answer holds the event taken back, the account before that event, and as it is now. Raises Outdated or Refused.
    """
    event = get_event(session, author.workspace_id, event_id)
    if event.actor != author.user_id:
        raise Refused(f"Only <@{event.actor}>, who recorded it, can take this back.")
    if author.at - event.recorded_at > UNDO_WINDOW:
        raise TooLate(event)
    recorded = take_out(session, author, event, may_follow=lambda later: _refuse_play_under_way(event, later))
    return Recorded(event, recorded_facts(session, event).before, recorded[0].after)


def _refuse_play_under_way(started: EventFacts, later: Sequence[EventFacts]) -> None:
    """Raise Refused when a step of the play was done, moved or dropped, or the play ended: it has a history then."""
    if isinstance(started.change, PlayStarted) and not all(isinstance(each.change, ActionAdded) for each in later):
        raise Refused(
            "A next action of the play was done, moved or dropped, or the play ended, so it is not taken back. "
            "Record its outcome instead: it was stopped, and why."
        )
