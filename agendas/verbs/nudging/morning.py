"""The digest of a working morning: made for who owes or is asked for something, or for whoever stands in for them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from agendas.facts.people import Choice, NoticeKind
from agendas.rules.notices.profiles import has_morning_digest
from agendas.rules.notices.working_hours import WorkingHours, next_working_morning
from agendas.rules.nudging.follow_ups import FollowedKind, shown_next_on
from agendas.rules.nudging.mornings import Look, look
from agendas.rules.preparing.stand_in import stands_in
from agendas.verbs.loading.days_away import away_on
from agendas.verbs.notices.kinds import MORNING
from agendas.verbs.notices.plan_reminders import hours_of
from agendas.verbs.notices.preferences import EVERYTHING_AT_ONCE, Reader, readers
from agendas.verbs.notices.queue import queue_notices, who_may_act
from agendas.verbs.notices.telling import profiles_of
from agendas.verbs.nudging.owed import Owed, asked_now, owed_by
from storage import account_items, people
from storage.delivery.nudge_subjects import MorningSubject
from storage.delivery.subjects import to_json
from storage.nudging import follow_ups, mornings
from storage.tables import FollowUp, Letter, LetterKind, Person

Write = Callable[[Session], None]

MOMENT = timedelta(seconds=1)
AGAIN = timedelta(days=1)
"""Time to the next try for somebody whose digest fails each time."""


@dataclass(frozen=True, slots=True)
class Found:
    """A look at a person's work: the digest to queue, None without one, and the next days of what it shows, by id.

    Who may record nothing any more `is_lost`: what is asked of them is asked of somebody else.
    """

    planned_at: datetime
    next_at: datetime | None
    letter: Letter | None = None
    next_on: dict[int, date] = field(default_factory=dict)
    is_lost: bool = False


def look_at_morning(session: Session, person_row_id: int, now: datetime) -> Write:
    """Return the write that queues the person's digest, if anything is overdue or asked of them this morning.

    And that plans the next look: none once nothing is open of theirs any more.
    """
    row = mornings.get(session, person_row_id)
    if row is None or row.morning_at is None or row.morning_at > now:
        return lambda _session: None
    found = _found(session, row, row.morning_at, now)
    return lambda session: _keep(session, person_row_id, found, now)


def leave_morning(session: Session, person_row_id: int, now: datetime) -> None:
    """Look again a day later: making the digest fails each time."""
    row = mornings.get(session, person_row_id, lock=True)
    if row is not None:
        row.morning_at = now + AGAIN
        session.add(row)


def _found(session: Session, row: Person, planned_at: datetime, now: datetime) -> Found:
    workspace_id, user_id = row.workspace_id, row.user_id
    reader = readers(session, workspace_id, (user_id,)).get(user_id, EVERYTHING_AT_ONCE)
    seen = _look(session, row, reader, now)
    owed = owed_by(session, workspace_id, user_id, now=max(now, seen.at), zone=row.time_zone)
    if not owed.is_anything:
        return Found(planned_at, None)
    found = Found(planned_at, seen.next_at, is_lost=user_id not in who_may_act(session, workspace_id, (user_id,)))
    if seen.on is None or found.is_lost or not _wants_digest(session, row, reader, now):
        return found
    shown = _shown_on(session, row, owed, seen.on)
    to, at = _receiver(session, row, seen.on, max(now, seen.at))
    # a blocker past its limit was escalated and then rests: it is listed beside what else there is
    if not to or not (shown or owed.overdue):
        return found
    letter = _letter(row, to, seen.on, now=now, at=at)
    letter.subject = to_json(MorningSubject(user_id, [each.event_id for each in shown]))
    next_on = {each.row_id: shown_next_on(FollowedKind(each.kind), seen.on) for each in shown}
    return replace(found, letter=letter, next_on=next_on)


def _wants_digest(session: Session, row: Person, reader: Reader, now: datetime) -> bool:
    """Return true unless the person switched it off, or chose nothing and takes part in light cadences alone."""
    chosen = dict(reader.preferences.choices).get(NoticeKind.NUDGES)
    if chosen is not None:
        return chosen is not Choice.OFF
    return has_morning_digest(profiles_of(session, row.workspace_id, (row.user_id,), at=now)[row.user_id])


def _look(session: Session, row: Person, reader: Reader, now: datetime) -> Look:
    """Return the look; a day on which nobody works has no digest, one on which the person is away a stand-in's."""
    theirs, planned_at = _hours(session, row, now), row.morning_at or now
    hours = replace(theirs, away=tuple(each for each in theirs.away if not each.user_id))
    is_unplanned = planned_at == mornings.UNPLANNED
    return look(hours, reader.preferences.digest_at, now, planned_at=planned_at, plans_only=is_unplanned)


def _shown_on(session: Session, row: Person, owed: Owed, on: date) -> list[FollowUp]:
    """Return the follow-ups of what is asked of the person and shown on this day."""
    due = {each.event_id: each for each in owed.asked if each.next_on is not None and each.next_on <= on}
    asks, blockers = asked_now(session, row.workspace_id, list(due), of=row.user_id)
    numbers = {each.ask.event_id for each in asks} | {each.blocker.id for each in blockers}
    return [each for number, each in due.items() if number in numbers]


def _receiver(session: Session, row: Person, on: date, at: datetime) -> tuple[str, datetime]:
    """Return who gets the digest, '' for nobody, and when: of who is away, their stand-in on that one's next morning.

    Without a stand-in who is there it waits until the person is back.
    """
    away = away_on(session, row.workspace_id, (row.user_id,), on)
    if row.user_id not in away:
        return row.user_id, at
    person = people.find(session, row.workspace_id, stands_in(row.user_id, away))
    if person is None:
        return "", at
    reader = readers(session, row.workspace_id, (person.user_id,)).get(person.user_id, EVERYTHING_AT_ONCE)
    # an instant before, since it may be their morning just now
    morning_at = next_working_morning(_hours(session, person, at), at - MOMENT, reader.preferences.digest_at)
    return person.user_id, morning_at or at


def _hours(session: Session, row: Person, now: datetime) -> WorkingHours:
    return hours_of(session, row.workspace_id, (row.user_id,), now).get(row.user_id, WorkingHours(row.time_zone))


def _letter(row: Person, to: str, on: date, *, now: datetime, at: datetime) -> Letter:
    return Letter(
        workspace_id=row.workspace_id,
        key=f"{MORNING}:{row.user_id}:{on}",
        kind=LetterKind.DIRECT,
        page=MORNING,
        user_id=to,
        created_at=now,
        due_at=at,
    )


def _keep(session: Session, person_row_id: int, found: Found, now: datetime) -> None:
    row = mornings.get(session, person_row_id, lock=True)
    if row is None or row.morning_at != found.planned_at:
        return
    # something may have been opened since it was looked
    row.morning_at = found.next_at or (now + AGAIN if _has_open(session, row) else None)
    session.add(row)
    session.flush()
    if found.is_lost:
        follow_ups.look_again_for(session, row.workspace_id, row.user_id, now)
    if found.letter is not None:
        queue_notices(session, [found.letter])
        follow_ups.note_nudged(session, found.next_on)


def _has_open(session: Session, row: Person) -> bool:
    who = (row.workspace_id, row.user_id)
    finds = (account_items.actions_of_owner, mornings.owned_blockers, follow_ups.of_person)
    return any(find(session, *who) for find in finds)
