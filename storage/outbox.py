"""Letters to post: queued with the work they tell of, claimed with a lease, and what became of each."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from storage.tables import Letter
from storage.upsert import insert_once

UNDER_WAY = ("waiting", "leased")


def queue(session: Session, letter: Letter) -> Letter:
    """The stored letter. When its key was queued before, that row, untouched."""
    insert_once(session, Letter, letter.model_dump(exclude={"id"}))
    stored = by_key(session, letter.workspace_id, letter.key)
    if stored is None:
        raise LookupError(f"letter {letter.key} is neither stored nor new")
    return stored


def queue_edit(
    session: Session, *, target: Letter, now: datetime, delay: timedelta, after: Letter | None = None
) -> Letter:
    """The one edit that waits for the message of `target`: a burst of changes is shown by one edit.

    What it says is composed when it is sent, so an edit that still waits covers every change before. It also waits
    until the letter `after`, if given, was sent.
    """
    while True:
        # counted first: an edit queued meanwhile by another is then found waiting, or takes the same number
        number = _count(session, col(Letter.target) == target.id) + 1
        waiting = _waiting_edit(session, target)
        if waiting is not None:
            # one that Slack put off keeps the time that Slack asked for
            if waiting.attempts == 0:
                waiting.due_at = min(waiting.due_at, now + delay)
                session.add(waiting)
            return waiting
        edit = _edit(target, number=number, now=now, delay=delay)
        edit.parent = after.id if after else None
        if insert_once(session, Letter, edit.model_dump(exclude={"id"})):
            return queue(session, edit)


def by_key(session: Session, workspace_id: str, key: str) -> Letter | None:
    """The letter of this key, None if it was never queued."""
    return session.exec(select(Letter).where(Letter.workspace_id == workspace_id, Letter.key == key)).first()


def of_review(session: Session, review_id: int) -> list[Letter]:
    """Every letter of a review in the order they were queued, for its ledger."""
    return list(session.exec(select(Letter).where(Letter.review_id == review_id).order_by(col(Letter.id))))


def of_reviews(session: Session, review_ids: Collection[int]) -> list[Letter]:
    """Every letter of these reviews in the order they were queued."""
    return list(session.exec(select(Letter).where(col(Letter.review_id).in_(review_ids)).order_by(col(Letter.id))))


def continuations(session: Session, letter: Letter) -> list[Letter]:
    """The letters that carry on a message too long for one, in order."""
    query = select(Letter).where(
        Letter.workspace_id == letter.workspace_id,
        Letter.page == CONTINUATION,
        Letter.kind == "post",
        col(Letter.key).startswith(f"{letter.key}/", autoescape=True),
    )
    return list(session.exec(query.order_by(col(Letter.id))))


CONTINUATION = "continuation"
"""The page of a letter that carries on another: its subject names that letter (`of`) and the `part`, from 2."""


def continuation_of(letter: Letter, *, part: int, now: datetime) -> Letter:
    """The letter to queue for this part of a message too long for one, in the same thread."""
    return Letter(
        workspace_id=letter.workspace_id,
        key=f"{letter.key}/{part}",
        kind="post",
        page=CONTINUATION,
        subject={"of": letter.row_id, "part": part},
        channel_id=letter.sent_channel or letter.channel_id,
        parent=letter.parent or letter.id,
        thread_ts=letter.thread_ts,
        review_id=letter.review_id,
        created_at=now,
        due_at=now,
    )


def depth(session: Session) -> int:
    """How many letters are still to be sent."""
    return _count(session, col(Letter.state).in_(UNDER_WAY))


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(Letter).where(condition)).one()


def _waiting_edit(session: Session, target: Letter) -> Letter | None:
    """The edit not sent yet. Its lock keeps it from being composed before this transaction can be seen."""
    query = select(Letter).where(Letter.target == target.id, Letter.state == "waiting").with_for_update()
    return session.exec(query.order_by(col(Letter.id)).limit(1)).first()


def _edit(target: Letter, *, number: int, now: datetime, delay: timedelta) -> Letter:
    return Letter(
        workspace_id=target.workspace_id,
        key=f"{target.key}:edit:{number}",
        kind="edit",
        page=target.page,
        subject=target.subject,
        channel_id=target.channel_id,
        user_id=target.user_id,
        target=target.id,
        review_id=target.review_id,
        created_at=now,
        due_at=now + delay,
    )
