"""Reads of the plays of an account. Nothing here writes."""

from datetime import UTC, datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.pages.accounts.plays import AccountPlays
from agendas.text.days import local_date
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.accounts import GONE
from agendas.verbs.reads.play_library import library
from storage import account_items, accounts

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def account_plays(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AccountPlays:
    """The account with all its plays and next actions, and the library. Raises Outdated without such an account."""
    row = accounts.get(session, workspace_id, account_id)
    if row is None:
        raise Outdated(GONE)
    state = account_state(row, account_items.of_account(session, account_id, EVER))
    return AccountPlays(state, library(session, workspace_id), zone, local_date(now, zone))
