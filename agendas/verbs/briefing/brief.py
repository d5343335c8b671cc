"""Brief the facilitator an hour before each review, once for each date that a cadence meets on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.facts.reviews.brief import Instead
from agendas.facts.reviews.cadence import CadenceKind
from agendas.rules.preparing.stand_in import stands_in
from agendas.text.days import local_date
from agendas.verbs.briefing.shown import BRIEFED_BEFORE, brief_keys
from agendas.verbs.loading.days_away import away_on
from agendas.verbs.loading.rows import is_member
from agendas.verbs.notices.kinds import BRIEF
from agendas.verbs.notices.queue import queue_anew, queue_notices
from storage import people, reviews
from storage.delivery import outbox
from storage.delivery.brief_subjects import BriefSubject
from storage.delivery.subjects import to_json
from storage.preparing.once_a_date import BRIEFED, MAY_BE_DONE
from storage.tables import Cadence, Letter, LetterKind


@dataclass(frozen=True, slots=True)
class Readers:
    """Everybody who is briefed of a review planned for an instant, and why it is not the facilitator."""

    at: datetime
    user_ids: tuple[str, ...]
    instead: Instead | None = None


def unbriefed(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the ids of the cadences that meet within an hour and of which nobody was briefed."""
    return BRIEFED.due(session, now + BRIEFED_BEFORE, limit)


def next_to_brief_at(session: Session) -> datetime | None:
    """Return the earliest instant at which a facilitator is to be briefed, None without one."""
    meets_at = BRIEFED.next_meeting_at(session)
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
    tried_since = row.next_at - BRIEFED_BEFORE if row.briefed_on == MAY_BE_DONE else None
    row.briefed_on = row.next_on
    session.add(row)
    if row.next_at > now:
        instead = found.instead.value if found.instead else ""
        subject = BriefSubject(row.row_id, row.next_on.isoformat(), found.at.isoformat(), instead)
        letters = [
            _letter(row, subject, user_id, key=key, now=now) for user_id, key in _keys(session, row, found).items()
        ]
        for letter in letters if tried_since else ():
            letter.first_tried_at, letter.tried_until = tried_since, now
        # of a review that was off for a while a brief may have been dropped
        stored = outbox.by_keys(session, row.workspace_id, [each.key for each in letters])
        queue_anew(session, stored.values(), now, not_after=row.next_at)
        queue_notices(session, letters)


def _keys(session: Session, row: Cadence, found: Readers) -> dict[str, str]:
    """The key of each person's brief: another one where they were briefed of an earlier time on the same day."""
    keys = {user_id: brief_keys(row, found.at, user_id) for user_id in found.user_ids}
    had = outbox.by_keys(session, row.workspace_id, [first for first, _ in keys.values()])
    at = found.at.isoformat()
    return {
        user_id: first if first not in had or had[first].subject.get("at") == at else again
        for user_id, (first, again) in keys.items()
    }


def _letter(row: Cadence, subject: BriefSubject, user_id: str, *, key: str, now: datetime) -> Letter:
    return Letter(
        workspace_id=row.workspace_id,
        key=key,
        kind=LetterKind.DIRECT,
        page=BRIEF,
        subject=to_json(subject),
        user_id=user_id,
        created_at=now,
        due_at=now,
        not_after=datetime.fromisoformat(subject.at),
    )
