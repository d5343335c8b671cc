"""The reminder of a review to prepare: planned, sent once, snoozed and stopped."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.people import Author
from agendas.facts.reviews import ReminderFacts, Unprepared
from agendas.rendering.words import day
from agendas.rules.notices import Snooze, WorkingHours, next_working_instant, snoozed_until, snoozes, work_ends_at
from agendas.verbs.notices import REMINDER, hours_of, queue_notices, undisturbed_at
from agendas.verbs.preparing import missing
from agendas.verbs.roster import cutoff_of
from storage import accounts, preparing
from storage.letter_subjects import letter_to
from storage.models.delivery import Letter
from storage.models.following import PrepRequest
from storage.models.reviews import Cadence

# Snooze a reminder to a time before the end of updates, or stop it for its reviews.

OVER = "There is nothing left to prepare of these reviews."
TOO_LATE = "Updates end {} at {}, before that time. Send yours now, or stop the reminder."


def snooze(session: Session, author: Author, asked_ids: Collection[int], choice: Snooze) -> None:
    """Remind the author again at the time chosen. Raises Refused if updates end before, or nobody knows their hours."""
    planned = _own(session, author, asked_ids)
    hours = hours_of(session, author.workspace_id, (author.user_id,), author.at).get(author.user_id)
    at = snoozed_until(choice, hours, author.at) if hours else None
    cutoffs = [cutoff for _, row in planned if (cutoff := cutoff_of(row)) is not None]
    last_cutoff: datetime = max(cutoffs)
    if at is None or at >= last_cutoff:
        local = last_cutoff.astimezone(ZoneInfo(author.zone))
        raise Refused(TOO_LATE.format(day(local.date()), f"{local:%H:%M}"))
    for each, row in planned:
        cutoff = cutoff_of(row)
        if cutoff is not None and at < cutoff:
            each.remind_at = at
            session.add(each)


def stop(session: Session, author: Author, asked_ids: Collection[int]) -> None:
    """Remind the author of these reviews no more; a second press changes nothing."""
    for each, _ in _own(session, author, asked_ids):
        each.stopped_at, each.remind_at = each.stopped_at or author.at, None
        session.add(each)


def _own(session: Session, author: Author, asked_ids: Collection[int]) -> list[tuple[PrepRequest, Cadence]]:
    """The author's rows among these whose review is still ahead. Raises Outdated where there is none."""
    found = preparing.reminders_of(session, author.workspace_id, author.user_id, lock=True)
    mine = [
        (each, row)
        for each, row in found
        if each.row_id in asked_ids and (cutoff := cutoff_of(row)) is not None and cutoff > author.at
    ]
    if not mine:
        raise Outdated(OVER)
    return mine


# Remind people who have not prepared a review: once, before its end of updates, by one message for all of theirs.

BATCH = 200
TOGETHER = timedelta(hours=12)
"""Ours: reminders that would follow each other so soon are one message."""


def reminders_due(session: Session, now: datetime) -> list[int]:
    return preparing.due_reminders(session, now, BATCH)


def next_reminder_at(session: Session) -> datetime | None:
    return preparing.next_at(session)


def remind(session: Session, asked_id: int, now: datetime) -> Callable[[Session], object]:
    """Find what the person has still to prepare, in a read, and return the write that reminds them of it, once."""
    first = preparing.get_reminders(session, asked_id)
    if first is None:
        return lambda _writing: None
    owed = _unprepared(session, preparing.reminders_of(session, first.workspace_id, first.user_id), now)
    cutoff = max((each.cutoff for each in owed), default=now)
    hours = hours_of(session, first.workspace_id, (first.user_id,), now).get(first.user_id)
    at = _may_remind_at(hours, first, now)
    has_anything = bool(owed) and at is not None and at < cutoff
    not_after = min(cutoff, _work_ends_at(session, first, hours, now) or cutoff)

    def write(writing: Session) -> None:
        """Put the rows that are due off to working hours, or queue one reminder; with nothing owed clear the time."""
        due = _due_together(writing, first, now)
        if not due:
            return
        if has_anything and at is not None and at > now:
            for each in due:
                each.remind_at = at
                writing.add(each)
            return
        letter = _reminder_letter(due, not_after, now)
        for each in due:
            # whoever owes nothing stays unreminded: they can be, should a skipped review be held after all
            each.remind_at, each.reminded_at = None, now if has_anything else each.reminded_at
            writing.add(each)
        if has_anything:
            queue_notices(writing, [letter])

    return write


def _work_ends_at(session: Session, row: PrepRequest, hours: WorkingHours | None, now: datetime) -> datetime | None:
    """Return the end of the working hours in which a message sent now reaches the person; later it would disturb them.

    None if they get it outside of their hours, since they chose its time or are quiet until then.
    """
    sent_at = undisturbed_at(session, row.workspace_id, row.user_id, now)
    return work_ends_at(hours, sent_at) if hours else None


