"""Snooze a reminder to a time before the end of updates, or stop it for its reviews."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.people import Author
from agendas.rendering.filters import day
from agendas.rules.notices.reminding import Snooze, snoozed_until
from agendas.verbs.loading.preparation import cutoff_of
from agendas.verbs.notices.plan_reminders import hours_of
from storage.preparing import reminders
from storage.tables import Asked, Cadence

OVER = "There is nothing left to prepare of these reviews."
TOO_LATE = "Updates end {} at {}, before that time. Send yours now, or stop the reminder."


def snooze(session: Session, author: Author, asked_ids: Collection[int], choice: Snooze) -> None:
    """Remind the author again at the time chosen. Raises Refused where updates end before it."""
    planned = _own(session, author, asked_ids)
    hours = hours_of(session, author.workspace_id, (author.user_id,), author.at).get(author.user_id)
    at = snoozed_until(choice, hours, author.at) if hours else None
    cutoffs = [cutoff for _, row in planned if (cutoff := cutoff_of(row)) is not None]
    last: datetime = max(cutoffs)
    if at is None or at >= last:
        local = last.astimezone(ZoneInfo(author.zone))
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


def _own(session: Session, author: Author, asked_ids: Collection[int]) -> list[tuple[Asked, Cadence]]:
    """The author's rows among these whose review is still ahead. Raises Outdated where there is none."""
    found = reminders.of_person(session, author.workspace_id, author.user_id, lock=True)
    mine = [
        (each, row)
        for each, row in found
        if each.row_id in asked_ids and (cutoff := cutoff_of(row)) is not None and cutoff > author.at
    ]
    if not mine:
        raise Outdated(OVER)
    return mine
