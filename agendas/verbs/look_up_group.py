"""Reads of an account's buying group. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.pages.group import GroupFacts
from agendas.program_settings import ProgramSettings
from agendas.rows import account_state
from agendas.rules.buying_group import buying_group
from agendas.rules.days import local_date
from agendas.verbs.look_up import GONE
from storage import cards, parts


def group(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> GroupFacts:
    """The account's group as it stands. Raises Outdated when the account does not exist."""
    found = cards.account(session, workspace_id, account_id)
    if found is None:
        raise Outdated(GONE)
    row, _, own = found
    state, today = account_state(row, parts.of_account(session, account_id, now)), local_date(now, zone)
    return GroupFacts(state, buying_group(state, ProgramSettings.of(own), today=today), today)
