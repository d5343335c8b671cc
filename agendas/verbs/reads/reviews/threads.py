"""Threads of the messages of accounts, and that the bot hears replies in them."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.thread_message import AccountThread
from agendas.verbs.reads.reviews.facts import account_of
from storage import accounts, workspaces


def find_thread(session: Session, workspace_id: str, channel_id: str, thread_ts: str) -> AccountThread | None:
    """Return the account whose message begins the thread, None for any other thread, which costs one statement."""
    account_id = account_of(session, workspace_id, channel_id, thread_ts)
    row = accounts.get(session, workspace_id, account_id) if account_id is not None else None
    workspace = workspaces.get(session, workspace_id) if row is not None else None
    if row is None or workspace is None:
        return None
    return AccountThread(row.row_id, row.name, workspace.bot_user_id, workspace.thread_heard_at is not None)


def note_heard(session: Session, workspace_id: str, now: datetime) -> None:
    """Note once that a reply in an account's thread reached the bot."""
    workspaces.note_thread_heard(session, workspace_id, now)
