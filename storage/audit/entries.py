"""Entries of the audit trail: written with what they tell, never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import AuditEntry
from storage.tables.types import JsonValue


def add(
    session: Session,
    *,
    workspace_id: str,
    actor: str,
    at: datetime,
    subject: str,
    before: JsonValue,
    after: JsonValue,
    account_id: int | None = None,
) -> None:
    """Add an entry; `account_id` is the account that it is about, None for what concerns the whole program."""
    entry = AuditEntry(workspace_id=workspace_id, actor=actor, at=at, subject=subject, before=before, after=after)
    entry.account_id = account_id
    session.add(entry)


def last_of_subject(session: Session, workspace_id: str, subject: str) -> AuditEntry | None:
    """Return the latest entry about a subject, None without one."""
    query = select(AuditEntry).where(AuditEntry.workspace_id == workspace_id, AuditEntry.subject == subject)
    return session.exec(query.order_by(col(AuditEntry.id).desc()).limit(1)).first()


def of_subject(session: Session, workspace_id: str, subject: str) -> Sequence[AuditEntry]:
    """Return the entries about a subject, oldest first."""
    query = select(AuditEntry).where(AuditEntry.workspace_id == workspace_id, AuditEntry.subject == subject)
    return session.exec(query.order_by(col(AuditEntry.id))).all()
