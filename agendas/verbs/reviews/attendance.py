"""Attendance of a review: of people alone, corrected where the review is closed."""

from collections.abc import Collection

from sqlmodel import Session

from agendas.errors import FieldProblems, Refused
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.cadence import CadenceKind
from agendas.rendering.filters import day
from agendas.verbs.reads.reviews.facts import get_review
from agendas.verbs.record.show_decided import EDIT_DELAY
from agendas.verbs.trail.note import note_change
from storage import people, reviews, workspaces
from storage.delivery import letter_keys, outbox
from storage.tables import Review, ReviewState


def attendance_of(session: Session, workspace_id: str, review_id: int) -> tuple[str, ...]:
    """Return the user ids of those who were there, as it is known.

    Raises Outdated when there is no such review, Refused when it is open still, was not held or is one of executives.
    """
    return tuple(_held(get_review(session, workspace_id, review_id)).attended)


def correct_attendance(session: Session, author: Author, review_id: int, attended: Collection[str]) -> None:
    """Say who was there instead, and show it in the recap. Raises as `attendance_of` and `require_people`."""
    require_people(session, author.workspace_id, attended)
    found = reviews.get(session, author.workspace_id, review_id, lock=True)
    review = _held(found or get_review(session, author.workspace_id, review_id))
    before, after = list(review.attended), sorted(set(attended))
    if after == before:
        return
    review.attended = after
    session.add(review)
    was, now = {"attended": before}, {"attended": after}
    note_change(session, author, TrailSubject.REVIEW, review_id, before=was, after=now)
    recap = outbox.by_key(session, author.workspace_id, letter_keys.of_recap(review_id))
    outbox.queue_edits(session, [recap] if recap else [], now=author.at, delay=EDIT_DELAY)


def require_people(session: Session, workspace_id: str, attended: Collection[str]) -> None:
    """Raise FieldProblems where one of those who are said to have been there is a bot."""
    bots = {each.user_id for each in people.get_many(session, workspace_id, attended) if each.is_bot}
    if bots or workspaces.bot_user_id(session, workspace_id) in attended:
        raise FieldProblems({"attended": "A bot was chosen. Only people attend a review: take it out."})


def _held(review: Review) -> Review:
    on = day(review.planned_at, review.zone)
    if review.state == ReviewState.OPEN:
        raise Refused(f"The review of {on} is open still. Say who was there when you close it.")
    if review.state != ReviewState.CLOSED or not review.was_held:
        raise Refused(f"The review of {on} was not held, so nobody was there.")
    if review.kind == CadenceKind.EXECUTIVE:
        raise Refused(f"The review of {on} was one of executives. Its recap says who decided.")
    return review
