"""Removal of the bot from a workspace."""

from datetime import datetime

from sqlmodel import Session

from storage import workspaces


def remove_workspace(session: Session, workspace_id: str, *, gone_at: datetime) -> bool:
    """Stop all work for the workspace. True when it did; False when the bot was installed there again since."""
    return workspaces.deactivate(session, workspace_id, gone_at=gone_at, is_removed=True)
