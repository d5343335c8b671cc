"""The justification of an account, changed on its own or together with the profile."""

from collections.abc import Callable

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.events import Profile
from agendas.facts.justification import Justification, Justified
from agendas.facts.people import Author
from agendas.verbs.profiles.profile import change_profile
from agendas.verbs.record.record import Recorded
from agendas.verbs.record.tell import tell
from agendas.verbs.updates.updates import open_account
from storage import workspaces

Changed = Callable[[Justification], Justification]


def change_justification(session: Session, author: Author, account_id: int, changed: Changed) -> Recorded:
    """Record the justification that `changed` makes of the one that stands, which nobody else changes meanwhile.

    Raises Refused when nothing differs or the account is off the list, and the errors of `changed`.
    """
    state = open_account(session, author, account_id)
    before, after = state.justification, changed(state.justification)
    if after == before:
        raise Refused(f"Nothing differs from what is written about {state.name} already.")
    return tell(session, author, account_id, Justified(after, before))


def change_account(
    session: Session,
    author: Author,
    account_id: int,
    *,
    profile: Callable[[Profile], Profile],
    justification: Changed,
) -> list[Recorded]:
    """Record the profile and the justification, each where it differs.

    Raises as `change_profile` and `change_justification` do; Refused when neither differs.
    """
    # the workspace's lock before the account's, as every change of names takes them
    workspaces.lock(session, author.workspace_id)
    state = open_account(session, author, account_id)
    is_justified_anew = justification(state.justification) != state.justification
    recorded = []
    if profile(state.profile) != state.profile or not is_justified_anew:
        recorded.append(change_profile(session, author, account_id, profile))
    if is_justified_anew:
        recorded.append(change_justification(session, author, account_id, justification))
    return recorded
