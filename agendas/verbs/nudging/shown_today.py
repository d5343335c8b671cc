"""Reads of what a person was shown already on a day, so that they get nothing overdue twice on one morning."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, time

from sqlmodel import Session

from agendas.pages.preparing.prep import MOST_PROMISES
from agendas.rules.reviews.schedule import local_instant
from agendas.text.days import local_date
from agendas.verbs.notices.kinds import ACTIONS, DIGEST, MORNING, PREPARATION
from agendas.verbs.preparing.prep import Reader, prep_facts
from storage import account_items, reviews
from storage.delivery import collecting, unasked
from storage.delivery.nudge_subjects import MorningSubject
from storage.delivery.subjects import OwnActionsSubject, PreparationSubject, subject_of
from storage.tables import Letter


def shown_today(
    session: Session, letter: Letter, pages: Collection[str], *, now: datetime, zone: str
) -> frozenset[int]:
    """Return the ids of the actions that messages with these pages showed the letter's reader before it on this day.

    Of two parts of one digest, the morning's comes after the others.
    """
    reader = Reader(letter.workspace_id, letter.user_id, zone, now)
    found = (each for each in _sent(session, letter, pages, reader) if each.page in pages and each.id != letter.id)
    return frozenset(number for each in found for number in SHOWN[each.page](session, each, reader))


def _sent(session: Session, letter: Letter, pages: Collection[str], reader: Reader) -> Iterator[Letter]:
    """Yield what the reader got on this day, by itself or in a digest, and what comes before it in its own digest."""
    since = local_instant(local_date(reader.now, reader.zone), time(0), reader.zone)[0]
    of_reader = (letter.workspace_id, (letter.user_id,))
    for page in pages:
        yield from unasked.sent_to(session, *of_reader, page=page, since=since)
    digests = unasked.sent_to(session, *of_reader, page=DIGEST, since=since)
    before = [each for each in digests if each.id != letter.parent]
    own = session.get(Letter, letter.parent) if letter.parent and letter.page == MORNING else None
    for digest in (*before, *([own] if own is not None else [])):
        yield from collecting.collected_in(session, digest)


def _of_review(session: Session, letter: Letter, _reader: Reader) -> set[int]:
    """Return the person's actions on the accounts of the review that closed, open then and now."""
    subject = subject_of(letter, OwnActionsSubject)
    review = reviews.get(session, letter.workspace_id, subject.review_id)
    if review is None or review.closed_at is None:
        return set()
    rows = account_items.actions(session, reviews.account_ids(session, review.row_id))
    return {row.row_id for row in rows if row.owner == subject.user_id and row.added_at <= review.closed_at}


def _to_prepare(session: Session, letter: Letter, reader: Reader) -> set[int]:
    """Return the actions of the reader, or of whom they stand in for, that the message asks about."""
    facts = prep_facts(session, subject_of(letter, PreparationSubject).letter_key, reader)
    accounts = facts.accounts if facts is not None else ()
    return {action.id for each in accounts for action in each.actions[:MOST_PROMISES]}


def _of_morning(session: Session, letter: Letter, reader: Reader) -> set[int]:
    """Return what was overdue when the digest was sent, and is still."""
    of, today = subject_of(letter, MorningSubject).of_user_id, local_date(reader.now, reader.zone)
    rows = account_items.actions_of_owner(session, letter.workspace_id, of)
    return {row.row_id for row in rows if row.due_on < today and row.added_at <= letter.due_at}


SHOWN: Mapping[str, Callable[[Session, Letter, Reader], set[int]]] = {
    ACTIONS: _of_review,
    PREPARATION: _to_prepare,
    MORNING: _of_morning,
}
