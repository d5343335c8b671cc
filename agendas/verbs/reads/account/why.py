"""Reads of an account's justification. Nothing here writes."""

from sqlmodel import Session

from agendas.pages.accounts.why import WhyFacts
from agendas.rules.list.justification import said_parts
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.reads.accounts import get_account
from storage import events

KINDS = ("nominated", "list_changed", "justified", "corrected")


def account_why(session: Session, workspace_id: str, account_id: int, *, zone: str) -> WhyFacts:
    """Return why the account is on the list. Raises Outdated when the account does not exist."""
    row = get_account(session, workspace_id, account_id)
    told = [event_facts(each) for kind in KINDS for each in events.of_kind(session, account_id, kind)]
    return WhyFacts(account_state(row), said_parts(told), zone)
