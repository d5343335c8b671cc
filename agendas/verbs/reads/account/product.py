"""Reads of what product added to an account. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.pages.accounts.product import ProductFacts
from agendas.text.days import local_date
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import GONE
from storage import accounts


def account_product(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> ProductFacts:
    """Return what product added to the account. Raises Outdated when the account does not exist."""
    row = accounts.get(session, workspace_id, account_id)
    if row is None:
        raise Outdated(GONE)
    return ProductFacts(account_state(row), zone, local_date(now, zone))
