"""Accounts that come into the scope of a private cadence: they become private to its channel."""

from collections.abc import Iterable

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.rules.reviews.scope import in_scope
from storage.privacy import private_accounts


def entered(before: AccountState, after: AccountState) -> bool:
    """Return whether the change may have brought the account into the scope of a cadence."""
    return _place(before) != _place(after)


def channels_for(session: Session, workspace_id: str, states: Iterable[AccountState]) -> dict[int, str]:
    """Return the channel that each account becomes private to, by its id; one that is private already stays so.

    Of several cadences the first one counts.
    """
    cadences = private_accounts.cadences(session, workspace_id)
    found = {}
    for state in states if cadences else ():
        channel = next((each.channel_id for each in cadences if in_scope(state, each.scope)), "")
        if channel and not state.private_channel:
            found[state.account_id] = channel
    return found


def _place(state: AccountState) -> tuple[object, ...]:
    return state.list_status, state.tier, state.profile.owner, state.profile.segment
