"""Reads of product's input to an account. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.pages.accounts.product import ProductFacts
from agendas.text.days import local_date
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import get_account


def account_product(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> ProductFacts:
    """Return product's input to the account. Raises Outdated when the account does not exist."""
    row = get_account(session, workspace_id, account_id)
    return ProductFacts(account_state(row), zone, local_date(now, zone))
