"""Addresses of messages of other people."""

from sqlmodel import Session

from storage import workspaces


def message_address(session: Session, workspace_id: str, channel_id: str, ts: str) -> str:
    """The message's web address, empty where the workspace's own is not known.

    Built, not asked for: asking Slack would cost a call before a form opens.
    """
    workspace = workspaces.get(session, workspace_id)
    base = workspace.url.rstrip("/") if workspace else ""
    return f"{base}/archives/{channel_id}/p{ts.replace('.', '')}" if base else ""
