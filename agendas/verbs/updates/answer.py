"""Asks of interventions: answered, or taken by somebody else than the one asked."""

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import AccountState, ActionStatus, Decision
from agendas.facts.events import ActionAdded
from agendas.facts.interventions.events import AskAnswered, AskTaken
from agendas.facts.people import Author
from agendas.rules.history.asks import action_of
from agendas.text.days import local_date
from agendas.text.limits import shown
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.measures.opened import note_ask_taken
from agendas.verbs.record.record import Recorded
from agendas.verbs.record.tell import tell
from agendas.verbs.updates import updates
from agendas.verbs.updates.settled import already_settled
from storage import events


def answer_ask(session: Session, author: Author, decision_id: int, *, answer: str = "") -> Recorded:
    """Record that the ask of this decision is answered: its next action is done, where the decision made one.

    `answer` is what was answered, where somebody says it. Raises Outdated when there is no such decision,
    AlreadySettled when the ask is answered already, Refused when the account left the list.
    """
    account_id = account_of_ask(session, author, decision_id)
    state = updates.open_account(session, author, account_id)
    ask = open_ask(session, author, state, decision_id)
    action = action_of(ask, state.actions)
    if action is not None and action.status is ActionStatus.OPEN:
        return updates.close_action(session, author, account_id, action.id, done=True, text=answer)
    return tell(session, author, account_id, AskAnswered(decision_id, ask.text, answer))


def take_ask(session: Session, author: Author, decision_id: int) -> Recorded:
    """Record that the author takes what this decision asked for, with the next action that it made.

    Raises Refused when it is theirs already or the account left the list, and else as `answer_ask`.
    """
    account_id = account_of_ask(session, author, decision_id)
    state = updates.open_account(session, author, account_id)
    ask = open_ask(session, author, state, decision_id)
    if ask.ask_of == author.user_id:
        raise Refused(f"What was asked for {state.name} is yours already: {shown(ask.text)}.")
    note_ask_taken(session, author, local_date(author.at, author.zone))
    return tell(session, author, account_id, AskTaken(decision_id, ask.text))


def account_of_ask(session: Session, author: Author, decision_id: int) -> int:
    """Return the id of the account that the decision is about. Raises Outdated when there is no such decision."""
    decided = events.get(session, author.workspace_id, decision_id)
    if decided is None:
        raise Outdated("That decision is not in the history.")
    return decided.account_id


def open_ask(session: Session, author: Author, state: AccountState, decision_id: int) -> Decision:
    """Return the account's open ask of this decision. Raises AlreadySettled when it is answered or gone."""
    for ask in state.open_asks:
        if ask.event_id == decision_id:
            return ask
    added = map(event_facts, events.of_kind(session, state.account_id, "action_added", after_id=decision_id))
    made = [
        each.id for each in added if isinstance(each.change, ActionAdded) and each.change.decision_id == decision_id
    ]
    said = f"What was asked for {state.name} is answered already."
    raise already_settled(session, author, state.account_id, [decision_id, *made], otherwise=said)
