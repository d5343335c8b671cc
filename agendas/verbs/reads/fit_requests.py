"""Reads of accounts that wait for a person's scores. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import ListStatus
from agendas.facts.fit import WaitingAccount
from agendas.facts.people import PersonFacts
from agendas.text.days import day_said, local_date
from agendas.verbs.loading.rows import scores_of
from agendas.verbs.reads.accounts import get_account
from agendas.verbs.reads.people import functions_to_score
from storage.asked import fit_requests
from storage.tables import Account


def waiting_for(session: Session, workspace_id: str, user_id: str, *, after: int = 0) -> tuple[WaitingAccount, ...]:
    """Return the accounts that wait for the person's scores, in order of request, after the request `after`."""
    found = fit_requests.open_of_person(session, workspace_id, user_id)
    return tuple(_waiting(row, user_id, request.row_id) for request, row in found if request.row_id > after)


def to_score(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> tuple[WaitingAccount, ...]:
    """Return the accounts that wait for the person's scores; none where they score for no function any more."""
    waiting = waiting_for(session, workspace_id, person.user_id)
    return waiting if waiting and functions_to_score(session, workspace_id, person, now=now) else ()


def one_account(session: Session, workspace_id: str, user_id: str, account_id: int, *, zone: str) -> WaitingAccount:
    """Return an account for the person to score, requested or not. Raises Outdated or Refused if that is impossible."""
    row = get_account(session, workspace_id, account_id)
    if ListStatus(row.list_status).is_closed:
        raise Refused(off_list_sentence(row.name, row.list_status, row.list_changed_at, zone))
    return _waiting(row, user_id, 0)


def off_list_sentence(name: str, status: str, changed_at: datetime | None, zone: str) -> str:
    """Return the sentence that tells since when an account is not scored any more."""
    since = f" on {day_said(local_date(changed_at, zone))}" if changed_at else ""
    return f"{name} was {status}{since}, so it is not scored any more, and nothing was recorded of it."


def _waiting(row: Account, user_id: str, request_id: int) -> WaitingAccount:
    own = tuple(each for each in scores_of(row) if each.scored_by == user_id)
    return WaitingAccount(row.row_id, row.name, row.why_account, own, request_id)
