"""What was sent when in a workspace, where several processes send: so that together they keep Slack's pace."""

from sqlmodel import Session, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_once
from storage.tables import Pace
from storage.tables.types import JsonValue


def locked(session: Session, workspace_id: str) -> Pace:
    """The workspace's row; until the transaction ends nobody else has it."""
    query = fresh(select(Pace).where(Pace.workspace_id == workspace_id).with_for_update())
    row = session.exec(query).first()
    if row is None:
        insert_once(session, Pace, {"workspace_id": workspace_id, "state": {}})
        row = session.exec(query).one()
    return row


def state(session: Session, workspace_id: str) -> JsonValue:
    """What is known of the workspace, empty when nothing is; others may be changing it."""
    row = session.exec(select(Pace).where(Pace.workspace_id == workspace_id)).first()
    return row.state if row else {}
