"""Wordings that people sent to the admins, of questions whose answers were not what they asked."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from storage.models.questions import Wording

KEPT_FOR = timedelta(days=30)


def save(session: Session, row: Wording) -> None:
    session.add(row)


def listed(session: Session, workspace_id: str, *, since: datetime, most: int) -> list[tuple[str, int, datetime]]:
    """Return (text, how often, last sent at) of each wording sent since then, the latest first."""
    last = func.max(Wording.sent_at)
    query = (
        select_columns(func.max(Wording.text), func.count(), last)
        .where(col(Wording.workspace_id) == workspace_id, col(Wording.sent_at) >= since)
        .group_by(col(Wording.key))
        .order_by(last.desc())
        .limit(most)
    )
    return [(text, int(count), at) for text, count, at in session.execute(query)]


def forget_before(session: Session, instant: datetime) -> int:
    """Delete what was sent before then; return how much it was."""
    return session.exec(delete(Wording).where(col(Wording.sent_at) < instant)).rowcount
