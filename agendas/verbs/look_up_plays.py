"""Reads of the plays of an account. Nothing here writes."""

from datetime import UTC, datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.pages.account_plays import AccountPlays
from agendas.rows import account_state
from agendas.rules.days import local_date
from agendas.verbs.keep_plays import library
from agendas.verbs.look_up import GONE
from storage import accounts, parts

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def account_plays(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AccountPlays:
    """The account with all its plays and next actions, and the library. Raises Outdated without such an account."""
    row = accounts.get(session, workspace_id, account_id)
    if row is None:
        raise Outdated(GONE)
    state = account_state(row, parts.of_account(session, account_id, EVER))
    return AccountPlays(state, library(session, workspace_id), zone, local_date(now, zone))
