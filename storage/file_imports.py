"""Reads and writes of the files that people gave in Slack to be imported."""

from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database.fresh_rows import fresh
from storage.database.lease_clock import lease_now
from storage.tables import FileImport, FileImportState

WAITING = (FileImportState.ASKED, FileImportState.CONFIRMED, FileImportState.UNDO)
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
    return session.exec(fresh(query.with_for_update())).first()


def undoing(session: Session, workspace_id: str) -> set[int]:
    """The ids of the runs that are waiting to be taken back, or being taken back."""
    query = select(FileImport.run_id).where(
        FileImport.workspace_id == workspace_id, FileImport.state == FileImportState.UNDO
    )
    return {run_id for run_id in session.exec(query) if run_id is not None}


def is_any_free(session: Session, now: datetime) -> bool:
    """Return whether `claim` would find a file."""
    return session.exec(_free(lease_now(session, now)).limit(1)).first() is not None


def claim(session: Session, *, now: datetime, lease: timedelta) -> FileImport | None:
    """Lease the oldest file that waits for work and that nobody works on; None when there is none."""
    held_at = lease_now(session, now)
    row = session.exec(fresh(_free(held_at).limit(1).with_for_update(skip_locked=True))).first()
    if row is not None:
        row.leased_until = held_at + lease
        save(session, row)
    return row


def extend(session: Session, row: FileImport, *, now: datetime, lease: timedelta) -> None:
    """Lease the file for as long again from now."""
    row.leased_until = lease_now(session, now) + lease
    save(session, row)


def forget_before(session: Session, instant: datetime) -> int:
    """The number of files forgotten: those given before then."""
    statement = delete(FileImport).where(col(FileImport.asked_at) < instant)
    return session.exec(statement).rowcount


def _free(now: datetime) -> SelectOfScalar[FileImport]:
    is_free = or_(col(FileImport.leased_until).is_(None), col(FileImport.leased_until) < now)
    return select(FileImport).where(col(FileImport.state).in_(WAITING), is_free).order_by(col(FileImport.id))
