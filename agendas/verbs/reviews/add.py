"""Take an account that had no minutes into an open review."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.agenda import ItemPart
from agendas.rendering.filters import day
from agendas.text.days import local_date
from agendas.verbs.reads.reviews.facts import NOT_KEPT
from agendas.verbs.reviews.open import agenda_letter, own_place
from agendas.verbs.trail.note import note_change
from storage import accounts, reviews
from storage.delivery import letter_keys, outbox
from storage.tables import Letter, Review, ReviewItem, ReviewState


class Added(NamedTuple):
    """The account that was added, and the day its review is held for."""

    name: str
    review_on: date


def add_account(session: Session, author: Author, item_id: int) -> Added:
    """Put the account of a review's item on its agenda. Its message is posted once.

    Raises Outdated when there is no such item, Refused when the review is closed, the account is in already, or it
    left the list.
    """
    item = reviews.item(session, author.workspace_id, item_id)
    if item is None:
        raise Outdated(NOT_KEPT)
    review = reviews.get(session, author.workspace_id, item.review_id, lock=True)
    row = accounts.get(session, author.workspace_id, item.account_id)
    if review is None or row is None:
        raise Outdated(NOT_KEPT)
    # read again below the lock: two may add it at once
    session.refresh(item)
    review_on = local_date(review.planned_at, review.zone)
    if review.state != ReviewState.OPEN:
        raise Refused(
            f"The review of {day(review_on)} is closed, so {row.name} was not added. "
            "In the next one, what was left out comes first among its equals."
        )
    if item.part == ItemPart.DISCUSSED:
        raise Refused(f"{row.name} is in the review of {day(review_on)} already.")
    if row.list_status != ListStatus.NAMED:
        raise Refused(f"{row.name} is {row.list_status} meanwhile, so it was not added.")
    _note(session, author, item)
    item.part = ItemPart.DISCUSSED.value
    session.add(item)
    _post(session, review, agenda_letter(review, item_id, author.at, own_place(row)), author)
    return Added(row.name, review_on)


def _note(session: Session, author: Author, item: ReviewItem) -> None:
    note_change(
        session,
        author,
        TrailSubject.REVIEW,
        item.review_id,
        before={"account_id": item.account_id, "part": item.part},
        after={"account_id": item.account_id, "part": ItemPart.DISCUSSED.value},
        account_id=item.account_id,
    )


def _post(session: Session, review: Review, agenda: Letter, author: Author) -> None:
    """Queue the account's message, and after it the header with a link to it."""
    posted = outbox.queue(session, agenda)
    header = outbox.by_key(session, review.workspace_id, letter_keys.of_header(review.row_id))
    if header is None:
        return
    edit = outbox.queue_edit(session, target=header, now=author.at, delay=timedelta(), after=posted)
    if edit is not None and edit.parent != posted.id:
        # one that waited already is to show the link too
        edit.parent = posted.id
        session.add(edit)
