"""The secret with which programs sign the signals that they send."""

from datetime import timedelta

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.verbs.trail.note import note_change
from storage import workspaces
from storage.delivery import inbox

STANDS_FOR = timedelta(minutes=1)
"""Before this a new secret is not replaced by another one."""


def replace_secret_once(session: Session, author: Author, sealed: str) -> bool:
    """Replace the secret unless it was replaced within the last minute: clicks close together make one."""
    is_first = inbox.take_anew(session, author.workspace_id, "secret", author.at, after=STANDS_FOR)
    if is_first:
        replace_secret(session, author, sealed)
    return is_first


def replace_secret(session: Session, author: Author, sealed: str) -> None:
    """Store `sealed` as the workspace's secret; the audit trail names the author, not the secret."""
    workspace = workspaces.get(session, author.workspace_id)
    if workspace is None:
        raise Outdated("This workspace is not known any more.")
    before = "set" if workspace.signals_secret else "none"
    workspace.signals_secret = sealed
    session.add(workspace)
    note_change(session, author, TrailSubject.SIGNATURE, before=before, after="new")
