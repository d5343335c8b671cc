"""Send times of a workspace, shared by several processes so that together they keep Slack's rate limits."""

from sqlmodel import Session, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_once
from storage.tables import Pace
from storage.tables.types import JsonValue


def lock(session: Session, workspace_id: str) -> Pace:
    """Lock and return the workspace's row, adding it when it is missing."""
    query = fresh(select(Pace).where(Pace.workspace_id == workspace_id).with_for_update())
    row = session.exec(query).first()
    if row is None:
        insert_once(session, Pace, {"workspace_id": workspace_id, "state": {}})
        row = session.exec(query).one()
    return row


def state(session: Session, workspace_id: str) -> JsonValue:
    """The state of the workspace, empty when there is none; others may be changing it."""
    row = session.exec(select(Pace).where(Pace.workspace_id == workspace_id)).first()
    return row.state if row else {}
