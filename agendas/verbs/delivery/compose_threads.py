"""The page of the letter that confirms replies in an account's thread."""

from datetime import date

from agendas.facts.account import EventFacts
from agendas.pages.accounts.thread_receipt import SHOWN, ReceiptLine, thread_receipt_page
from agendas.rendering.page import Page
from agendas.rules.history.corrections import corrections_of
from agendas.text.days import local_date
from agendas.verbs.delivery.composing import Composing, reader_zone
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.account.recorded import get_event, recorded_facts
from storage import events, reviews
from storage.delivery.subjects import ThreadReceiptSubject, subject_of
from storage.tables import Letter, Review


def thread_receipt(composing: Composing) -> Page:
    """Return the receipt of the replies that its letter names by now: an edit shows those of the message it edits."""
    session, letter = composing.session, composing.letter
    posted = session.get(Letter, letter.target) if letter.target else None
    subject = subject_of(posted or letter, ThreadReceiptSubject)
    told = [get_event(session, letter.workspace_id, number) for number in subject.event_ids[-SHOWN:]]
    later = events.of_kinds(session, told[0].account_id, ["corrected"], after_id=told[0].id)
    corrections = corrections_of([*told, *map(event_facts, later)])
    review = reviews.get(session, letter.workspace_id, subject.review_id)
    lines = [
        ReceiptLine(recorded_facts(session, each), corrections.get(each.id), _late_for(each, review)) for each in told
    ]
    earlier = len(subject.event_ids) - len(told)
    return thread_receipt_page(lines, composing.words, earlier=earlier, zone=reader_zone(composing))


def _late_for(event: EventFacts, review: Review | None) -> date | None:
    """Return the day of the review whose thread it is, if it had closed when the event was recorded."""
    if review is None or review.closed_at is None or event.recorded_at <= review.closed_at:
        return None
    return local_date(review.planned_at, review.zone)
