"""Reads of an account's buying group. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.settings import ProgramSettings
from agendas.pages.accounts.group import GroupFacts
from agendas.rules.group.coverage import buying_group
from agendas.text.days import local_date
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import GONE
from storage import account_items, cards

OF_GROUP = {"contacts", "opportunities"}
"""What an account's group is judged by: its people, and the phase of its deals."""


def group(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> GroupFacts:
    """The account's group as it stands. Raises Outdated when the account does not exist."""
    found = cards.account(session, workspace_id, account_id)
    if found is None:
        raise Outdated(GONE)
    stored = account_items.of_account(session, account_id, now, kinds=found.kinds & OF_GROUP)
    state, today = account_state(found.account, stored), local_date(now, zone)
    return GroupFacts(state, buying_group(state, ProgramSettings.of(found.own_settings), today=today), today)
