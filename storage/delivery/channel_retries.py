"""Channels in trouble that are tried again: with one letter at a time, and in one process."""

from datetime import datetime

from sqlalchemy import Update, exists, update
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.lease_clock import lease_now
from storage.delivery.outbox import UNDER_WAY
from storage.delivery.ready import first_to_try
from storage.tables import Channel, Letter


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of channels in trouble whose time has come to be tried again, and for which something waits."""
    waits = exists().where(
        col(Letter.workspace_id) == Channel.workspace_id,
        col(Letter.channel_id) == Channel.channel_id,
        col(Letter.user_id) == "",
        col(Letter.state).in_(UNDER_WAY),
        col(Letter.due_at) <= now,
    )
    query = select(Channel.id).where(col(Channel.try_at) <= now, Channel.trouble != "", waits)
    return [row_id for row_id in session.exec(query.order_by(col(Channel.try_at)).limit(limit)) if row_id is not None]


def in_trouble(session: Session, row_id: int, now: datetime) -> Channel | None:
    """The channel, held until the transaction ends, if it is still to be tried again; else None."""
    query = select(Channel).where(Channel.id == row_id, Channel.trouble != "", col(Channel.try_at) <= now)
    return session.exec(fresh(query.with_for_update())).first()


def candidate(session: Session, channel: Channel, now: datetime) -> int | None:
    """The letter that would be sent there next, a message rather than an edit; None when none can go now."""
    instants = {"now": now, "lease_now": lease_now(session, now)}
    place = {**instants, "workspace_id": channel.workspace_id, "channel_id": channel.channel_id}
    return session.scalars(first_to_try(), place).first()


def passed(session: Session, letter: Letter) -> None:
    """The letter was sent: if its channel was tried with it, the channel is well, and our own company's alone."""
    well = {"trouble": "", "trouble_at": None, "try_at": None, "trial": None, "is_shared": False}
    session.execute(_tried_with(letter).values(**well))


def ended(session: Session, letter: Letter) -> None:
    """The letter will not be sent: a channel that was tried with it is tried at once with the next one."""
    session.execute(_tried_with(letter).values(trial=None, try_at=Channel.trouble_at))


def _tried_with(letter: Letter) -> Update:
    is_it = (
        col(Channel.workspace_id) == letter.workspace_id,
        col(Channel.channel_id) == letter.channel_id,
        col(Channel.trial) == letter.row_id,
    )
    return update(Channel).where(*is_it).execution_options(synchronize_session=False)
