"""The brief in the conversation of whoever reads it, drawn anew after a click in it or a move of its review."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.text.days import local_date
from storage import people
from storage.delivery import collecting, letter_keys, outbox
from storage.tables import Cadence

BRIEFED_BEFORE = timedelta(hours=1)


def brief_keys(row: Cadence, at: datetime, user_id: str) -> tuple[str, str]:
    """The keys of a person's first brief of a local day, and of one of a later time on it after a move."""
    meets_on = local_date(at, row.zone)
    first = letter_keys.of_brief(row.row_id, meets_on, user_id)
    return first, letter_keys.of_brief(row.row_id, meets_on, f"{user_id}:{at:%H%M}")


def show_again(session: Session, row: Cadence, author: Author) -> None:
    """Queue an edit of the author's brief of the next review, where they got one."""
    if row.next_at is not None:
        _edit(session, row, row.next_at, [author.user_id], now=author.at)


def follow_brief(session: Session, row: Cadence, at: datetime | None, now: datetime) -> None:
    """Let the briefs of the review that was next, at the instant `at`, say that it was moved, skipped or paused.

    A moved one is briefed again an hour before its new time, unless that hour has begun.
    """
    if at is None:
        return
    readers = {row.facilitator, *(each.user_id for each in people.admins(session, row.workspace_id))} - {""}
    _edit(session, row, at, readers, now=now)


def _edit(session: Session, row: Cadence, at: datetime, user_ids: Iterable[str], *, now: datetime) -> None:
    keys = [key for user_id in user_ids for key in brief_keys(row, at, user_id)]
    found = outbox.by_keys(session, row.workspace_id, keys).values()
    outbox.queue_edits(session, [each for each in found if collecting.may_be_sent(each)], now=now, delay=timedelta())
