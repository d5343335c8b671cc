"""Open items that a form is about to be opened for, and whether they wait for the person."""

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.facts.people import Author
from agendas.rules.access.leads import asked_of
from agendas.verbs.loading.leads import needed_by
from agendas.verbs.updates.answer import open_ask
from agendas.verbs.updates.settled import already_settled
from agendas.verbs.updates.tagged import is_tagged, require_asked
from agendas.verbs.updates.updates import account_to_update
from storage import people
from storage.nudging import follow_ups


def require_open_action(session: Session, author: Author, account_id: int, action_id: int) -> None:
    """Raise AlreadySettled unless the next action is open, and what `account_to_update` raises. Writes nothing."""
    state = account_to_update(session, author, account_id)
    if all(action.id != action_id for action in state.open_actions):
        said = "That next action is closed already."
        raise already_settled(session, author, account_id, [action_id], otherwise=said)


def require_open_ask(session: Session, author: Author, account_id: int, decision_id: int) -> None:
    """Raise AlreadySettled unless the ask is open, and what `account_to_update` raises. Writes nothing."""
    open_ask(session, author, account_to_update(session, author, account_id), decision_id)


def require_open_blocker(session: Session, author: Author, account_id: int, blocker_id: int) -> None:
    """Raise AlreadySettled unless the blocker is open, and what `account_to_update` raises. Writes nothing."""
    state = account_to_update(session, author, account_id)
    if all(blocker.id != blocker_id for blocker in state.open_blockers):
        said = "That blocker is resolved already."
        raise already_settled(session, author, account_id, [blocker_id], otherwise=said)


def require_asked_blocker(session: Session, author: Author, account_id: int, blocker_id: int) -> None:
    """Raise as `require_open_blocker`, and Refused where the blocker waits for somebody else. Writes nothing."""
    require_open_blocker(session, author, account_id, blocker_id)
    state = account_to_update(session, author, account_id)
    blocker = next(each for each in state.open_blockers if each.id == blocker_id)
    require_asked(session, author, state, blocker)


def must_say_how(session: Session, author: Author, account_id: int, blocker_id: int) -> bool:
    """Return true if the author has to say how the blocker, still open, was resolved. Raises as `account_to_update`."""
    state = account_to_update(session, author, account_id)
    blocker = next((each for each in state.open_blockers if each.id == blocker_id), None)
    return blocker is not None and is_tagged(session, author, state, blocker)


def waits_for(session: Session, author: Author, account_id: int, number: int) -> bool:
    """Return true if the action, blocker or ask of this event is the author's, asks them or was escalated to them.

    A blocker that needs a function asks everybody of it.

    Raises as `account_to_update`.
    """
    state = account_to_update(session, author, account_id)
    if number in _owned(state, author.user_id):
        return True
    blocker = next((each for each in state.blockers if each.id == number), None)
    if blocker is None:
        return False
    person = people.find(session, author.workspace_id, author.user_id)
    if person is not None and person.function is not None and person.function == blocker.needs:
        return True
    leads = needed_by(session, author.workspace_id, (blocker.needs,))
    followed = follow_ups.of_events(session, author.workspace_id, (number,))
    to = {asked_of(blocker.needs, state.profile, leads)}
    return author.user_id in to.union(*((each.user_id, each.escalated_to) for each in followed))


def _owned(state: AccountState, user_id: str) -> set[int]:
    actions = {each.id for each in state.actions if each.owner == user_id}
    blockers = {each.id for each in state.blockers if each.owner == user_id}
    return actions | blockers | {each.event_id for each in state.asks if each.ask_of == user_id}
