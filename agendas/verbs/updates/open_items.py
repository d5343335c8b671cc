"""Open items that a form is about to be opened for."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.verbs.updates.answer import open_ask
from agendas.verbs.updates.settled import already_settled
from agendas.verbs.updates.updates import account_to_update


def require_open_action(session: Session, author: Author, account_id: int, action_id: int) -> None:
    """Raise AlreadySettled unless the next action is open, and what `account_to_update` raises. Writes nothing."""
    state = account_to_update(session, author, account_id)
    if all(action.id != action_id for action in state.open_actions):
        said = "That next action is closed already."
        raise already_settled(session, author, account_id, [action_id], otherwise=said)


def require_open_ask(session: Session, author: Author, account_id: int, decision_id: int) -> None:
    """Raise AlreadySettled unless the ask is open, and what `account_to_update` raises. Writes nothing."""
    open_ask(session, author, account_to_update(session, author, account_id), decision_id)
