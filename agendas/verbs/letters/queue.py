"""Letters to people: confirmations that only they see, and direct messages."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rendering.blockkit import Rendered
from agendas.verbs.notices.queue import queue_notices
from agendas.verbs.record.record import Recorded
from storage.delivery import answers, outbox
from storage.delivery.subjects import ComposedMessage, ComposedSubject, RecordedSubject, SignalSubject, Subject, to_json
from storage.tables import Letter, LetterKind


def confirm(session: Session, author: Author, recorded: Sequence[Recorded], *, channel_id: str, place: str) -> None:
    """Queue the confirmation, with Undo, of what the author recorded in a form: where it was opened, else as a DM."""
    confirm_events(session, author, [each.event.id for each in recorded], channel_id=channel_id, place=place)


def confirm_events(session: Session, author: Author, event_ids: Sequence[int], *, channel_id: str, place: str) -> None:
    """Queue the confirmation of events by their ids; nothing where there are none."""
    if not event_ids:
        return
    letter = _confirmation(author, channel_id=channel_id, place=place)
    letter.key, letter.page = f"event:{event_ids[0]}:confirmation", "recorded"
    letter.subject = to_json(RecordedSubject(event_ids))
    outbox.queue(session, letter)
    answers.is_told_by_letter(session)


def confirm_signal(session: Session, author: Author, signal_id: int, *, channel_id: str, place: str) -> None:
    """Queue the confirmation of a signal."""
    letter = _confirmation(author, channel_id=channel_id, place=place)
    letter.key, letter.page = f"signal:{signal_id}:confirmation", "signal_noted"
    letter.subject = to_json(SignalSubject(signal_id))
    outbox.queue(session, letter)
    answers.is_told_by_letter(session)


def direct(
    session: Session, workspace_id: str, user_id: str, rendered: Sequence[Rendered], *, key: str, now: datetime
) -> None:
    """Queue a direct message that is composed already."""
    letter = _said(workspace_id, rendered, key=key, now=now)
    letter.kind, letter.user_id = LetterKind.DIRECT, user_id
    outbox.queue(session, letter)


def tell(
    session: Session,
    workspace_id: str,
    user_id: str,
    *,
    page: str,
    subject: Subject,
    key: str,
    at: datetime,
) -> None:
    """Queue a direct message for an instant, or for when the person wants such; it is composed when it is sent."""
    letter = Letter(
        workspace_id=workspace_id,
        key=key,
        kind=LetterKind.DIRECT,
        page=page,
        subject=to_json(subject),
        user_id=user_id,
        created_at=at,
        due_at=at,
    )
    queue_notices(session, [letter])


def reply(
    session: Session,
    workspace_id: str,
    rendered: Sequence[Rendered],
    *,
    channel_id: str,
    thread_ts: str,
    user_id: str,
    key: str,
    now: datetime,
) -> None:
    """Queue an answer to somebody, composed already, in the thread of a message."""
    letter = _said(workspace_id, rendered, key=key, now=now, to=user_id)
    letter.kind, letter.channel_id, letter.thread_ts = LetterKind.POST, channel_id, thread_ts
    outbox.queue(session, letter)


def whisper(
    session: Session,
    author: Author,
    rendered: Sequence[Rendered],
    *,
    channel_id: str,
    thread_ts: str,
    key: str,
) -> None:
    """Queue what only the author sees in a thread, composed already."""
    letter = _said(author.workspace_id, rendered, key=key, now=author.at)
    letter.kind, letter.user_id = LetterKind.EPHEMERAL, author.user_id
    letter.channel_id, letter.thread_ts = channel_id, thread_ts
    outbox.queue(session, letter)


def _confirmation(author: Author, *, channel_id: str, place: str) -> Letter:
    """Return a letter to the author alone: where the form was opened, else as a DM; the caller fills in its page."""
    return Letter(
        workspace_id=author.workspace_id,
        key="",
        kind=LetterKind.EPHEMERAL if channel_id and not channel_id.startswith("D") else LetterKind.DIRECT,
        page="",
        channel_id=channel_id,
        user_id=author.user_id,
        thread_ts=place,
        created_at=author.at,
        due_at=author.at,
    )


def _said(workspace_id: str, rendered: Sequence[Rendered], *, key: str, now: datetime, to: str = "") -> Letter:
    messages = [ComposedMessage(text=each.text, blocks=each.blocks, plain=each.plain) for each in rendered]
    return Letter(
        workspace_id=workspace_id,
        key=key,
        kind=LetterKind.POST,
        page="said",
        subject=to_json(ComposedSubject(messages, to)),
        created_at=now,
        due_at=now,
    )
