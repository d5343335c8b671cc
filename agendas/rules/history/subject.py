"""The blocker, next action or play that a change is about."""

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import ActionChanged, BlockerChanged
from agendas.facts.plays import PlayEnded


def subject_of(event: EventFacts, state: AccountState) -> str:
    """Return the name of the blocker, action or play that the event changes, as `state` has it; '' for other events."""
    match event.change:
        case BlockerChanged(blocker_id=blocker_id):
            return next((blocker.text for blocker in state.blockers if blocker.id == blocker_id), "")
        case ActionChanged(action_id=action_id):
            return next((action.text for action in state.actions if action.id == action_id), "")
        case PlayEnded(play_id=play_id):
            return next((play.name for play in state.plays if play.id == play_id), "")
    return ""
