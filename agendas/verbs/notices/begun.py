"""The blocker or ask that an event settles or answers, by the event that opened it."""

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.events import ActionAdded, ActionChanged, BlockerChanged, BlockerOpened, Change
from agendas.facts.interventions.events import AskAnswered
from agendas.facts.people import Leads
from agendas.verbs.loading.leads import needed_by
from agendas.verbs.loading.rows import event_facts
from storage import events


def begun_by(session: Session, workspace_id: str, change: Change) -> EventFacts | None:
    """Return the event that opened the blocker that is resolved or answered, or the ask that is answered.

    None for every other change: what is acknowledged or said otherwise is told to nobody.
    """
    match change:
        case BlockerChanged(blocker_id=number, what="resolved" | "answered") | AskAnswered(decision_id=number):
            return _event(session, workspace_id, number)
        case ActionChanged(action_id=number, what="done"):
            added = _event(session, workspace_id, number)
            if added is None or not isinstance(added.change, ActionAdded) or added.change.decision_id is None:
                return None
            return _event(session, workspace_id, added.change.decision_id)
    return None


def leads_for(session: Session, workspace_id: str, event: EventFacts, begun: EventFacts | None) -> Leads:
    """Return the leads who can be asked where the event opens or settles a blocker that needs a function."""
    opened = (begun or event).change
    return needed_by(session, workspace_id, (opened.needs if isinstance(opened, BlockerOpened) else None,))


def _event(session: Session, workspace_id: str, event_id: int) -> EventFacts | None:
    row = events.get(session, workspace_id, event_id)
    return event_facts(row) if row is not None else None
