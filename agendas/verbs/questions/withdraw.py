"""Taking back a question: its message was deleted before it was answered."""

from datetime import datetime

from sqlmodel import Session

from storage.asked import pending_questions
from storage.delivery import answers, inbox


def answer_key(message_key: str) -> str:
    """Return the key of the letter that answers the message of this key."""
    return f"answer:{message_key}"


def withdraw_question(session: Session, workspace_id: str, message_key: str, *, now: datetime) -> None:
    """Leave the message unanswered, as far as its answer was not sent; also one that is delivered after this."""
    inbox.take(session, workspace_id, message_key, now)
    pending_questions.forget_message(session, workspace_id, [message_key])
    answers.withdraw(session, workspace_id, answer_key(message_key))
