"""Reads of an account's deals. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.pages.accounts.deals import DealsFacts
from agendas.rules.deals.summary import deals_of
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import get_account
from storage import account_items


def account_deals(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> DealsFacts:
    """Return the account's current deals. Raises Outdated when the account does not exist."""
    row = get_account(session, workspace_id, account_id)
    state = account_state(row, account_items.of_account(session, account_id, now))
    answer = deals_of(state, settings_of(session, workspace_id), now=now, zone=zone)
    return DealsFacts(state, answer, zone, local_date(now, zone))
