"""Reads of the plays of an account. Nothing here writes."""

from datetime import UTC, datetime

from sqlmodel import Session

from agendas.pages.accounts.plays import AccountPlays
from agendas.text.days import local_date
from agendas.verbs.loading.play_library import library
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import get_account
from storage import account_items

EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before any event: with it, closed items are read too."""


def account_plays(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AccountPlays:
    """Return the account with all plays and next actions, and the library. Raises Outdated for an unknown account."""
    row = get_account(session, workspace_id, account_id)
    state = account_state(row, account_items.of_account(session, account_id, EVER))
    return AccountPlays(state, library(session, workspace_id), zone, local_date(now, zone))
