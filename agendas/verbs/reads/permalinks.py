"""Permalinks of messages that people posted."""

from sqlmodel import Session

from storage import workspaces


def message_address(session: Session, workspace_id: str, channel_id: str, ts: str) -> str:
    """Return the message's permalink, '' if the workspace's address is not known.

    It is built here because asking Slack for it would cost a call before a form opens.
    """
    workspace = workspaces.get(session, workspace_id)
    base = workspace.url.rstrip("/") if workspace else ""
    return f"{base}/archives/{channel_id}/p{ts.replace('.', '')}" if base else ""
