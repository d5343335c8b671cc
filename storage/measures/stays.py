"""Reads and writes of completed stays of accounts in stages."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, update
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.tables import StageStay
from storage.tables.types import table_of


def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store these stays."""
    if rows:
        session.execute(insert(table_of(StageStay)), list(rows))


def standing(session: Session, account_ids: Collection[int]) -> list[StageStay]:
    """Return the stays of these accounts as they are known now, in the order in which they became known."""
    query = select(StageStay).where(col(StageStay.account_id).in_(account_ids), col(StageStay.void_at).is_(None))
    return list(session.exec(fresh(query.order_by(col(StageStay.id)))))


def void(session: Session, stay_ids: Collection[int], at: datetime) -> None:
    """Note that these stays are known otherwise from that instant on."""
    if stay_ids:
        session.execute(update(StageStay).where(col(StageStay.id).in_(stay_ids)).values(void_at=at))


def known_at(session: Session, workspace_id: str, at: datetime, *, ended_after: datetime) -> list[StageStay]:
    """Return the stays of the workspace that ended after an instant, as they were known at `at`, oldest first."""
    query = select(StageStay).where(
        StageStay.workspace_id == workspace_id,
        StageStay.ended_at > ended_after,
        StageStay.told_at <= at,
        or_(col(StageStay.void_at).is_(None), col(StageStay.void_at) > at),
    )
    return list(session.exec(query.order_by(col(StageStay.ended_at), col(StageStay.account_id))))
