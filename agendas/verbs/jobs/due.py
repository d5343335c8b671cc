"""Scheduled work: rows that are due, and the verb that serves one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.verbs.briefing.brief import brief_facilitator, leave_unbriefed, next_to_brief_at, unbriefed
from agendas.verbs.fit.remind import due_reminders, leave_unreminded, next_reminder_at, remind
from agendas.verbs.jobs.quarantine import leave_open, pause_failing
from agendas.verbs.letters.own_channel import bring_home, leave_there
from agendas.verbs.letters.trouble import try_again, try_later
from agendas.verbs.letters.unanswered import tell_unanswered
from agendas.verbs.measures.keeping.figures import keep_figures, leave_figures
from agendas.verbs.measures.keeping.months import keep_accounts, leave_month
from agendas.verbs.nudging.follow_up import leave_follow_up, look_after
from agendas.verbs.nudging.morning import leave_morning, look_at_morning
from agendas.verbs.preparing.ask import ask_people, leave_unasked
from agendas.verbs.preparing.begin import next_to_ask_at, unasked
from agendas.verbs.reminding.remind import leave_unreminded as leave_unprepared
from agendas.verbs.reminding.remind import next_reminder_at as next_reminder_to_prepare_at
from agendas.verbs.reminding.remind import remind as remind_to_prepare
from agendas.verbs.reminding.remind import reminders_due
from agendas.verbs.reviews.close import close_due
from agendas.verbs.reviews.executive_before import leave_untold, next_to_tell_at, tell_executives, untold
from agendas.verbs.reviews.start import open_due
from storage import channels, reviews
from storage.delivery import answers, channel_retries, outbox
from storage.measures import figures, months
from storage.nudging import follow_ups, mornings

BATCH = 200
"""Due rows found at once; what is due beyond them is found once these are served."""


Serve = Callable[[Session, int, datetime], object]


@dataclass(frozen=True, slots=True)
class InRead:
    """Work of a read: it looks, and returns the write that keeps what it found, for which nobody waits long."""

    work_out: Callable[[Session, int, datetime], Callable[[Session], object]]


@dataclass(frozen=True, slots=True)
class DueJob:
    """A kind of work the tick does: `find` gives the ids that are due, `serve` does one in its own transaction.

    `set_aside` is for one that fails each time: it is not due any more, and people are told with a reference.
    `next_at` gives the earliest instant at which there will be such work, None when none is planned.
    """

    name: str
    find: Callable[[Session, datetime], list[int]]
    serve: Serve | InRead
    set_aside: Callable[[Session, int, datetime, str], object]
    next_at: Callable[[Session, datetime], datetime | None]


DUE_JOBS = (
    DueJob(
        "keep_month",
        lambda session, now: months.due(session, now, BATCH),
        InRead(keep_accounts),
        lambda session, month_id, _now, _reference: leave_month(session, month_id),
        lambda _session, _now: None,  # nobody sees it, so nobody waits for it
    ),
    DueJob(
        "keep_figures",
        lambda session, _now: figures.due(session, BATCH),
        InRead(keep_figures),
        lambda session, figures_id, _now, _reference: leave_figures(session, figures_id),
        lambda _session, _now: None,  # done at once, never planned
    ),
    DueJob(
        "bring_home",
        lambda session, _now: channels.posting_elsewhere(session, BATCH),
        lambda session, account_id, now: bring_home(session, account_id, now=now),
        lambda session, account_id, _now, _reference: leave_there(session, account_id),
        lambda _session, _now: None,  # done at once, never planned
    ),
    DueJob(
        "open_review",
        lambda session, now: reviews.due_cadences(session, now, BATCH),
        lambda session, cadence_id, now: open_due(session, cadence_id, now=now),
        lambda session, cadence_id, now, reference: pause_failing(session, cadence_id, reference=reference, now=now),
        lambda session, _now: reviews.next_meeting_at(session),
    ),
    DueJob(
        "prepare_review",
        lambda session, now: unasked(session, now, BATCH),
        InRead(ask_people),
        lambda session, cadence_id, _now, _reference: leave_unasked(session, cadence_id),
        lambda session, _now: next_to_ask_at(session),
    ),
    DueJob(
        "tell_executives",
        lambda session, now: untold(session, now, BATCH),
        tell_executives,
        lambda session, cadence_id, _now, _reference: leave_untold(session, cadence_id),
        lambda session, _now: next_to_tell_at(session),
    ),
    DueJob(
        "remind_to_prepare",
        reminders_due,
        InRead(remind_to_prepare),
        lambda session, asked_id, now, _reference: leave_unprepared(session, asked_id, now),
        lambda session, _now: next_reminder_to_prepare_at(session),
    ),
    DueJob(
        "brief_facilitator",
        lambda session, now: unbriefed(session, now, BATCH),
        InRead(brief_facilitator),
        lambda session, cadence_id, _now, _reference: leave_unbriefed(session, cadence_id),
        lambda session, _now: next_to_brief_at(session),
    ),
    DueJob(
        "close_review",
        lambda session, now: reviews.due_to_close(session, now, BATCH),
        lambda session, review_id, now: close_due(session, review_id, now=now),
        lambda session, review_id, now, reference: leave_open(session, review_id, reference=reference, now=now),
        lambda session, _now: reviews.next_closing_at(session),
    ),
    DueJob(
        "remind_of_scores",
        lambda session, now: due_reminders(session, now, BATCH),
        lambda session, request_id, now: remind(session, request_id, now=now),
        lambda session, request_id, now, _reference: leave_unreminded(session, request_id, now=now),
        next_reminder_at,
    ),
    DueJob(
        "follow_up",
        lambda session, now: follow_ups.due(session, now, BATCH),
        InRead(look_after),
        lambda session, follow_up_id, now, _reference: leave_follow_up(session, follow_up_id, now),
        lambda session, _now: follow_ups.next_due_at(session),
    ),
    DueJob(
        "morning_digest",
        lambda session, now: mornings.due(session, now, BATCH),
        InRead(look_at_morning),
        lambda session, person_row_id, now, _reference: leave_morning(session, person_row_id, now),
        lambda session, _now: mornings.next_due_at(session),
    ),
    DueJob(
        "tell_unanswered",
        lambda session, now: answers.overdue(session, now, BATCH),
        tell_unanswered,
        lambda session, row_id, _now, _reference: answers.settle(session, [row_id]),
        lambda _session, _now: None,  # a crash is not planned
    ),
    DueJob(
        "try_channel",
        lambda session, now: channel_retries.channels_due(session, now, BATCH),
        lambda session, channel_row_id, now: try_again(session, channel_row_id, now=now),
        lambda session, channel_row_id, now, _reference: try_later(session, channel_row_id, now=now),
        channel_retries.next_retry_at,
    ),
)


def next_moment(session: Session, now: datetime) -> datetime | None:
    """Return the instant at which the next work or letter falls due, None when nothing is planned.

    It is not after now for work that is due already; letters that are due are on their way.
    """
    planned = [*(job.next_at(session, now) for job in DUE_JOBS), outbox.next_due_at(session, now)]
    return min((instant for instant in planned if instant is not None), default=None)
