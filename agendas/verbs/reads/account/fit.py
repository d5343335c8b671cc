"""Reads for an account's fit page, and for the message that asks for scores. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.fit import AskedForFit
from agendas.pages.accounts.fit import FitFacts, QuestionFacts
from agendas.verbs.loading.load_facts import owners_in_tier_1, settings_of
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads import accounts
from agendas.verbs.reads.fit_requests import waiting_for
from agendas.verbs.reads.people import get_person, may_be_asked
from storage import people
from storage.asked import fit_requests
from storage.tables import FitRequest


def account_fit(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> FitFacts:
    """Return the facts of the account's fit page. Raises Outdated when the account does not exist."""
    row = accounts.get_account(session, workspace_id, account_id)
    settings = settings_of(session, workspace_id)
    asked = map(_asked, fit_requests.of_account(session, workspace_id, account_id))
    owners = owners_in_tier_1(session, [row], settings)
    return FitFacts(account_state(row), tuple(asked), now, zone, settings, owners)


def fit_question(
    session: Session, workspace_id: str, user_id: str, *, now: datetime, is_reminder: bool
) -> QuestionFacts | None:
    """Return the fit question for a person, None when nothing waits for their scores or they cannot answer."""
    if people.find(session, workspace_id, user_id) is None:
        return None
    person = get_person(session, workspace_id, user_id, now=now)
    waiting = waiting_for(session, workspace_id, user_id)
    if not waiting or person.function is None or not may_be_asked(person):
        return None
    days = settings_of(session, workspace_id).number("fit.reminder")
    return QuestionFacts(person.function, waiting, days, is_reminder)


def _asked(row: FitRequest) -> AskedForFit:
    return AskedForFit(row.user_id, row.function, row.asked_at, row.reminded_at, row.is_open)
