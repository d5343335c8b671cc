"""Questions asked by message that a language model is to read: kept with their event, answered once, then forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.audience import Audience
from agendas.facts.people import PersonFacts
from agendas.rendering.blockkit import Rendered
from agendas.verbs.letters.queue import direct, reply
from agendas.verbs.loading.rows import is_member, person_facts
from agendas.verbs.questions.withdraw import answer_key
from storage import people, workspaces
from storage.asked import pending_questions
from storage.tables import PendingQuestion

LEASE = timedelta(seconds=90)
"""Time for which a question is leased to a worker: longer than the model and the answer may take."""

TRIES_WITH_MODEL = 2
"""Taken up more often, a question is answered by rules alone: something about it ends the process."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A question to answer for a person, in the thread or by direct message.

    Attributes:
        asker: the person as they are now; None where they may not use the bot any more.
        key: of the event, for the answer's letter.
        place: the conversation of follow-ups.
        readers: who reads the answer.
        is_private: the answer goes to the asker by direct message, because outsiders read the channel.
        tries: how often it was taken up.
    """

    row_id: int
    workspace_id: str
    user_id: str
    asker: PersonFacts | None
    key: str
    text: str
    place: str
    channel_id: str
    thread_ts: str
    readers: Audience
    is_private: bool
    asked_at: datetime
    tries: int

    @property
    def is_for_model(self) -> bool:
        """False once it was taken up so often that the model is left out."""
        return self.tries <= TRIES_WITH_MODEL


def leave_pending(
    session: Session,
    asker: Audience,
    text: str,
    *,
    key: str,
    place: str,
    channel_id: str,
    thread_ts: str,
    is_private: bool,
    now: datetime,
) -> None:
    """Keep the question until it is answered; `asker` names its person, and the channel whose members read along."""
    row = PendingQuestion(
        workspace_id=asker.workspace_id,
        user_id=asker.user_id or "",
        key=key,
        text=text,
        place=place,
        channel_id=channel_id,
        thread_ts=thread_ts,
        readers=asker.channel_id,
        is_private=is_private,
        asked_at=now,
    )
    pending_questions.save(session, row)


def take_up(session: Session, now: datetime) -> Pending | None:
    """Lease the next question; None for none.

    A question of somebody unknown or gone since, or of a workspace that removed the bot, has no `asker`.
    """
    row = pending_questions.claim(session, now=now, lease=LEASE)
    if row is None:
        return None
    person = people.find(session, row.workspace_id, row.user_id)
    workspace = workspaces.get(session, row.workspace_id)
    is_there = workspace is not None and not workspaces.is_removed(workspace)
    return Pending(
        row_id=row.row_id,
        workspace_id=row.workspace_id,
        user_id=row.user_id,
        asker=person_facts(person) if is_there and is_member(person) else None,
        key=row.key,
        text=row.text,
        place=row.place,
        channel_id=row.channel_id,
        thread_ts=row.thread_ts,
        readers=Audience(row.workspace_id, user_id=row.user_id, channel_id=row.readers),
        is_private=row.is_private,
        asked_at=row.asked_at,
        tries=row.tries,
    )


def answer_once(session: Session, pending: Pending, rendered: Sequence[Rendered], *, now: datetime) -> bool:
    """Queue the answer where it is waited for, and forget the question; False where it was answered before."""
    if not end(session, pending):
        return False
    key = answer_key(pending.key)
    if pending.is_private:
        direct(session, pending.workspace_id, pending.user_id, rendered, key=key, now=now)
        return True
    reply(
        session,
        pending.workspace_id,
        rendered,
        channel_id=pending.channel_id,
        thread_ts=pending.thread_ts,
        user_id=pending.user_id,
        key=key,
        now=now,
    )
    return True


def end(session: Session, pending: Pending) -> bool:
    """Forget the question and its text, in the transaction that queues its answer; False where it was answered."""
    return pending_questions.take(session, pending.row_id, tries=pending.tries)
