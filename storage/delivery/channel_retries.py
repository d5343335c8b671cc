"""Retries of channels in trouble: with one letter at a time, and in one process."""

from datetime import datetime

from sqlalchemy import Exists, Update, exists, func, update
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.lease_clock import lease_now
from storage.delivery.outbox import UNDER_WAY
from storage.delivery.ready import first_ready_in_channel
from storage.tables import Channel, Letter


def channels_due(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of channels in trouble that are due for a retry and have something waiting."""
    query = select(Channel.id).where(col(Channel.try_at) <= now, Channel.trouble != "", _something_waits(now))
    return [row_id for row_id in session.exec(query.order_by(col(Channel.try_at)).limit(limit)) if row_id is not None]


def next_retry_at(session: Session, now: datetime) -> datetime | None:
    """The earliest instant at which a channel in trouble that has something waiting is tried again."""
    query = select(func.min(Channel.try_at)).where(Channel.trouble != "", _something_waits(now))
    return session.exec(query).one()


def _something_waits(now: datetime) -> Exists:
    """The condition that a letter to the channel of the row waits to be sent."""
    return exists().where(
        col(Letter.workspace_id) == Channel.workspace_id,
        col(Letter.channel_id) == Channel.channel_id,
        col(Letter.user_id) == "",
        col(Letter.state).in_(UNDER_WAY),
        col(Letter.due_at) <= now,
    )


def lock_due(session: Session, row_id: int, now: datetime) -> Channel | None:
    """Lock and return the channel if it is still due for a retry; else None."""
    query = select(Channel).where(Channel.id == row_id, Channel.trouble != "", col(Channel.try_at) <= now)
    return session.exec(fresh(query.with_for_update())).first()


def next_letter(session: Session, channel: Channel, now: datetime) -> int | None:
    """The letter that would be sent there next, a message rather than an edit; None when none can go now."""
    instants = {"now": now, "lease_now": lease_now(session, now)}
    place = {**instants, "workspace_id": channel.workspace_id, "channel_id": channel.channel_id}
    return session.scalars(first_ready_in_channel(), place).first()


def record_success(session: Session, letter: Letter) -> None:
    """Record that the letter was sent: a channel retried with it is well, and not shared."""
    well = {"trouble": "", "trouble_at": None, "try_at": None, "trial": None, "is_shared": False}
    session.execute(_tried_with(letter).values(**well))


def record_end(session: Session, letter: Letter) -> None:
    """Record that the letter will not be sent: a channel retried with it is retried at once with the next one."""
    session.execute(_tried_with(letter).values(trial=None, try_at=Channel.trouble_at))


def _tried_with(letter: Letter) -> Update:
    is_it = (
        col(Channel.workspace_id) == letter.workspace_id,
        col(Channel.channel_id) == letter.channel_id,
        col(Channel.trial) == letter.row_id,
    )
    return update(Channel).where(*is_it).execution_options(synchronize_session=False)