def _may_remind_at(hours: WorkingHours | None, row: PrepRequest, now: datetime) -> datetime | None:
    """Return when the person may be reminded: now if they chose the time, else in their working hours, None for never.

    Computed again, since they may be in another zone than when it was planned, or the bot did not run at its time.
    After a restore, when they may have been reminded already, it is now or never: an earlier letter is only found by
    its own time.
    """
    if preparing.was_reminded(row):
        return now
    at = next_working_instant(hours, now) if hours else None
    return at if row.reminded_at is None or at == now else None


def set_aside_reminder(session: Session, asked_id: int, now: datetime) -> None:
    """Mark the person as reminded without a message: making one failed too often."""
    first = preparing.get_reminders(session, asked_id)
    for each in preparing.due_of_person(session, first.workspace_id, first.user_id, now) if first else ():
        each.remind_at, each.reminded_at = None, now
        session.add(each)


def reminder_facts(
    session: Session, workspace_id: str, user_id: str, asked_ids: Collection[int], *, now: datetime
) -> ReminderFacts:
    """Return what of the reviews in the reminder the person has still to prepare, and if they snoozed or stopped it."""
    planned = preparing.reminders_of(session, workspace_id, user_id)
    mine = [(each, row) for each, row in planned if each.row_id in asked_ids]
    owed = _unprepared(session, [(each, row) for each, row in mine if each.remind_at is None], now)
    hours = hours_of(session, workspace_id, (user_id,), now).get(user_id)
    zone = hours.zone if hours else "UTC"
    last_cutoff = max((each.cutoff for each in owed), default=None)
    has_ended = not any((cutoff := cutoff_of(row)) is not None and cutoff > now for _, row in mine)
    later = [each.remind_at for each, _ in mine if each.remind_at is not None]
    return ReminderFacts(
        user_id,
        zone,
        owed,
        tuple((choice.value, at) for choice, at in snoozes(hours, now, last_cutoff)) if hours and last_cutoff else (),
        snoozed_until=min(later, default=None),
        is_stopped=any(each.stopped_at is not None for each, _ in mine),
        has_ended=has_ended,
    )


def _unprepared(
    session: Session, planned: Sequence[tuple[PrepRequest, Cadence]], now: datetime
) -> tuple[Unprepared, ...]:
    """The reviews whose cutoff for updates is still to come and for which the person owes something."""
    open_requests = [
        (request, cadence, cutoff)
        for request, cadence in planned
        if request.stopped_at is None and (cutoff := cutoff_of(cadence)) is not None and cutoff > now
    ]
    owed = missing(session, [request for request, _, _ in open_requests], now=now) if open_requests else {}
    # a cadence may have several requests of the person: their own, and of those whom they stand in for
    cadences = {cadence.row_id: (cadence, cutoff) for _, cadence, cutoff in open_requests}
    ids_of: dict[int, set[int]] = defaultdict(set)
    for request, _, _ in open_requests:
        ids_of[request.cadence_id].update(question.account_id for question in owed.get(request.row_id, ()))
    account_ids = set[int]().union(*ids_of.values())
    rows = accounts.get_many(session, planned[0][0].workspace_id, account_ids) if account_ids else ()
    names = {row.row_id: row.name for row in rows}
    unprepared = [
        Unprepared(each.channel_id, each.next_at, cutoff, _by_name(ids_of[each.row_id], names))
        for each, cutoff in cadences.values()
        if each.next_at is not None
    ]
    return tuple(each for each in unprepared if each.accounts)


def _by_name(ids: Collection[int], names: dict[int, str]) -> tuple[tuple[int, str], ...]:
    """(id, name) of the accounts by name, without those whose name is not known."""
    return tuple(sorted(((id_, names[id_]) for id_ in ids if id_ in names), key=lambda pair: pair[1]))


def _due_together(session: Session, first: PrepRequest, now: datetime) -> list[PrepRequest]:
    """Return the person's rows that are due, with those due within half a day, which are reminded of together.

    Rows that the person snoozed keep their time.
    """
    soon = preparing.due_of_person(session, first.workspace_id, first.user_id, now + TOGETHER)
    due = [each for each in soon if each.remind_at is not None and each.remind_at <= now]
    return [each for each in soon if each in due or not preparing.was_reminded(each)] if due else []


def _reminder_letter(due: Sequence[PrepRequest], not_after: datetime, now: datetime) -> Letter:
    """The reminder of these rows; where it may have been sent before a restore, it is looked for in Slack first."""
    first = due[0]
    subject = preparing.ReminderSubject([each.row_id for each in due])
    key = f"reminder:{first.row_id}:{first.remind_at:%Y-%m-%dT%H:%M}"
    letter = letter_to(first.workspace_id, first.user_id, REMINDER, subject, key=key, at=now, not_after=not_after)
    if any(each.reminded_at == preparing.MAY_BE_REMINDED for each in due):
        letter.first_tried_at, letter.tried_until = first.remind_at, now
    return letter
