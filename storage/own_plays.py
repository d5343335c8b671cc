"""Reads and writes of the plays that a workspace added to the library, or changed."""

from sqlmodel import Session, col, select

from storage.tables import OwnPlay
from storage.tables.types import JsonValue


def get_all(session: Session, workspace_id: str) -> list[OwnPlay]:
    """All of them, retired ones too, in the order in which they were added."""
    return list(session.exec(select(OwnPlay).where(OwnPlay.workspace_id == workspace_id).order_by(col(OwnPlay.id))))


def save(session: Session, workspace_id: str, key: str, *, name: str, definition: JsonValue, is_retired: bool) -> None:
    """Store the workspace's own play of that key. Call `workspaces.lock` before."""
    query = select(OwnPlay).where(OwnPlay.workspace_id == workspace_id, OwnPlay.key == key)
    row = session.exec(query).first() or OwnPlay(workspace_id=workspace_id, key=key, name=name)
    row.name, row.definition, row.is_retired = name, definition, is_retired
    session.add(row)
