"""Reads for an account's fit page, and for the message that asks for scores. Nothing here writes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.fit import AskedForFit
from agendas.facts.people import Function
from agendas.pages.accounts.fit import FitFacts, QuestionFacts
from agendas.verbs.loading.load_facts import owners_in_tier_1, settings_of
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads import accounts
from agendas.verbs.reads.fit_requests import waiting_for
from agendas.verbs.reads.people import functions_to_score, get_person, may_be_asked, scorers
from storage import people
from storage.asked import fit_requests
from storage.tables import FitRequest


def account_fit(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> FitFacts:
    """Return the facts of the account's fit page. Raises Outdated when the account does not exist."""
    row = accounts.get_account(session, workspace_id, account_id)
    settings = settings_of(session, workspace_id)
    standing_in = {each.person.user_id: each.functions for each in scorers(session, workspace_id, now=now)}
    asked = [
        one
        for request in fit_requests.of_account(session, workspace_id, account_id)
        for one in _asked(request, standing_in.get(request.user_id, ()))
    ]
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
    functions = functions_to_score(session, workspace_id, person, now=now)
    if not waiting or not functions or not may_be_asked(person):
        return None
    days = settings_of(session, workspace_id).number("fit.reminder")
    return QuestionFacts(functions, waiting, days, is_reminder)


def _asked(row: FitRequest, functions: Sequence[Function]) -> Iterator[AskedForFit]:
    """The request for the function that it was made for, and for those that the person scores for now besides."""
    for function in dict.fromkeys((row.function, *functions)):
        yield AskedForFit(row.user_id, function, row.asked_at, row.reminded_at, row.is_open)
