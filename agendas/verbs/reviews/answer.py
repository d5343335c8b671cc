"""The answer to what an intervention asked."""

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import ActionStatus
from agendas.facts.events import AskAnswered
from agendas.facts.people import Author
from agendas.rules.history.asks import action_of
from agendas.verbs.record.record import Recorded
from agendas.verbs.record.tell import tell
from agendas.verbs.updates import updates
from storage import events


def answer_ask(session: Session, author: Author, decision_id: int) -> Recorded:
    """Record that the ask of this decision is answered: its next action is done, where the decision made one.

    Raises Outdated when there is no such decision, Refused when the ask is answered already or the account left the
    list.
    """
    decided = events.get(session, author.workspace_id, decision_id)
    if decided is None:
        raise Outdated("That decision is not in the history.")
    account_id = decided.account_id
    state = updates.open_account(session, author, account_id)
    ask = next((each for each in state.open_asks if each.event_id == decision_id), None)
    if ask is None:
        raise Refused(f"What was asked for {state.name} is answered already.")
    action = action_of(ask, state.actions)
    if action is not None and action.status is ActionStatus.OPEN:
        return updates.close_action(session, author, account_id, action.id, done=True)
    return tell(session, author, account_id, AskAnswered(decision_id, ask.text))
