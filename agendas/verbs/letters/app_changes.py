"""Notice to the admins after an update that needs app.yaml to be pasted and the app to be installed again."""

from datetime import datetime

from sqlmodel import Session

from agendas.rules.access.app_changes import VERSION, off_until_installed
from agendas.verbs.letters.queue import tell
from storage import people, workspaces
from storage.delivery.subjects import AppChangesSubject

PAGE = "app_changes"


def tell_of_app_changes(session: Session, workspace_id: str, now: datetime) -> None:
    """Queue one direct message to each admin about what is new in app.yaml: once per version and workspace.

    A workspace seen for the first time has the app as it is now. Without admins it is told once there is one.
    """
    workspaces.lock(session, workspace_id)
    workspace = workspaces.get(session, workspace_id)
    if workspace is None or workspace.manifest_told >= VERSION:
        return
    told, is_first = workspace.manifest_told, workspace.manifest_told == 0
    changes = () if is_first else off_until_installed(told, granted=workspace.scopes)
    admins = people.admins(session, workspace_id)
    if changes and not admins:
        return
    workspace.manifest_told = VERSION
    session.add(workspace)
    for admin in admins if changes else ():
        key, subject = f"{PAGE}:{VERSION}:{admin.user_id}", AppChangesSubject(told)
        tell(session, workspace_id, admin.user_id, page=PAGE, subject=subject, key=key, at=now)
