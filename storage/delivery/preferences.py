"""Reads and writes of how people want the messages that nobody asked for."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_once
from storage.tables import Preference


def of_people(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, Preference]:
    """The choices of those of these people who made any, by user id."""
    query = select(Preference).where(Preference.workspace_id == workspace_id, col(Preference.user_id).in_(user_ids))
    return {row.user_id: row for row in session.exec(query)}


def lock(session: Session, new: Preference) -> Preference:
    """The person's row, stored as `new` if there was none; nobody else changes it before this transaction ends."""
    insert_once(session, Preference, new.model_dump(exclude={"id"}))
    query = select(Preference).where(Preference.workspace_id == new.workspace_id, Preference.user_id == new.user_id)
    return session.exec(fresh(query.with_for_update())).one()
