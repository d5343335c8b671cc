"""Permalinks of messages, those of people and our own. Asking Slack for one would cost a call each."""

from collections.abc import Collection

from sqlmodel import Session

from storage import workspaces
from storage.tables import Letter, LetterKind


def message_address(session: Session, workspace_id: str, channel_id: str, ts: str) -> str:
    """Return the message's permalink, '' if the workspace's address is not known."""
    workspace = workspaces.get(session, workspace_id)
    return _address(workspace.url if workspace else "", channel_id, ts)


def permalinks(session: Session, workspace_id: str, letters: Collection[Letter]) -> dict[str, str]:
    """Return the permalinks of those of the letters that were sent, by the key of the letter."""
    workspace = workspaces.get(session, workspace_id) if letters else None
    address = workspace.url if workspace else ""
    return {letter.key: link for letter in letters if (link := permalink(address, letter))}


def permalink(address: str, letter: Letter) -> str:
    """Return Slack's permalink of a sent message, '' for one that was not sent or is an edit."""
    if not (letter.sent_ts and letter.sent_channel) or letter.kind != LetterKind.POST:
        return ""
    return _address(address, letter.sent_channel, letter.sent_ts)


def _address(base: str, channel_id: str, ts: str) -> str:
    return f"{base.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}" if base else ""
