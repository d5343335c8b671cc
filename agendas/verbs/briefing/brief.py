"""Brief the facilitator an hour before each review, once for each date that a cadence meets on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.reviews.brief import Instead
from agendas.facts.reviews.cadence import CadenceKind
from agendas.rules.preparing.stand_in import stands_in
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import away_on
from agendas.verbs.loading.rows import is_member
from agendas.verbs.notices.kinds import BRIEF
from agendas.verbs.notices.queue import queue_notices
from storage import people, reviews
from storage.delivery import letter_keys
from storage.delivery.brief_subjects import BriefSubject
from storage.delivery.subjects import to_json
from storage.preparing import briefs
from storage.tables import Cadence, Letter, LetterKind

BRIEFED_BEFORE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Readers:
    """Everybody who is briefed of a review planned for an instant, and why it is not the facilitator."""

    at: datetime
    user_ids: tuple[str, ...]
    instead: Instead | None = None


def unbriefed(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the ids of the cadences that meet within an hour and of which nobody was briefed."""
    return briefs.unbriefed(session, now + BRIEFED_BEFORE, limit)


def next_to_brief_at(session: Session) -> datetime | None:
    """Return the earliest instant at which a facilitator is to be briefed, None without one."""
    meets_at = briefs.next_unbriefed_at(session)
    return meets_at - BRIEFED_BEFORE if meets_at else None


def brief_facilitator(session: Session, cadence_id: int, now: datetime) -> Callable[[Session], object]:
    """Find whom to brief, in a read, and return the write that queues it for them."""
    row = reviews.cadence(session, cadence_id)
    if row is None or row.next_at is None or row.next_at - BRIEFED_BEFORE > now:
        return lambda _writing: None  # another process opened the review, or somebody moved it
    found = readers(session, row, row.next_at)
    return lambda writing: _brief(writing, cadence_id, found, now)


def leave_unbriefed(session: Session, cadence_id: int) -> None:
    """Brief nobody of the next review of a cadence, of which briefing fails each time."""
    row = reviews.cadence(session, cadence_id)
    if row is not None:
        row.briefed_on = row.next_on
        session.add(row)


def readers(session: Session, row: Cadence, at: datetime) -> Readers:
    """Return the facilitator, who stands in while they are away, or the admins where neither can be reached."""
    if not row.facilitator:
        return Readers(at, _admins(session, row), Instead.NOBODY)
    person = people.find(session, row.workspace_id, row.facilitator)
    if not is_member(person):
        return Readers(at, _admins(session, row), Instead.GONE)
    away = away_on(session, row.workspace_id, (row.facilitator,), local_date(at, row.zone))
    if row.facilitator not in away:
        return Readers(at, (row.facilitator,))
    stand_in = stands_in(row.facilitator, away)
    if stand_in:
        return Readers(at, (stand_in,), Instead.STANDS_IN)
    return Readers(at, _admins(session, row), Instead.AWAY)


def _admins(session: Session, row: Cadence) -> tuple[str, ...]:
    return tuple(each.user_id for each in people.admins(session, row.workspace_id))


def _brief(session: Session, cadence_id: int, found: Readers, now: datetime) -> None:
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.next_at is None or row.next_on is None or row.kind != CadenceKind.ACCOUNTS:
        return
    if found.at != row.next_at or row.briefed_on == row.next_on:
        return  # moved meanwhile: it is looked at again
    # after a restore it may have gone out since it was due: then it is looked for in Slack before it is sent
    tried_since = row.next_at - BRIEFED_BEFORE if row.briefed_on == briefs.MAY_BE_BRIEFED else None
    row.briefed_on = row.next_on
    session.add(row)
    if row.next_at > now:
        queue_notices(session, _letters(row, found, now, tried_since))


def _letters(row: Cadence, found: Readers, now: datetime, tried_since: datetime | None) -> Sequence[Letter]:
    if row.next_on is None:
        raise LookupError(f"cadence {row.row_id} has no next date")
    instead = found.instead.value if found.instead else ""
    subject = BriefSubject(row.row_id, row.next_on.isoformat(), found.at.isoformat(), instead)
    meets_on = local_date(found.at, row.zone)
    return [
        Letter(
            workspace_id=row.workspace_id,
            key=letter_keys.of_brief(row.row_id, meets_on, user_id),
            kind=LetterKind.DIRECT,
            page=BRIEF,
            subject=to_json(subject),
            user_id=user_id,
            created_at=now,
            due_at=now,
            not_after=found.at,
            first_tried_at=tried_since,
            tried_until=now if tried_since else None,
        )
        for user_id in found.user_ids
    ]
