"""Accounts hidden from a session: its reads find none of their rows, whatever statement reads them.

The recipe is SQLAlchemy's own: https://docs.sqlalchemy.org/en/20/orm/session_events.html, "Adding global WHERE / ON
criteria".
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import BindParameter, bindparam, event, or_
from sqlalchemy.orm import ORMExecuteState, sessionmaker, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlmodel import Session, col

from storage.tables import Account
from storage.tables.types import Row, table_of

INFO_KEY = "hidden_accounts"


class ReadsHiddenRows(Exception):
    """A session that hides accounts ran a statement on plain tables, from which nothing can be left out."""

    def __init__(self) -> None:
        super().__init__("a read for people selects mapped classes and their attributes, not plain tables")


@contextmanager
def hiding(session: Session, account_ids: Collection[int]) -> Iterator[None]:
    """Let the session find nothing of these accounts within the block, beside those that it hides already.

    Only what is read is hidden: a statement that changes rows reaches them.
    """
    before: frozenset[int] = session.info.get(INFO_KEY, frozenset())
    session.info[INFO_KEY] = before | frozenset(account_ids)
    try:
        yield
    finally:
        session.info[INFO_KEY] = before


@contextmanager
def showing_all(session: Session) -> Iterator[None]:
    """Let the session find every account within the block, for what counts or keeps them and shows them to nobody."""
    before = session.info.get(INFO_KEY, frozenset())
    session.info[INFO_KEY] = frozenset()
    try:
        yield
    finally:
        session.info[INFO_KEY] = before


def hidden_in(session: Session) -> frozenset[int]:
    """The ids of the accounts that the session hides, for a statement on plain tables, which says so itself."""
    found: frozenset[int] = session.info.get(INFO_KEY, frozenset())
    return found


def leave_out_hidden_rows(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Make these sessions able to hide accounts."""

    @event.listens_for(sessions, "do_orm_execute")
    def leave_out(state: ORMExecuteState) -> None:
        hidden = state.session.info.get(INFO_KEY)
        if not hidden or not state.is_select:
            return
        if not state.is_orm_statement:
            raise ReadsHiddenRows
        state.statement = state.statement.options(*_criteria(hidden))

    return sessions


def _criteria(hidden: frozenset[int]) -> list[LoaderCriteriaOption]:
    """Criteria for every table of rows with an account's id, so that a new one is hidden from its first day."""
    # written into the statement, as a database takes 32,766 values at most beside it
    ids: BindParameter[Any] = bindparam("hidden_accounts", sorted(hidden), expanding=True, literal_execute=True)
    of_account = {kind: table_of(kind).c.get("account_id") for kind in Row.__subclasses__()}
    found = [with_loader_criteria(Account, col(Account.id).not_in(ids), include_aliases=True)]
    for kind, column in of_account.items():
        if column is not None:
            is_shown = column.not_in(ids) if not column.nullable else or_(column.is_(None), column.not_in(ids))
            found.append(with_loader_criteria(kind, is_shown, include_aliases=True))
    return found
