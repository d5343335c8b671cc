"""Workspaces the bot is installed in, and installations under way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import and_, bindparam, delete, update
from sqlmodel import Session, SQLModel, col, select
from sqlmodel import delete as sqlmodel_delete

from storage.database import insert_once, read_columns
from storage.models.types import JsonValue
from storage.models.workspaces import Channel, InstallAttempt, Workspace

# Deleting everything about a workspace.


def forget_workspace(session: Session, workspace_id: str) -> int:
    """Delete all rows with the workspace's id, and the workspace itself; return their number."""
    count = 0
    # children first: a table comes after those its foreign keys point to
    for table in reversed(SQLModel.metadata.sorted_tables):
        owner = table.c.id if table.name == "workspace" else table.c.get("workspace_id")
        if owner is None:
            continue
        count += session.exec(delete(table).where(owner == workspace_id)).rowcount
    return count


ATTEMPT_LASTS = timedelta(minutes=10)
"""The time that a person may take on Slack's page before the installation has to be started again."""
LACKING = "missing_scope"
"""The trouble of a channel for which the app was not given a permission, as Slack calls it."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Slack's answer to an installation. `bot_token` is as stored: encrypted, or empty."""

    workspace_id: str
    name: str
    url: str
    bot_user_id: str
    bot_id: str
    bot_token: str = ""
    scopes: str = ""
    installed_by: str = ""


def save_installation(session: Session, installation: Installation, *, time_zone: str, now: datetime) -> Workspace:
    """Store the workspace as active; one known before keeps its zone and the instant of its first installation.

    Channels that wait for a permission go on: it may have been given now.
    `installed_by` stays where the answer has none.
    """
    new = Workspace(id=installation.workspace_id, time_zone=time_zone, installed_at=now)
    insert_once(session, Workspace, new.model_dump())
    workspace = session.get_one(Workspace, installation.workspace_id)
    workspace.name, workspace.url = installation.name, installation.url
    workspace.bot_user_id, workspace.bot_id = installation.bot_user_id, installation.bot_id
    workspace.bot_token, workspace.scopes = installation.bot_token, installation.scopes
    workspace.installed_by = installation.installed_by or workspace.installed_by
    workspace.renewed_at, workspace.is_active = now, True
    session.add(workspace)
    session.flush()
    lacking = and_(col(Channel.workspace_id) == workspace.id, col(Channel.trouble) == LACKING)
    session.execute(update(Channel).where(lacking).values(trouble="", trouble_at=None, try_at=None, trial=None))
    return workspace


def get(session: Session, workspace_id: str) -> Workspace | None:
    return session.get(Workspace, workspace_id)


def zone(session: Session, workspace_id: str) -> str:
    """The IANA zone of the workspace's program; UTC for one that is not kept."""
    workspace = get(session, workspace_id)
    return workspace.time_zone if workspace else "UTC"


def bot_user_id(session: Session, workspace_id: str) -> str:
    return read_columns(session, _bot_user_id(), {"workspace_id": workspace_id}).scalars().first() or ""


@cache
def _bot_user_id() -> sqlalchemy.Select[str]:
    return sqlalchemy.select(col(Workspace.bot_user_id)).where(col(Workspace.id) == bindparam("workspace_id"))


def own_settings(session: Session, workspace_id: str) -> JsonValue:
    """The program's settings that differ from their defaults, by key."""
    return read_columns(session, _own_settings(), {"workspace_id": workspace_id}).scalar() or {}


@cache
def _own_settings() -> sqlalchemy.Select[Any]:
    return sqlalchemy.select(col(Workspace.settings)).where(col(Workspace.id) == bindparam("workspace_id"))


def save_settings(session: Session, workspace_id: str, own: JsonValue) -> None:
    """Store the settings that differ from their defaults. Call `lock` before."""
    session.get_one(Workspace, workspace_id).settings = own


def lock(session: Session, workspace_id: str) -> None:
    """Lock the workspace: other transactions wait here until this one ends."""
    query = select(Workspace.id).where(Workspace.id == workspace_id)
    session.exec(query.with_for_update(key_share=True)).first()


def note_thread_heard(session: Session, workspace_id: str, now: datetime) -> None:
    """Note when a reply in an account's thread first reached the bot."""
    not_noted_yet = (col(Workspace.id) == workspace_id) & col(Workspace.thread_heard_at).is_(None)
    session.execute(update(Workspace).where(not_noted_yet).values(thread_heard_at=now))


def get_all(session: Session) -> list[Workspace]:
    """Every workspace the bot was ever installed in and that was not forgotten, by name."""
    return list(session.exec(select(Workspace).order_by(Workspace.name, Workspace.id)))


def active(session: Session) -> list[Workspace]:
    """The workspaces the bot works in, by name."""
    query = select(Workspace).where(col(Workspace.is_active).is_(True))
    return list(session.exec(query.order_by(Workspace.name, Workspace.id)))


def inactive(session: Session) -> list[Workspace]:
    """The workspaces whose work stopped, by name."""
    query = select(Workspace).where(col(Workspace.is_active).is_(False))
    return list(session.exec(query.order_by(Workspace.name, Workspace.id)))


def is_removed(workspace: Workspace, *, own_id: str = "") -> bool:
    """Return whether the app was removed there: its work stopped, and there is no token that could be accepted again.

    `own_id` is the workspace of the token in the settings, if there is one: then tokens of others are not tried.
    """
    is_tried = workspace.id == own_id if own_id else bool(workspace.bot_token)
    return not (workspace.is_active or is_tried)


def reactivate(session: Session, workspace_id: str, *, now: datetime) -> None:
    """Resume the work for the workspace, whose token is accepted again."""
    workspace = session.get(Workspace, workspace_id)
    if workspace is not None:
        workspace.is_active, workspace.renewed_at = True, now
        session.add(workspace)


def deactivate(session: Session, workspace_id: str, *, gone_at: datetime, is_removed: bool = False) -> bool:
    """Stop all work for the workspace and return True; its data stay until they are forgotten.

    `is_removed`: the app was removed there, so that its token will never be good again and is forgotten.
    Returns False when the bot was installed there again after `gone_at`, as news of an earlier removal may come late.
    `gone_at` may be known to the second only.
    """
    workspace = session.get(Workspace, workspace_id)
    if workspace is None:
        return False
    if workspace.renewed_at is not None and gone_at < workspace.renewed_at.replace(microsecond=0):
        return False
    workspace.is_active = False
    workspace.bot_token = "" if is_removed else workspace.bot_token
    session.add(workspace)
    return True


def begin_attempt(session: Session, state: str, now: datetime) -> None:
    """Store the secret of an installation that begins, and delete those that began too long ago."""
    session.exec(sqlmodel_delete(InstallAttempt).where(col(InstallAttempt.started_at) <= now - ATTEMPT_LASTS))
    session.add(InstallAttempt(state=state, started_at=now))


def end_attempt(session: Session, state: str, now: datetime) -> bool:
    """End the installation with this secret. Return False when none was under way, or it began too long ago.

    Its row is deleted, so that each secret counts once.
    """
    ended = sqlmodel_delete(InstallAttempt).where(col(InstallAttempt.state) == state)
    started_at = session.execute(ended.returning(col(InstallAttempt.started_at))).scalar_one_or_none()
    return started_at is not None and started_at > now - ATTEMPT_LASTS
