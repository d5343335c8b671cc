"""Reads and writes of the files that people gave in Slack to be imported."""

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import FileImport

WAITING = ("asked", "confirmed")
"""States of a file with which something is to be done."""


def save(session: Session, row: FileImport) -> FileImport:
    """The row, stored as it is now, and numbered."""
    session.add(row)
    session.flush()
    return row


def find(session: Session, workspace_id: str, number: int) -> FileImport | None:
    """The file, or None."""
    query = select(FileImport).where(FileImport.workspace_id == workspace_id, FileImport.id == number)
    return session.exec(query).first()


def locked(session: Session, workspace_id: str, number: int) -> FileImport | None:
    """The file, or None; no other transaction changes it before this one ends."""
    query = select(FileImport).where(FileImport.workspace_id == workspace_id, FileImport.id == number)
    return session.exec(query.with_for_update()).first()


def is_any_free(session: Session, now: datetime) -> bool:
    """Whether `claim` would find a file."""
    return session.exec(_free(now).limit(1)).first() is not None


def claim(session: Session, *, now: datetime, until: datetime) -> FileImport | None:
    """The oldest file with which something is to be done and nobody is at work, leased until then; None for none."""
    row = session.exec(_free(now).limit(1).with_for_update(skip_locked=True)).first()
    if row is not None:
        row.leased_until = until
        save(session, row)
    return row


def forget_before(session: Session, instant: datetime) -> int:
    """The number of files forgotten: those given before then."""
    statement = delete(FileImport).where(col(FileImport.asked_at) < instant)
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _free(now: datetime) -> SelectOfScalar[FileImport]:
    is_free = or_(col(FileImport.leased_until).is_(None), col(FileImport.leased_until) < now)
    return select(FileImport).where(col(FileImport.state).in_(WAITING), is_free).order_by(col(FileImport.id))
