"""Close or reopen the questions about an account's fit as the account is decided or open again."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.people import Function
from agendas.rules.fit.score import criteria_of
from storage.asked import fit_requests
from storage.tables import FitRequest

DECIDED = (ListStatus.NAMED, ListStatus.REMOVED, ListStatus.REJECTED)

Changed = Mapping[int, tuple[AccountState, AccountState]]
"""Accounts before and after a change, by id."""


def follow_decisions(session: Session, changed: Changed, at: datetime) -> None:
    """Close the questions about decided accounts, and reopen unanswered ones about accounts that are candidates again.

    Nobody is reminded a second time of one that is opened again, and who said stop is left alone. A reminder comes the
    usual days after `at`: nobody thinks any more of what they were asked before the account was decided.
    """
    moved = {
        number: after for number, (before, after) in changed.items() if before.list_status is not after.list_status
    }
    decided = [number for number, after in moved.items() if after.list_status in DECIDED]
    if decided:
        fit_requests.close_of_accounts(session, decided)
    again = {number: after for number, after in moved.items() if after.list_status is ListStatus.CANDIDATE}
    for request in fit_requests.closed_of_accounts(session, again) if again else ():
        if not _is_answered(request, again[request.account_id]):
            request.is_open, request.asked_at = True, at
            session.add(request)


def _is_answered(request: FitRequest, account: AccountState) -> bool:
    scored = {each.criterion for each in account.fit if each.scored_by == request.user_id}
    return scored.issuperset(criteria_of(Function(request.function) if request.function else None))
