"""Workspaces the bot is installed in."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import Workspace


@dataclass(frozen=True, slots=True)
class Installation:
    """What Slack says of a workspace when the bot is installed. `bot_token` is what is stored: encrypted, or empty."""

    workspace_id: str
    name: str
    url: str
    bot_user_id: str
    bot_id: str
    bot_token: str = ""
    scopes: str = ""
    installed_by: str = ""


def save_installation(session: Session, installation: Installation, *, time_zone: str, now: datetime) -> Workspace:
    """The workspace, active. One known before keeps its zone and the instant of its first installation."""
    workspace = session.get(Workspace, installation.workspace_id)
    if workspace is None:
        workspace = Workspace(id=installation.workspace_id, time_zone=time_zone, installed_at=now)
    workspace.name, workspace.url = installation.name, installation.url
    workspace.bot_user_id, workspace.bot_id = installation.bot_user_id, installation.bot_id
    workspace.bot_token, workspace.scopes = installation.bot_token, installation.scopes
    workspace.installed_by = installation.installed_by or workspace.installed_by
    workspace.is_active = True
    session.add(workspace)
    session.flush()
    return workspace


def get(session: Session, workspace_id: str) -> Workspace | None:
    """The workspace, None if the bot was never installed there."""
    return session.get(Workspace, workspace_id)


def everything(session: Session) -> list[Workspace]:
    """Every workspace the bot was ever installed in and that was not forgotten, by name."""
    return list(session.exec(select(Workspace).order_by(Workspace.name, Workspace.id)))


def active(session: Session) -> list[Workspace]:
    """The workspaces the bot works in, by name."""
    query = select(Workspace).where(col(Workspace.is_active).is_(True))
    return list(session.exec(query.order_by(Workspace.name, Workspace.id)))


def deactivate(session: Session, workspace_id: str) -> None:
    """Stops all work for the workspace; its data stay until they are forgotten."""
    workspace = session.get(Workspace, workspace_id)
    if workspace is not None:
        workspace.is_active = False
        session.add(workspace)
