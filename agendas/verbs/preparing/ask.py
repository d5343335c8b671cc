"""Ask people to prepare the next review of a cadence: one message each, with all their reviews of two days."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.facts.reviews.preparing import Participant
from agendas.rules.preparing.when import together_until
from agendas.verbs.loading.participants import participants
from agendas.verbs.loading.plan import plan_of
from agendas.verbs.loading.preparation import cutoff_of
from agendas.verbs.notices.kinds import PREPARATION
from agendas.verbs.notices.plan_reminders import plan_reminders
from agendas.verbs.notices.queue import queue_notices
from agendas.verbs.preparing.begin import (
    due_instants,
    earliest_due_at,
    is_due,
    is_looked_at_again,
    looked_at_again_at,
)
from agendas.verbs.record.show_preparations import show_anew
from storage import reviews, workspaces
from storage.delivery import letter_keys
from storage.delivery.subjects import PreparationSubject, to_json
from storage.preparing import asked_people
from storage.preparing.once_a_date import MAY_BE_DONE
from storage.privacy import channel_members
from storage.tables import Asked, Cadence, Letter, LetterKind


@dataclass(frozen=True, slots=True)
class Found:
    """People to ask as a read found them, each at an instant of their own; `planned` is the review's time then.

    At `again_at` others are looked for, of whom nobody knows yet if they see the accounts private to the channel; None
    where all are known. Of those who were asked before that was known, `members` see these accounts.
    """

    planned: tuple[datetime | None, object]
    rows: tuple[Asked, ...]
    cutoffs: dict[int, datetime]
    again_at: datetime | None = None
    members: Collection[str] = ()


def ask_people(session: Session, cadence_id: int, now: datetime) -> Callable[[Session], object]:
    """Find whom to ask, in a read, and return the write that asks them."""
    row = reviews.cadence(session, cadence_id)
    if row is None or not is_due(session, row, now):
        return lambda _writing: None  # another process opened the review, or somebody moved it
    found = _found(session, row, now)
    return lambda writing: _ask(writing, cadence_id, found, now)


def leave_unasked(session: Session, cadence_id: int) -> None:
    """Ask nobody to prepare the next review of a cadence, of which asking fails each time."""
    row = reviews.cadence(session, cadence_id)
    if row is not None:
        row.prepared_on = row.next_on
        session.add(row)


def _found(session: Session, row: Cadence, now: datetime) -> Found:
    """The rows to add for everybody who is asked: none where it is too late to ask anybody."""
    soon = asked_people.meeting_until(session, row.workspace_id, together_until(plan_of(session, row), now))
    near = {each.row_id: each for each in (row, *soon) if (cutoff := cutoff_of(each)) is not None and cutoff > now}
    if row.row_id not in near:
        return Found((row.next_at, row.next_on), (), {})
    found = participants(session, list(near.values()), now=now)
    asked = {person.user_id for person in found[row.row_id] if person.is_asked}
    due = due_instants(session, row, sorted(asked), now)
    rows = [
        _row(near[number], person, row, due[person.user_id])
        for number, everybody in found.items()
        for person in everybody
        if person.is_asked and person.user_id in asked
    ]
    for number, each in near.items():
        plan_reminders(session, each, [asked for asked in rows if asked.cadence_id == number], now)
    cutoffs = {number: cutoff for number, each in near.items() if (cutoff := cutoff_of(each)) is not None}
    again_at = looked_at_again_at(session, row, now)
    are_known_now = again_at is None and is_looked_at_again(session, row)
    members = channel_members.members(session, row.workspace_id, row.channel_id) if are_known_now else ()
    return Found((row.next_at, row.next_on), tuple(rows), cutoffs, again_at, members)


def _ask(session: Session, cadence_id: int, found: Found, now: datetime) -> None:
    """Store who is asked, and queue one letter for each of them, once for each planned date."""
    row = reviews.cadence(session, cadence_id)
    if row is None:
        return
    # two cadences that ask the same people at once wait for each other, so that nobody is asked twice
    workspaces.lock(session, row.workspace_id)
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.next_on is None or row.prepared_on == row.next_on:
        return
    if found.planned != (row.next_at, row.next_on):
        return  # moved meanwhile: it is looked at again
    # after a restore they may have been asked since it was due: then it is looked for in Slack before it is sent
    may_be_asked = row.prepared_on == MAY_BE_DONE
    if found.again_at is None:
        row.prepared_on = row.next_on
    else:
        row.prepare_at = found.again_at
    session.add(row)
    if found.members:
        before = asked_people.of_occurrence(session, row.row_id, row.next_on)
        show_anew(session, [each for each in before if each.user_id in found.members], now)
    new = _not_yet_asked(session, row, found.rows)
    if not new:
        return
    asked_people.add_many(session, new)
    letters = _letters(row, new, found)
    for letter in letters if may_be_asked else ():
        letter.first_tried_at, letter.tried_until = earliest_due_at(session, row, len(found.rows)), now
    queue_notices(session, letters)


def _not_yet_asked(session: Session, row: Cadence, rows: Sequence[Asked]) -> list[Asked]:
    """Those of these rows that are not stored yet, of people who were not asked to prepare this review."""
    known = (
        asked_people.of_cadences(session, {each.cadence_id for each in rows}, min(each.planned_on for each in rows))
        if rows
        else []
    )
    before = {_key(each) for each in known}
    new = [each for each in rows if _key(each) not in before]
    asked_now = {each.user_id for each in new if each.cadence_id == row.row_id}
    return [each for each in new if each.user_id in asked_now]


def _key(row: Asked) -> tuple[object, ...]:
    return row.cadence_id, row.planned_on, row.user_id, row.for_user_id


def _row(cadence: Cadence, person: Participant, asking: Cadence, due_at: datetime) -> Asked:
    if cadence.next_on is None or asking.next_on is None:
        raise LookupError(f"cadence {cadence.row_id} has no next date")
    return Asked(
        workspace_id=cadence.workspace_id,
        cadence_id=cadence.row_id,
        planned_on=cadence.next_on,
        user_id=person.user_id,
        for_user_id=person.for_user_id,
        part=person.part.value,
        asked_at=due_at,
        letter_key=letter_keys.of_preparation(asking.row_id, asking.next_on, person.user_id),
    )


def _letters(row: Cadence, asked: Collection[Asked], found: Found) -> list[Letter]:
    """One letter for each person, worth sending until the last cutoff of the reviews that it asks about."""
    until: dict[str, datetime] = {}
    for each in asked:
        cutoff = found.cutoffs[each.cadence_id]
        until[each.letter_key] = max(cutoff, until.get(each.letter_key, cutoff))
    return [_letter(row, each, until[each.letter_key]) for each in _first_of_each(asked)]


def _first_of_each(asked: Iterable[Asked]) -> Iterable[Asked]:
    first: dict[str, Asked] = {}
    for each in asked:
        first.setdefault(each.user_id, each)
    return first.values()


def _letter(row: Cadence, asked: Asked, not_after: datetime) -> Letter:
    return Letter(
        workspace_id=row.workspace_id,
        key=asked.letter_key,
        kind=LetterKind.DIRECT,
        page=PREPARATION,
        subject=to_json(PreparationSubject(asked.letter_key)),
        user_id=asked.user_id,
        created_at=asked.asked_at,
        due_at=asked.asked_at,
        not_after=not_after,
    )
