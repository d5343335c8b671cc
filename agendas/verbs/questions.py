"""Questions that wait for a language model, and the day's limits of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from agendas.facts.audience import Audience
from agendas.facts.people import PersonFacts
from agendas.facts.program import MODEL, MODEL_PERSON, MODEL_WORKSPACE
from agendas.rendering.blockkit import Rendered
from agendas.text.dates import local_date
from agendas.verbs.letters import queue_page_to, queue_reply
from agendas.verbs.loading import is_member, person_facts, settings_of
from storage import asked, inbox, people, workspaces
from storage.models.questions import PendingQuestion

# The day's limits of questions to a language model, for each person and for the whole workspace.


class Allowance(StrEnum):
    """Answers to whether a question may be given to the model."""

    ALLOWED = "allowed"
    OFF = "off"
    PERSON_LIMIT = "person_limit"
    WORKSPACE_LIMIT = "workspace_limit"
    LIMIT_KNOWN = "limit_known"
    """A limit is reached, and the person got the sentence about it today already."""


def is_on(session: Session, workspace_id: str, setting: str = MODEL) -> bool:
    """Return whether the workspace lets a model do what this setting is for."""
    return settings_of(session, workspace_id).value(setting) == "on"


def take_from_day(
    session: Session, workspace_id: str, user_id: str, now: datetime, *, setting: str = MODEL
) -> Allowance:
    """Count a question that the person gives to the model, if the setting and today's limits allow it.

    The limit reached is named once a day to each person: after that the answer is `LIMIT_KNOWN`.
    """
    settings = settings_of(session, workspace_id)
    if settings.value(setting) != "on":
        return Allowance.OFF
    today = _today(session, workspace_id, now)
    use = asked.locked(session, workspace_id, user_id, today)
    reached = None
    if use.asked >= settings.number(MODEL_PERSON):
        reached = Allowance.PERSON_LIMIT
    elif asked.asked_on(session, workspace_id, today) >= settings.number(MODEL_WORKSPACE):
        reached = Allowance.WORKSPACE_LIMIT
    if reached is None:
        use.asked += 1
    elif use.was_told:
        reached = Allowance.LIMIT_KNOWN
    use.was_told = use.was_told or reached is not None
    session.add(use)
    return reached or Allowance.ALLOWED


def count_spent(
    session: Session, workspace_id: str, user_id: str, now: datetime, *, is_read: bool, tokens: int
) -> None:
    """Count what one question cost, and whether its answer was of use."""
    use = asked.locked(session, workspace_id, user_id, _today(session, workspace_id, now))
    use.was_read += is_read
    use.tokens += tokens
    session.add(use)


def _today(session: Session, workspace_id: str, now: datetime) -> date:
    return local_date(now, workspaces.zone(session, workspace_id))


# Taking back a question: its message was deleted before it was answered.


def answer_key(message_key: str) -> str:
    return f"answer:{message_key}"


def withdraw_question(session: Session, workspace_id: str, message_key: str, *, now: datetime) -> None:
    """Leave the message unanswered, unless its answer was sent; also where Slack delivers its event only after this."""
    inbox.note_key(session, workspace_id, message_key, now)
    asked.forget_message(session, workspace_id, [message_key])
    inbox.withdraw(session, workspace_id, answer_key(message_key))


def withdraw_thread(
    session: Session, workspace_id: str, user_id: str, channel_id: str, thread_ts: str
) -> tuple[int, ...]:
    """Leave unanswered what the person asked in this thread, unless its answer was sent; return the ids of questions.

    What others asked there is answered.
    """
    inbox.withdraw_in_thread(session, workspace_id, user_id, channel_id, thread_ts)
    return asked.forget_thread(session, workspace_id, user_id, channel_id, thread_ts)


# Questions asked by message that a language model is to read: kept with their event, answered once, then forgotten.

LEASE = timedelta(seconds=60)
"""Time for which a question is leased to a worker besides that of the model: longer than the answer may take."""

MOST_TIMES_ASKED = 2
"""A model reads a question, then drafts or writes."""

TRIES_WITH_MODEL = 2
"""Taken up more often, a question is answered by rules alone: something about it ends the process."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A question to answer, for its asker as they are now; None where they may not use the bot any more."""

    row: PendingQuestion
    asker: PersonFacts | None

    @property
    def readers(self) -> Audience:
        return Audience(self.row.workspace_id, user_id=self.row.user_id, channel_id=self.row.readers)

    @property
    def is_for_model(self) -> bool:
        """False once it was taken up so often that the model is left out."""
        return self.row.tries <= TRIES_WITH_MODEL


def queue_question(
    session: Session,
    asker: Audience,
    text: str,
    *,
    key: str,
    place: str,
    channel_id: str,
    thread_ts: str,
    is_private: bool,
    is_notes: bool = False,
    now: datetime,
    viewed: str = "",
) -> None:
    """Store the question until it is answered; `asker` names its person, and the channel whose members read along.

    `key` is that of the message's event, `place` names the conversation, `viewed` is what the asker looked at;
    `is_notes` where the text is that of a file.
    """
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
        viewed=viewed,
        is_notes=is_notes,
        asked_at=now,
    )
    asked.save_question(session, row)


def take_up(session: Session, now: datetime, *, model_seconds: float = 0.0) -> Pending | None:
    """Lease the next question, or return None; `model_seconds` is the longest that a model may take for one answer.

    A question of somebody unknown or gone since, or of a workspace that removed the bot, has no `asker`.
    """
    row = asked.claim_questions(session, now=now, lease=LEASE + timedelta(seconds=MOST_TIMES_ASKED * model_seconds))
    if row is None:
        return None
    person = people.find(session, row.workspace_id, row.user_id)
    workspace = workspaces.get(session, row.workspace_id)
    is_there = workspace is not None and not workspaces.is_removed(workspace)
    return Pending(row, person_facts(person) if is_there and is_member(person) else None)


def answer_once(session: Session, pending: Pending, rendered: Sequence[Rendered], *, now: datetime) -> bool:
    """Queue the answer and forget the question; False, with nothing queued, where `end` finds it gone."""
    row, is_waited_for = pending.row, end(session, pending)
    if is_waited_for:
        asker, thread = (row.workspace_id, row.user_id), (row.channel_id, row.thread_ts)
        send_answer(session, *asker, *thread, rendered, key=row.key, is_private=row.is_private, now=now)
    return is_waited_for


def send_answer(
    session: Session,
    workspace_id: str,
    user_id: str,
    channel_id: str,
    thread_ts: str,
    rendered: Sequence[Rendered],
    *,
    key: str,
    is_private: bool,
    now: datetime,
) -> None:
    """Queue the answer to the message of this key in its thread; by direct message where it `is_private`."""
    key = answer_key(key)
    if is_private:
        queue_page_to(session, workspace_id, user_id, rendered, key=key, now=now)
        return
    thread = {"channel_id": channel_id, "thread_ts": thread_ts}
    queue_reply(session, workspace_id, rendered, **thread, user_id=user_id, key=key, now=now)


def end(session: Session, pending: Pending) -> bool:
    """Forget the question in the transaction that queues its answer; False where it is gone or taken up again since."""
    return asked.delete_if_still_ours(session, pending.row.row_id, tries=pending.row.tries)
