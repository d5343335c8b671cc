"""Reads and writes of questions that wait for a language model."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database.fresh_rows import fresh
from storage.database.lease_clock import lease_now
from storage.tables import PendingQuestion


def save(session: Session, row: PendingQuestion) -> None:
    """Store the question, to be answered."""
    session.add(row)
    session.flush()


def is_any_free(session: Session, now: datetime) -> bool:
    """Return whether `claim` would find a question."""
    return session.exec(_free(lease_now(session, now)).limit(1)).first() is not None


def is_waiting(session: Session, workspace_id: str, user_id: str, place: str) -> bool:
    """Return whether an earlier question of the person in this place is not answered yet."""
    query = select(PendingQuestion.id).where(
        PendingQuestion.workspace_id == workspace_id,
        PendingQuestion.user_id == user_id,
        PendingQuestion.place == place,
    )
    return session.exec(query.limit(1)).first() is not None


def claim(session: Session, *, now: datetime, lease: timedelta) -> PendingQuestion | None:
    """Lease the oldest question that nobody works on; None when there is none."""
    held_at = lease_now(session, now)
    row = session.exec(fresh(_free(held_at).limit(1).with_for_update(skip_locked=True))).first()
    if row is not None:
        row.leased_until, row.tries = held_at + lease, row.tries + 1
        save(session, row)
    return row


def take(session: Session, row_id: int, *, tries: int) -> bool:
    """Delete the question with its text. Return False where somebody else took it up since, or answered it."""
    statement = delete(PendingQuestion).where(col(PendingQuestion.id) == row_id, col(PendingQuestion.tries) == tries)
    return bool(session.exec(statement).rowcount)


def end_leases(session: Session) -> None:
    """Let every question be taken up. Only for a database with one process, at its start: who worked on it is gone."""
    session.execute(update(PendingQuestion).values(leased_until=None))


def forget_message(session: Session, workspace_id: str, keys: Sequence[str]) -> int:
    """The number of questions forgotten: those with such a key."""
    statement = delete(PendingQuestion).where(
        col(PendingQuestion.workspace_id) == workspace_id, col(PendingQuestion.key).in_(keys)
    )
    return session.exec(statement).rowcount


def _free(now: datetime) -> SelectOfScalar[PendingQuestion]:
    """Return the questions to take up: in one conversation only the first, because the next may stand on its answer."""
    earlier = aliased(PendingQuestion)
    is_first = ~(
        select(earlier.id)
        .where(
            earlier.workspace_id == PendingQuestion.workspace_id,
            earlier.user_id == PendingQuestion.user_id,
            earlier.place == PendingQuestion.place,
            col(earlier.id) < col(PendingQuestion.id),
        )
        .exists()
    )
    is_free = or_(col(PendingQuestion.leased_until).is_(None), col(PendingQuestion.leased_until) < now)
    return select(PendingQuestion).where(is_free, is_first).order_by(col(PendingQuestion.id))
