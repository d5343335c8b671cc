"""Reads of an account's buying group. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.pages.accounts.group import GroupFacts
from agendas.rules.group.coverage import buying_group
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import get_account
from storage import account_items


def account_group(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> GroupFacts:
    """Return the account's current buying group. Raises Outdated when the account does not exist."""
    row = get_account(session, workspace_id, account_id)
    state, today = account_state(row, account_items.of_account(session, account_id, now)), local_date(now, zone)
    return GroupFacts(state, buying_group(state, settings_of(session, workspace_id), today=today), today)
