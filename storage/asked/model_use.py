"""Reads and writes of how many questions were given to a language model."""

from datetime import date

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_once
from storage.tables import ModelUse


def locked(session: Session, workspace_id: str, user_id: str, day: date) -> ModelUse:
    """The person's row of the day, made where there is none; no other transaction changes it before this one ends."""
    insert_once(
        session,
        ModelUse,
        {"workspace_id": workspace_id, "user_id": user_id, "day": day, "asked": 0, "was_read": 0, "was_told": False},
    )
    query = select(ModelUse).where(
        ModelUse.workspace_id == workspace_id, ModelUse.user_id == user_id, ModelUse.day == day
    )
    return session.exec(fresh(query.with_for_update())).one()


def asked_on(session: Session, workspace_id: str, day: date) -> int:
    """The number of questions that the whole workspace gave on the day."""
    query = select(func.coalesce(func.sum(ModelUse.asked), 0)).where(
        ModelUse.workspace_id == workspace_id, ModelUse.day == day
    )
    return int(session.exec(query).one())


def forget_before(session: Session, day: date) -> int:
    """The number of rows forgotten: those of earlier days."""
    return session.exec(delete(ModelUse).where(col(ModelUse.day) < day)).rowcount
