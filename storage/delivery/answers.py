"""Answers under way to people who recorded something: noted with what they recorded, settled once they went out.

What stays here was recorded by a process that ended before it could say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Delete, Insert, and_, bindparam, delete, insert, or_, update
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.tables import AnswerUnderWay, Letter, LetterState
from storage.tables.types import table_of

ANSWERED_WITHIN = timedelta(minutes=3)
"""Longest that a process which lives needs to answer: above all the waits that Slack may ask for."""

_NOTES = "recorded_here"


@dataclass(slots=True)
class Recorded:
    """Ids of the events and signals that a transaction recorded, or a person did."""

    events: list[int] = field(default_factory=list)
    signals: list[int] = field(default_factory=list)


def note_event(session: Session, event_id: int) -> None:
    """Note that this transaction recorded the event."""
    _notes(session).events.append(event_id)


def note_signal(session: Session, signal_id: int) -> None:
    """Note that this transaction recorded the signal."""
    _notes(session).signals.append(signal_id)


def is_told_by_letter(session: Session) -> None:
    """Forget what was noted: a letter of this transaction tells it."""
    session.info.pop(_NOTES, None)


def begin(session: Session, workspace_id: str, user_id: str, now: datetime) -> int | None:
    """Store what was noted, to be answered from now on. Return the row's id, None where nothing was noted."""
    noted: Recorded | None = session.info.pop(_NOTES, None)
    if noted is None:
        return None
    values = {
        "workspace_id": workspace_id,
        "user_id": user_id,
        "events": noted.events,
        "signals": noted.signals,
        "until": now + ANSWERED_WITHIN,
    }
    return int(session.execute(_beginning(), values).scalar_one())


def settle(session: Session, row_ids: Sequence[int]) -> None:
    """Forget answers that went out, by one statement."""
    session.execute(_settling(), {"row_ids": list(row_ids)})


def settle_shown(session: Session, workspace_id: str, user_id: str, *, event_id: int, signal_id: int) -> None:
    """Forget the person's answers about this event or signal alone: it was shown; 0 stands for none."""
    query = select(AnswerUnderWay).where(AnswerUnderWay.workspace_id == workspace_id, AnswerUnderWay.user_id == user_id)
    told = ([event_id] if event_id else [], [signal_id] if signal_id else [])
    settle(session, [each.row_id for each in session.exec(query) if (each.events, each.signals) == told])


def end_all(session: Session, now: datetime) -> None:
    """Let every answer be overdue. Only for a database with one process, at its start: who would answer is gone."""
    session.execute(update(AnswerUnderWay).where(col(AnswerUnderWay.until) > now).values(until=now))


def overdue(session: Session, now: datetime, limit: int) -> list[int]:
    """The ids of answers that nobody gives any more."""
    query = select(AnswerUnderWay.id).where(col(AnswerUnderWay.until) <= now)
    found = session.exec(query.order_by(col(AnswerUnderWay.until)).limit(limit))
    return [row_id for row_id in found if row_id is not None]


def take_overdue(session: Session, row_id: int, now: datetime) -> tuple[AnswerUnderWay, Recorded] | None:
    """Forget all overdue answers to the person of this row; return the first and what they were about, in order.

    None where that was done before, with another row of the person or by another process.
    """
    first = session.get(AnswerUnderWay, row_id)
    if first is None:
        return None
    query = select(AnswerUnderWay).where(
        AnswerUnderWay.workspace_id == first.workspace_id,
        AnswerUnderWay.user_id == first.user_id,
        col(AnswerUnderWay.until) <= now,
    )
    # locked, because several processes look for the same people
    taken = session.exec(fresh(query.order_by(col(AnswerUnderWay.id)).with_for_update())).all()
    if not taken:
        return None
    settle(session, [each.row_id for each in taken])
    return taken[0], Recorded(
        [number for each in taken for number in each.events], [number for each in taken for number in each.signals]
    )


def _notes(session: Session) -> Recorded:
    notes: Recorded = session.info.setdefault(_NOTES, Recorded())
    return notes


@cache
def _beginning() -> Insert:
    table = table_of(AnswerUnderWay)
    return insert(table).returning(table.c.id)


@cache
def _settling() -> Delete:
    return delete(table_of(AnswerUnderWay)).where(
        table_of(AnswerUnderWay).c.id.in_(bindparam("row_ids", expanding=True))
    )


def withdraw(session: Session, workspace_id: str, key: str) -> int:
    """Drop the letter of this key that answers a question taken back, as far as it still waits; return how many."""
    is_of_key = or_(col(Letter.key) == key, col(Letter.key).startswith(f"{key}/", autoescape=True))
    is_waiting = and_(col(Letter.workspace_id) == workspace_id, is_of_key, col(Letter.state) == LetterState.WAITING)
    dropped = update(Letter).where(is_waiting).values(state=LetterState.DROPPED, last_error="the question was deleted")
    return session.exec(dropped).rowcount
