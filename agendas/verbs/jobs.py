"""Jobs due by the clock, one after the other, each set aside when it fails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.program import TrailSubject
from agendas.text.dates import local_date
from agendas.verbs import briefing, fit, letters, months, preparing, reminding
from agendas.verbs import nudging as nudges
from agendas.verbs import reviews as opening
from agendas.verbs.closing import close_due
from agendas.verbs.trail import note_change
from storage import channels, inbox, letter_subjects, measures, nudging, outbox, reviews
from storage.letter_subjects import FailureSubject
from storage.models.reviews import ReviewState
from storage.preparing import BRIEFED, EXECUTIVES_NOTIFIED, PREPARED

# Quarantine for work that fails each time it is due: it alone stops, and those who can help are notified once.


def pause_failing(session: Session, cadence_id: int, *, reference: str, now: datetime) -> None:
    """Pause the cadence whose review cannot be opened, and tell its facilitator and the admins.

    `reference` is in the message and in the log, so that whoever runs the bot finds the failure. Does nothing for a
    cadence that is paused already.
    """
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.is_paused:
        return
    row.is_paused, planned_on = True, row.next_on
    row.next_at = row.next_on = None
    session.add(row)
    system = Author(row.workspace_id, "", Source.SYSTEM, now)
    after = {"is_paused": True, "because": "opening its review failed again and again", "reference": reference}
    note_change(session, system, TrailSubject.CADENCE, row.row_id, before={"is_paused": False}, after=after)
    key = f"cadence:{row.row_id}:failed:{planned_on}"
    subject = FailureSubject(row.channel_id, reference, planned_on.isoformat() if planned_on else "")
    _notify(session, row.workspace_id, subject, page="not_opened", key=key, now=now)


def set_aside_review(session: Session, review_id: int, *, reference: str, now: datetime) -> None:
    """Leave a review open that could not be closed at its time, and tell its facilitator and the admins.

    Does nothing for a review that is closed meanwhile or has no closing time any more.
    """
    row = reviews.by_id(session, review_id, lock=True)
    if row is None or row.state != ReviewState.OPEN or row.closes_at is None:
        return
    row.closes_at = None
    session.add(row)
    key = letter_subjects.of_review(row.row_id, "not_closed")
    subject = FailureSubject(row.channel_id, reference, local_date(row.planned_at, row.zone).isoformat())
    _notify(session, row.workspace_id, subject, page="not_closed", key=key, now=now)


def _notify(
    session: Session, workspace_id: str, subject: FailureSubject, *, page: str, key: str, now: datetime
) -> None:
    """Notify those who can help, each once for this key."""
    for user_id in letters.people_who_help(session, workspace_id, subject.channel_id):
        letters.queue_direct(session, workspace_id, user_id, page=page, subject=subject, key=f"{key}:{user_id}", at=now)


# Scheduled work: rows that are due, and the verb that serves one of them.

BATCH = 200
"""Due rows found at once; what is due beyond them is found once these are served."""

Serve = Callable[[Session, int, datetime], object]


@dataclass(frozen=True, slots=True)
class InRead:
    """Work that is found out in a read, which returns a short write of the result: a long one would block others."""

    work_out: Callable[[Session, int, datetime], Callable[[Session], object]]


@dataclass(frozen=True, slots=True)
class Together:
    """Work on all rows that are due at once: found out in one read, which returns one short write of the result."""

    work_out: Callable[[Session, Sequence[int], datetime], Callable[[Session], object]]


@dataclass(frozen=True, slots=True)
class DueJob:
    """A kind of work the tick does: `find` gives the ids that are due, `serve` does one in its own transaction.

    `set_aside` is for one that fails each time: it is not due any more, and people are told with a reference.
    `next_at` gives the earliest instant at which there will be such work, None when none is planned; what is done at
    once, and what nobody waits for, is never planned.
    """

    name: str
    find: Callable[[Session, datetime], list[int]]
    serve: Serve | InRead | Together
    set_aside: Callable[[Session, int, datetime, str], object]
    next_at: Callable[[Session, datetime], datetime | None] = lambda _session, _now: None


DUE_JOBS = (
    DueJob(
        "keep_month",
        lambda session, now: measures.due_months(session, now, BATCH),
        InRead(months.keep_accounts),
        lambda session, month_id, _now, _reference: months.set_aside_month(session, month_id),
    ),
    DueJob(
        "keep_figures",
        lambda session, _now: measures.due_figures(session, BATCH),
        InRead(months.keep_figures),
        lambda session, figures_id, _now, _reference: months.set_aside_figures(session, figures_id),
    ),
    DueJob(
        "bring_home",
        lambda session, _now: channels.posting_elsewhere(session, BATCH),
        lambda session, account_id, now: letters.move_own_channel_back(session, account_id, now=now),
        lambda session, account_id, _now, _reference: letters.leave_there(session, account_id),
    ),
    DueJob(
        "open_review",
        lambda session, now: reviews.due_cadences(session, now, BATCH),
        lambda session, cadence_id, now: opening.open_due(session, cadence_id, now=now),
        lambda session, cadence_id, now, reference: pause_failing(session, cadence_id, reference=reference, now=now),
        lambda session, _now: reviews.next_meeting_at(session),
    ),
    DueJob(
        "prepare_review",
        lambda session, now: preparing.cadences_to_ask(session, now, BATCH),
        InRead(preparing.ask_people),
        lambda session, cadence_id, _now, _reference: PREPARED.set_aside(session, cadence_id),
        lambda session, _now: preparing.next_to_ask_at(session),
    ),
    DueJob(
        "tell_executives",
        lambda session, now: opening.meetings_to_notify(session, now, BATCH),
        opening.notify_executives,
        lambda session, cadence_id, _now, _reference: EXECUTIVES_NOTIFIED.set_aside(session, cadence_id),
        lambda session, _now: opening.next_notice_at(session),
    ),
    DueJob(
        "remind_to_prepare",
        reminding.reminders_due,
        InRead(reminding.remind),
        lambda session, asked_id, now, _reference: reminding.set_aside_reminder(session, asked_id, now),
        lambda session, _now: reminding.next_reminder_at(session),
    ),
    DueJob(
        "brief_facilitator",
        lambda session, now: BRIEFED.due(session, now + briefing.BRIEFED_BEFORE, BATCH),
        InRead(briefing.brief_facilitator),
        lambda session, cadence_id, _now, _reference: BRIEFED.set_aside(session, cadence_id),
        lambda session, _now: briefing.next_to_brief_at(session),
    ),
    DueJob(
        "close_review",
        lambda session, now: reviews.due_to_close(session, now, BATCH),
        lambda session, review_id, now: close_due(session, review_id, now=now),
        lambda session, review_id, now, reference: set_aside_review(session, review_id, reference=reference, now=now),
        lambda session, _now: reviews.next_closing_at(session),
    ),
    DueJob(
        "remind_of_scores",
        lambda session, now: fit.due_reminders(session, now, BATCH),
        lambda session, request_id, now: fit.remind(session, request_id, now=now),
        lambda session, request_id, now, _reference: fit.set_aside_reminder(session, request_id, now=now),
        fit.next_reminder_at,
    ),
    DueJob(
        "follow_up",
        lambda session, now: nudging.due_follow_ups(session, now, BATCH),
        Together(nudges.look_after),
        lambda session, follow_up_id, now, _reference: nudges.set_aside_follow_up(session, follow_up_id, now),
        lambda session, _now: nudging.next_follow_up_at(session),
    ),
    DueJob(
        "morning_digest",
        lambda session, now: nudging.due_mornings(session, now, BATCH),
        InRead(nudges.look_at_morning),
        lambda session, person_row_id, now, _reference: nudges.set_aside_digest(session, person_row_id, now),
        lambda session, _now: nudging.next_morning_at(session),
    ),
    DueJob(
        "tell_unanswered",
        lambda session, now: inbox.overdue(session, now, BATCH),
        letters.confirm_unanswered,
        lambda session, row_id, _now, _reference: inbox.settle(session, [row_id]),
    ),
    DueJob(
        "try_channel",
        lambda session, now: outbox.channels_due(session, now, BATCH),
        lambda session, channel_row_id, now: letters.try_again(session, channel_row_id, now=now),
        lambda session, channel_row_id, now, _reference: letters.try_later(session, channel_row_id, now=now),
        outbox.next_retry_at,
    ),
)


def next_moment(session: Session, now: datetime) -> datetime | None:
    """Return the instant at which the next work or letter falls due, None when nothing is planned.

    It is not after now for work that is due already; letters that are due are on their way.
    """
    planned = [*(job.next_at(session, now) for job in DUE_JOBS), outbox.next_due_at(session, now)]
    return min((instant for instant in planned if instant is not None), default=None)
