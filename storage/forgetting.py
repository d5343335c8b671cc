"""Deleting everything about a workspace."""

from sqlalchemy import delete
from sqlmodel import Session, SQLModel


def forget_workspace(session: Session, workspace_id: str) -> int:
    """The number of rows deleted: all that carry the workspace's id, and the workspace itself."""
    count = 0
    # children first: a table comes after those its foreign keys point to
    for table in reversed(SQLModel.metadata.sorted_tables):
        owner = table.c.id if table.name == "workspace" else table.c.get("workspace_id")
        if owner is None:
            continue
        count += session.exec(delete(table).where(owner == workspace_id)).rowcount
    return count
