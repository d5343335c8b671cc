"""Letters with the audit of a month that ended, to those whom the program's settings name."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.people import Function
from agendas.facts.program.settings import AUDIT_SENT, AuditReaders
from agendas.verbs.loading.load_facts import settings_of
from storage import people, reviews
from storage.delivery import outbox
from storage.delivery.subjects import MonthSubject, to_json
from storage.tables import Letter, LetterKind, ProgramFigures

PAGE = "month_audit"

NEWS_FOR = timedelta(days=3)
"""A month that ended longer ago is no news: its figures were worked out late, as of the history of an upgrade."""


def send_audit(session: Session, figures: ProgramFigures, now: datetime) -> None:
    """Queue the audit of the month whose figures were kept, once for each reader that is wanted."""
    wanted = settings_of(session, figures.workspace_id).value(AUDIT_SENT)
    if wanted == AuditReaders.NOBODY or now - figures.ended_at > NEWS_FOR:
        return
    readers = _channels if wanted == AuditReaders.REVIEW_CHANNELS else _executives
    month = f"{figures.on:%Y-%m}"
    letters = [_letter(figures.workspace_id, month, *reader, now=now) for reader in readers(session, figures)]
    outbox.queue_many(session, letters)


def _channels(session: Session, figures: ProgramFigures) -> Iterator[tuple[str, str]]:
    """Yield (channel, '') of the channels that hold reviews."""
    for cadence in reviews.cadences(session, figures.workspace_id):
        if not cadence.is_paused:
            yield cadence.channel_id, ""


def _executives(session: Session, figures: ProgramFigures) -> Iterator[tuple[str, str]]:
    """Yield ('', user id) of our executives."""
    for person in people.with_function(session, figures.workspace_id):
        if person.function == Function.EXECUTIVE:
            yield "", person.user_id


def _letter(workspace_id: str, month: str, channel_id: str, user_id: str, *, now: datetime) -> Letter:
    return Letter(
        workspace_id=workspace_id,
        key=f"audit:{month}:{channel_id or user_id}",
        kind=LetterKind.POST if channel_id else LetterKind.DIRECT,
        page=PAGE,
        subject=to_json(MonthSubject(month)),
        channel_id=channel_id,
        user_id=user_id,
        created_at=now,
        due_at=now,
    )
