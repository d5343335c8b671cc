"""Open items that somebody settled meanwhile: the refusal that says who did, and when."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import EventFacts
from agendas.facts.events import ActionChanged, BlockerChanged, Corrected
from agendas.facts.people import Author
from agendas.rules.history.settled import CLOSING, settling_event
from agendas.text.days import day_said, local_date
from agendas.verbs.loading.load_facts import names
from agendas.verbs.loading.rows import event_facts
from storage import events

DEEDS = {"done": "marked it as done", "dropped": "dropped it", "resolved": "resolved it"}


class AlreadySettled(Outdated):
    """The action, blocker or ask is not open any more; the sentence says who settled it, and when."""


def already_settled(
    session: Session, author: Author, account_id: int, numbers: Collection[int], *, otherwise: str
) -> AlreadySettled:
    """Return the refusal for the item that the events `numbers` began.

    Times are in the author's zone. `otherwise` is said where the history does not tell who settled it.
    """
    told = map(event_facts, events.of_kinds(session, account_id, CLOSING, after_id=min(numbers)))
    event = settling_event(told, numbers)
    if event is None:
        return AlreadySettled(otherwise)
    return AlreadySettled(f"{_who(session, author, event.actor)} {_deed(event)} {_when(event.recorded_at, author)}.")


def acknowledged_by(session: Session, author: Author, account_id: int, blocker_id: int) -> AlreadySettled:
    """Return the refusal for a blocker that somebody acknowledged before."""
    told = [event_facts(row) for row in events.of_kind(session, account_id, "blocker_changed", after_id=blocker_id)]
    for event in told:
        change = event.change
        if isinstance(change, BlockerChanged) and (change.blocker_id, change.what) == (blocker_id, "acknowledged"):
            when = _when(event.recorded_at, author)
            return AlreadySettled(f"{_who(session, author, event.actor)} acknowledged it {when}.")
    return AlreadySettled("That blocker is acknowledged already.")


def _who(session: Session, author: Author, user_id: str) -> str:
    if user_id == author.user_id:
        return "You"
    return names(session, author.workspace_id, [user_id]).get(user_id) or "Somebody"


def _deed(event: EventFacts) -> str:
    match event.change:
        case ActionChanged(what=what) | BlockerChanged(what=what):
            return DEEDS.get(what, "changed it")
        case Corrected(because=because):
            return "corrected its entry" if because else "took its entry back"
    return "answered it"


def _when(at: datetime, author: Author) -> str:
    local = at.astimezone(ZoneInfo(author.zone))
    if local.date() == local_date(author.at, author.zone):
        return f"at {local:%H:%M}"
    year = "" if local.year == local_date(author.at, author.zone).year else f" {local.year}"
    return f"on {day_said(local.date())}{year} at {local:%H:%M}"
