"""Addresses that pages are mailed to, and the mails on their way."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, delete, select, update

from storage.database import fresh, insert_once, lease_now
from storage.models.delivery import Mail, MailAddress, MailState
from storage.models.workspaces import Workspace

IN_TROUBLE = (MailState.REFUSED, MailState.IN_DOUBT)


def addresses(session: Session, workspace_id: str) -> list[MailAddress]:
    query = select(MailAddress).where(MailAddress.workspace_id == workspace_id)
    return list(session.exec(query.order_by(col(MailAddress.id))))


def find_address(session: Session, workspace_id: str, address: str) -> MailAddress | None:
    """The address, locked until the transaction ends, or None."""
    query = select(MailAddress).where(MailAddress.workspace_id == workspace_id, MailAddress.address == address)
    return session.exec(fresh(query.with_for_update())).first()


def save(session: Session, row: Mail | MailAddress) -> None:
    """Store the row as it is now, and number it."""
    session.add(row)
    session.flush()


def drop_waiting(session: Session, row: MailAddress) -> None:
    waiting = delete(Mail).where(
        col(Mail.workspace_id) == row.workspace_id,
        col(Mail.address) == row.address,
        col(Mail.state) == MailState.WAITING,
    )
    session.exec(waiting)


def remove_address(session: Session, row: MailAddress) -> None:
    drop_waiting(session, row)
    session.delete(row)


def queue(session: Session, mail: Mail) -> bool:
    """Queue the mail. Return False where one of its key was queued before."""
    return insert_once(session, Mail, mail.model_dump(exclude={"id"}))


def due_addresses(session: Session, now: datetime, limit: int) -> list[MailAddress]:
    """Confirmed addresses whose next page is due, or for which none is planned."""
    query = select(MailAddress).where(_is_due(now), _works(MailAddress))
    return list(session.exec(fresh(query.order_by(col(MailAddress.id)).limit(limit).with_for_update(skip_locked=True))))


def is_any_due(session: Session, now: datetime) -> bool:
    """Return whether there is an address or a mail to do something about."""
    is_planned = select(MailAddress.id).where(_is_due(now), _works(MailAddress)).limit(1)
    is_waiting = select(Mail.id).where(_is_waiting(now)).limit(1)
    is_left = select(Mail.id).where(
        col(Mail.state) == MailState.SENDING, col(Mail.leased_until) < lease_now(session, now)
    )
    return any(session.exec(query).first() is not None for query in (is_planned, is_waiting, is_left.limit(1)))


def claim(session: Session, *, now: datetime, lease: timedelta) -> Mail | None:
    """Take the next mail that is due and mark it as being sent; None when there is none."""
    query = select(Mail).where(_is_waiting(now))
    row = session.exec(fresh(query.order_by(col(Mail.id)).limit(1).with_for_update(skip_locked=True))).first()
    if row is not None:
        row.state, row.changed_at, row.attempts = MailState.SENDING, now, row.attempts + 1
        row.leased_until = lease_now(session, now) + lease
        save(session, row)
    return row


def mark_maybe_sent(session: Session, now: datetime, error: str) -> int:
    """Mark mails that a process was sending when it stopped as maybe sent; return their number."""
    left = (
        update(Mail)
        .where(col(Mail.state) == MailState.SENDING, col(Mail.leased_until) < lease_now(session, now))
        .values(state=MailState.IN_DOUBT, changed_at=now, leased_until=None, last_error=error)
    )
    return session.exec(left).rowcount


def get(session: Session, workspace_id: str, mail_id: int) -> Mail | None:
    return session.exec(select(Mail).where(Mail.workspace_id == workspace_id, Mail.id == mail_id)).first()


def find(session: Session, workspace_id: str, mail_id: int) -> Mail | None:
    """The mail, locked until the transaction ends, or None."""
    query = select(Mail).where(Mail.workspace_id == workspace_id, Mail.id == mail_id)
    return session.exec(fresh(query.with_for_update())).first()


def in_trouble(session: Session, workspace_id: str, *, since: datetime) -> Sequence[Mail]:
    """Mails refused since then, or with an unknown outcome, newest first."""
    query = select(Mail).where(
        Mail.workspace_id == workspace_id, col(Mail.state).in_(IN_TROUBLE), col(Mail.changed_at) >= since
    )
    return session.exec(query.order_by(col(Mail.changed_at).desc(), col(Mail.id).desc())).all()


def _works(kind: type[Mail | MailAddress]) -> ColumnElement[bool]:
    """Rows of workspaces in which the app works: one that removed it sends nothing until it installs it again."""
    stopped = exists().where(col(Workspace.id) == col(kind.workspace_id), col(Workspace.is_active).is_(False))
    return ~stopped


def _is_waiting(now: datetime) -> ColumnElement[bool]:
    return and_(col(Mail.state) == MailState.WAITING, col(Mail.due_at) <= now, _works(Mail))


def _is_due(now: datetime) -> ColumnElement[bool]:
    planned = or_(col(MailAddress.next_at) <= now, col(MailAddress.next_at).is_(None))
    return and_(planned, col(MailAddress.confirmed_at).is_not(None))
