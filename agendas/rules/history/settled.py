"""How an open action, blocker or ask came to be open no more."""

from collections.abc import Collection, Iterable

from agendas.facts.account import EventFacts
from agendas.facts.events import ActionChanged, BlockerChanged, Change, Corrected
from agendas.facts.interventions.events import AskAnswered
from agendas.rules.history.corrections import standing

CLOSING = ("action_changed", "blocker_changed", "ask_answered", "corrected")
"""The kinds of events that settle something."""

_ENDS = ("done", "dropped", "resolved")


def settling_event(events: Iterable[EventFacts], numbers: Collection[int]) -> EventFacts | None:
    """Return the standing event that ended the item which the events `numbers` began, or took one of these back.

    `events` are those of its account of the kinds in CLOSING. None where none of them did.
    """
    ending = [event for event in standing(events) if _ends(event.change, numbers)]
    return ending[-1] if ending else None


def _ends(change: Change, numbers: Collection[int]) -> bool:
    match change:
        case ActionChanged(action_id=item_id, what=what) | BlockerChanged(blocker_id=item_id, what=what):
            return item_id in numbers and what in _ENDS
        case AskAnswered(decision_id=item_id) | Corrected(event_id=item_id):
            return item_id in numbers
    return False
