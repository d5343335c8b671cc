"""The last question of a person in a conversation, for follow-ups such as "and Initrode?" or "its blockers"."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.verbs.reads.work import Due
from assistant.question_parser import Intent
from storage import forms
from storage.tables import Conversation

KEPT_FOR = timedelta(minutes=30)
"""Follow-ups refer to no older question than this. Our own default."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A question's topic: its kind, account and person (a user id or ''), and the actions or movement asked for."""

    intent: Intent
    account_id: int | None = None
    user_id: str = ""
    due: Due = Due.ALL
    way: str = ""


def recall(session: Session, workspace_id: str, user_id: str, place: str, *, now: datetime) -> Topic | None:
    """Return the topic of the person's last question in this place, None if it is older than 30 minutes."""
    row = forms.conversation(session, workspace_id, user_id, place)
    if row is None or now - row.asked_at > KEPT_FOR:
        return None
    asked = json.loads(row.question)
    return Topic(
        Intent(asked["intent"]), asked.get("account_id"), asked["user_id"], Due(asked["due"]), asked.get("way", "")
    )


def remember(session: Session, workspace_id: str, user_id: str, place: str, *, asked: Topic, now: datetime) -> None:
    """Store the topic as the person's last question in this place."""
    question = {
        "intent": asked.intent.value,
        "user_id": asked.user_id,
        "due": asked.due.value,
        "way": asked.way,
        "account_id": asked.account_id,
    }
    row = Conversation(
        workspace_id=workspace_id,
        user_id=user_id,
        place=place,
        question=json.dumps(question),
        asked_at=now,
    )
    forms.keep_conversation(session, row)
