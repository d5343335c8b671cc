"""Accounts that take updates: those that did not leave the list."""

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.people import Author
from agendas.text.days import day_said, local_date
from agendas.verbs.reads import accounts
from agendas.verbs.record.record import Found, find

LEFT = {ListStatus.REMOVED: "removed from the list", ListStatus.REJECTED: "rejected"}


def find_open(session: Session, author: Author, account_id: int) -> Found:
    """Return the account, locked for a change. Raises Outdated when there is none, Refused when it left the list."""
    found = find(session, author.workspace_id, account_id)
    refuse_closed(session, author, found.state)
    return found


def refuse_closed(session: Session, author: Author, state: AccountState) -> None:
    """Raise Refused when the account left the list, with how to bring it back."""
    if state.list_status.is_closed:
        since = f" on {day_said(local_date(state.list_changed_at, author.zone))}" if state.list_changed_at else ""
        longer = accounts.longer_names(session, author.workspace_id, state.account_id, state.name)
        meant = f" If {' or '.join(longer)} is meant, type the whole name." if longer else ""
        raise Refused(
            f"{state.name} was {LEFT[state.list_status]}{since}, so nothing was "
            f"recorded. Bring it back with /account restore {state.name} because TEXT.{meant}"
        )
