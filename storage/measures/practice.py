"""Reads and writes of habits of the team: signs that figures are used, who wrote in reviews, what followed plays."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from storage.database.upsert import insert_once
from storage.tables import Event, MarkRow, SignalRow


def mark(session: Session, workspace_id: str, user_id: str, *, kind: str, month: date, at: datetime) -> bool:
    """Keep the sign, once a day; return False where the person gave it today."""
    values = {"workspace_id": workspace_id, "user_id": user_id, "kind": kind, "month": month}
    return insert_once(session, MarkRow, {**values, "marked_on": at.astimezone(UTC).date(), "at": at})


def marks(session: Session, workspace_id: str, after: datetime, at: datetime) -> list[MarkRow]:
    """Return the signs given in (after, at], oldest first."""
    query = select(MarkRow).where(MarkRow.workspace_id == workspace_id, MarkRow.at > after, MarkRow.at <= at)
    return list(session.exec(query.order_by(col(MarkRow.at), col(MarkRow.id))))


def writers(session: Session, review_ids: Collection[int], at: datetime) -> list[tuple[int, str]]:
    """Return (review id, user id) of those who recorded something in these reviews until an instant, each once."""
    query = select(Event.review_id, Event.actor).where(col(Event.review_id).in_(review_ids), Event.recorded_at <= at)
    return [(number, actor) for number, actor in session.exec(query.distinct()) if number is not None]


def of_accounts_between(
    session: Session, account_ids: Collection[int], kinds: Sequence[str], *, after: datetime, at: datetime
) -> list[Event]:
    """Return the events of these kinds and accounts recorded in (after, at], in the order recorded."""
    query = select(Event).where(
        col(Event.account_id).in_(account_ids),
        Event.recorded_at > after,
        Event.recorded_at <= at,
        col(Event.kind).in_(kinds),
    )
    return list(session.exec(query.order_by(col(Event.id))))


def updates_between(
    session: Session, account_ids: Collection[int], kinds: Sequence[str], *, after: datetime, at: datetime
) -> list[tuple[int, int, datetime]]:
    """Return (event id, account id, instant) of what people recorded so of these accounts in (after, at]."""
    query = select(Event.id, Event.account_id, Event.happened_at).where(
        col(Event.account_id).in_(account_ids),
        Event.recorded_at > after,
        Event.recorded_at <= at,
        col(Event.kind).in_(kinds),
        Event.source != "import",
    )
    return [(number, account_id, instant) for number, account_id, instant in session.exec(query) if number is not None]


def signalled(
    session: Session, account_ids: Collection[int], kinds: Collection[str], *, after: datetime, at: datetime
) -> list[tuple[int, datetime]]:
    """Return (account id, instant) of signals of these kinds by known people in (after, at] that counted at `at`."""
    query = select(SignalRow.account_id, SignalRow.happened_at).where(
        col(SignalRow.account_id).in_(account_ids),
        col(SignalRow.contact_id).is_not(None),
        col(SignalRow.kind).in_(kinds),
        SignalRow.happened_at > after,
        SignalRow.happened_at <= at,
        SignalRow.counts_since <= at,
        or_(col(SignalRow.taken_back_at).is_(None), col(SignalRow.taken_back_at) > at),
    )
    return list(session.exec(query))
