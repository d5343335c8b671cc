"""Reads of an account's deals. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.settings import ProgramSettings
from agendas.pages.accounts.deals import DealsFacts
from agendas.rules.deals.summary import deals_of
from agendas.text.days import local_date
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import GONE
from storage import account_items, cards


def deals(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> DealsFacts:
    """The account's deals as they stand. Raises Outdated when the account does not exist."""
    found = cards.account(session, workspace_id, account_id)
    if found is None:
        raise Outdated(GONE)
    state = account_state(found.account, account_items.of_account(session, account_id, now, kinds=found.kinds))
    answer = deals_of(state, ProgramSettings.of(found.own_settings), now=now, zone=zone)
    return DealsFacts(state, answer, zone, local_date(now, zone))
