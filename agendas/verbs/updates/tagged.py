"""Blockers for which somebody's help was asked by another person, and which that one does not close without a word."""

from sqlmodel import Session

from agendas.facts.account import AccountState, Blocker
from agendas.facts.people import Author
from agendas.rules.access.leads import asked_of
from agendas.rules.history.weight import AUTOMATIC
from agendas.verbs.loading.leads import needed_by
from storage import events

SAY_HOW = (
    "Say how it was resolved, as those who waited for you are told: by Resolve beside it in your Home, or by "
    "`/blocker ACCOUNT resolve TEXT`."
)


def is_tagged(session: Session, author: Author, account: AccountState, blocker: Blocker) -> bool:
    """Return true if somebody else asked for the author's help by opening the blocker: as its owner, or by function."""
    leads = needed_by(session, author.workspace_id, (blocker.needs,))
    if author.user_id not in (blocker.owner, asked_of(blocker.needs, account.profile, leads)):
        return False
    opened = events.get(session, author.workspace_id, blocker.id)
    return opened is not None and opened.actor != author.user_id and opened.source not in AUTOMATIC
