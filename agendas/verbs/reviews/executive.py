"""Executive reviews: opened without accounts, with the page of the month in the channel and its details below it."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.reviews.cadence import CadenceKind
from agendas.verbs.reviews.close import close_review
from agendas.verbs.reviews.open import Opening, letter_of, open_review, review_row
from storage import reviews
from storage.database.hidden_rows import showing_all
from storage.delivery import letter_keys, outbox
from storage.delivery.subjects import ReviewSubject
from storage.tables import Cadence, Review

DETAILS = "executive_details"
"""The page of the letter with the details."""


def open_any(session: Session, opening: Opening, *, cadence: Cadence | None, now: datetime) -> Review | None:
    """Open the review of the kind that the cadence has, one of accounts where they are named; as `open_review`."""
    if cadence is None or cadence.kind != CadenceKind.EXECUTIVE or opening.account_ids:
        return open_review(session, opening, cadence=cadence, now=now)
    with showing_all(session):
        return _opened(session, opening, cadence, now)


def _opened(session: Session, opening: Opening, cadence: Cadence, now: datetime) -> Review | None:
    if reviews.by_slot(session, opening.workspace_id, opening.slot) is not None:
        return None
    earlier = reviews.open_in(session, opening.workspace_id, opening.channel_id, lock=True)
    if earlier is not None:
        close_review(session, earlier, now=now, closed_by="")
    review = review_row(opening, cadence, now)
    review.kind = CadenceKind.EXECUTIVE
    session.add(review)
    session.flush()
    subject = ReviewSubject(review.row_id)
    key = letter_keys.of_header(review.row_id)
    header = outbox.queue(session, letter_of(review, now, key=key, page="review_header", subject=subject))
    details = letter_of(review, now, key=letter_keys.of_review(review.row_id, "details"), page=DETAILS, subject=subject)
    details.parent = header.id
    outbox.queue(session, details)
    return review
