"""Reads and writes of what a person was in the middle of: form drafts and the last answer."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_once, replace_rows
from storage.tables import Conversation, Draft, Person


def draft(session: Session, workspace_id: str, user_id: str, form: str) -> dict[str, Any]:
    """The person's unsubmitted input of the form, by field; empty when nothing is kept."""
    row = session.exec(select(Draft).where(*_draft(workspace_id, user_id, form))).first()
    return dict(row.values) if row else {}


def keep_draft(session: Session, workspace_id: str, user_id: str, form: str, *, values: Any, now: datetime) -> None:
    """Store the person's unsubmitted input of the form."""
    stored = {"workspace_id": workspace_id, "user_id": user_id, "form": form, "values": values, "saved_at": now}
    if insert_once(session, Draft, stored):
        return
    row = session.exec(fresh(select(Draft).where(*_draft(workspace_id, user_id, form)).with_for_update())).one()
    row.values, row.saved_at = values, now
    session.add(row)


def forget_draft(session: Session, workspace_id: str, user_id: str, form: str) -> None:
    """Delete the draft of the form, also one being stored at this moment."""
    lock_person(session, workspace_id, user_id)
    session.exec(delete(Draft).where(*_draft(workspace_id, user_id, form)))


def forget_drafts_before(session: Session, instant: datetime) -> int:
    """The number of drafts forgotten: those that nobody went on with since then."""
    statement = delete(Draft).where(col(Draft.saved_at) < instant)
    return session.exec(statement).rowcount


def lock_person(session: Session, workspace_id: str, user_id: str) -> None:
    """Lock the person's forms: other transactions wait here until this one ends."""
    query = select(Person.id).where(Person.workspace_id == workspace_id, Person.user_id == user_id)
    session.exec(query.with_for_update(key_share=True)).first()


def conversation(session: Session, workspace_id: str, user_id: str, place: str) -> Conversation | None:
    """The last answer to the person in this place, None if there was none."""
    values = {"workspace_id": workspace_id, "user_id": user_id, "place": place}
    return session.scalars(_conversation(), values).first()


def keep_conversation(session: Session, asked: Conversation) -> None:
    """Store the answer as the last one to the person in its place."""
    replace_rows(session, Conversation, [asked.model_dump(exclude={"id"})], unique=("workspace_id", "user_id", "place"))


def forget_conversations_before(session: Session, instant: datetime) -> int:
    """The number of last answers forgotten: those before then, to which nobody can refer any more."""
    statement = delete(Conversation).where(col(Conversation.asked_at) < instant)
    return session.exec(statement).rowcount


def _draft(workspace_id: str, user_id: str, form: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Draft.workspace_id) == workspace_id,
        col(Draft.user_id) == user_id,
        col(Draft.form) == form,
    )


@cache
def _conversation() -> SelectOfScalar[Conversation]:
    # made once, as every question asks for it: making a statement takes longer than carrying it out
    names = ("workspace_id", "user_id", "place")
    return select(Conversation).where(*(col(getattr(Conversation, each)) == bindparam(each) for each in names))
