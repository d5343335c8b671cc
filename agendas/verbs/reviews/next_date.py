"""The next occurrence of a cadence, which the tick looks for."""

from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.rules.reviews.schedule import next_occurrence
from agendas.verbs.briefing.shown import BRIEFED_BEFORE, follow_brief
from agendas.verbs.loading.plan import plan_of, plans_of, slot_of
from agendas.verbs.loading.preparation import asks_at_of, cutoff_of
from agendas.verbs.loading.rows import change_facts
from agendas.verbs.notices.plan_reminders import follow_move
from agendas.verbs.notices.queue import queue_anew
from agendas.verbs.record.show_preparations import follow_change
from storage import reviews
from storage.delivery import outbox
from storage.preparing import asked_people
from storage.tables import Cadence


def plan_next(session: Session, row: Cadence, *, at: datetime, is_replanned: bool = False) -> None:
    """Plan the next occurrence after a change at that instant; one that is due and not opened yet stays.

    The messages that asked people to prepare it, and their reminders, follow; `is_replanned` where the plan itself was
    changed.
    """
    was_on, was_at = row.next_on, row.next_at
    set_next(session, row, after=_due_still(session, row, at) or at)
    follow_change(session, row, was_on, now=at, is_replanned=is_replanned)
    if row.next_at != was_at:
        follow_move(session, row, at)
        _ask_again(session, row, at)
        follow_brief(session, row, was_at or row.next_at, at)


def set_next(session: Session, row: Cadence, *, after: datetime) -> None:
    """Write the instants the tick looks for: the first occurrence after `after`, none while paused, and its lead."""
    plan, changes = plan_of(session, row), change_facts(reviews.changes(session, row.row_id))
    found = None if row.is_paused else next_occurrence(plan, after, changes)
    if found is not None and found.at != row.next_at:
        row.told_on = None
        # within the hour before it, the brief of the same review at another time is edited and stays the only one
        if found.planned_on != row.briefed_on or found.at - BRIEFED_BEFORE > after:
            row.briefed_on = None
    row.next_at = found.at if found else None
    row.next_on = found.planned_on if found else None
    row.prepare_at = asks_at_of(row, plan)
    session.add(row)
    session.flush()


def plan_asking_anew(session: Session, workspace_id: str) -> None:
    """Write when people are asked to prepare the next review of each cadence, after a change of their working days."""
    rows = reviews.cadences(session, workspace_id)
    plans = plans_of(session, rows)
    for row in rows:
        row.prepare_at = asks_at_of(row, plans[row.row_id])
        session.add(row)


def _ask_again(session: Session, row: Cadence, at: datetime) -> None:
    """Queue what asks people to prepare the next review where it was dropped while that review was off."""
    until = cutoff_of(row)
    if row.next_on is None or until is None or until <= at:
        return
    asked = asked_people.of_occurrence(session, row.row_id, row.next_on)
    letters = outbox.by_keys(session, row.workspace_id, {each.letter_key for each in asked}) if asked else {}
    queue_anew(session, letters.values(), at, not_after=until)


def _due_still(session: Session, row: Cadence, at: datetime) -> datetime | None:
    """Return the instant just before the occurrence that is due at `at` and was not opened yet, None without one.

    The next tick opens it; a change made just before that must not pass over it.
    """
    if row.next_at is None or row.next_on is None or row.next_at > at:
        return None
    if reviews.by_slot(session, row.workspace_id, slot_of(row.row_id, row.next_on)) is not None:
        return None
    return row.next_at - timedelta(microseconds=1)
