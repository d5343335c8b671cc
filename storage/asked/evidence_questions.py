"""Reads and writes of older evidence: accounts still to be read, and questions of whose act it is."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_all_once
from storage.tables import Account, EvidenceQuestion
from storage.tables.accounts import UNREAD


def unread_accounts(session: Session, limit: int) -> list[int]:
    """The ids of accounts of every workspace whose older evidence is still to be read."""
    found = session.exec(select(Account.id).where(UNREAD).order_by(col(Account.id)).limit(limit))
    return [row_id for row_id in found if row_id is not None]


def account_to_read(session: Session, account_id: int) -> Account | None:
    """The account of any workspace, locked, while its older evidence is to be read: for the ticks."""
    query = select(Account).where(Account.id == account_id, UNREAD)
    return session.exec(fresh(query.with_for_update())).first()


def ask(session: Session, rows: Sequence[EvidenceQuestion]) -> None:
    """Store the questions; those about an event that was asked before stay as they are."""
    insert_all_once(session, EvidenceQuestion, [row.model_dump(exclude={"id"}) for row in rows])


def of_events(session: Session, event_ids: Collection[int]) -> dict[int, EvidenceQuestion]:
    """The questions about these events by event id, settled or not."""
    query = select(EvidenceQuestion).where(col(EvidenceQuestion.event_id).in_(event_ids))
    return {row.event_id: row for row in session.exec(fresh(query))}


def open_of_person(session: Session, workspace_id: str, user_id: str) -> list[EvidenceQuestion]:
    """The person's unsettled questions, account by account in the order recorded."""
    return _open(session, col(EvidenceQuestion.workspace_id) == workspace_id, col(EvidenceQuestion.asked_of) == user_id)


def open_of_accounts(session: Session, account_ids: Collection[int]) -> list[EvidenceQuestion]:
    """The unsettled questions about these accounts, account by account in the order recorded."""
    return _open(session, col(EvidenceQuestion.account_id).in_(account_ids))


def settle(session: Session, event_ids: Collection[int], at: datetime | None) -> None:
    """Note that whose act the evidence of these events is was said; None opens the questions again."""
    query = update(EvidenceQuestion).where(col(EvidenceQuestion.event_id).in_(event_ids))
    session.execute(query.values(settled_at=at))


def _open(session: Session, *of_whom: Any) -> list[EvidenceQuestion]:
    query = select(EvidenceQuestion).where(*of_whom, col(EvidenceQuestion.settled_at).is_(None))
    return list(session.exec(fresh(query.order_by(col(EvidenceQuestion.account_id), col(EvidenceQuestion.event_id)))))
