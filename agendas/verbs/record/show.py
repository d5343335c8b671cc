"""Show an update: a line in the account's thread, and edits of the messages that show the account."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.people import Author
from agendas.verbs.loading.preparation import asked_about_next_at
from agendas.verbs.record.record import Recorded
from agendas.verbs.record.show_preparations import refresh_preparations
from agendas.verbs.record.show_reminders import show_in_reminders
from agendas.verbs.record.thread_receipt import add_receipt, is_thread_of, receipt_of
from storage import imports, reviews
from storage.delivery import letter_keys, outbox
from storage.delivery.subjects import SignalSubject, Subject, UpdateSubject, to_json
from storage.tables import Letter, LetterKind, Review, ReviewItem

SIGNALS_DELAY = timedelta(minutes=1)
"""Wait of edits for signals of programs and files, which come all day: once a minute for each message."""

SHOWN_AFTER_CLOSING = timedelta(days=14)
"""Time after a review closed in which late updates are still added to its thread."""


@dataclass(frozen=True, slots=True)
class Line:
    """Line in an account's thread: its page with its subject, and the key that lets it be sent once."""

    key: str
    page: str
    subject: Subject


def show_update(session: Session, author: Author, recorded: Recorded) -> None:
    """Queue a line in the account's thread of each of its open reviews, and the edits of the messages that show it.

    With none open the line goes to the latest one that closed, and says that it is late, until people are asked about
    the next one. What is recorded from a reply in a thread has the receipt of replies there instead.
    """
    add_receipt(session, author, recorded.event)
    # an event carries the review that was open, so without one there is none
    is_open = recorded.event.review_id is not None
    shown_in = reviews.open_items_of(session, recorded.event.account_id) if is_open else []
    for item_id, review in shown_in:
        shown = _shown_by(session, review, item_id)
        _tell_below(session, author, recorded, review=review, shown=shown)
        _queue_edits(session, author, shown)
    if not shown_in:
        _show_late(session, author, recorded)
    states = (recorded.before, recorded.after)
    refresh_preparations(session, author.workspace_id, states, actor=author.user_id, now=author.at)


def mark_recaps(session: Session, author: Author, corrected: Iterable[EventFacts]) -> None:
    """Queue the edits of the recaps that told these entries: each then says that they were corrected.

    An edit shows what is known when it is sent, so a repeated one adds nothing.
    """
    told_by = {
        letter_keys.of_review(number, "recap")
        for entry in corrected
        for number in reviews.closed_with(session, entry.account_id, entry.recorded_at)
    }
    recaps = outbox.by_keys(session, author.workspace_id, sorted(told_by)) if told_by else {}
    _queue_edits(session, author, list(recaps.values()))


def show_signal(session: Session, author: Author, account_id: int, signal_id: int) -> None:
    """Show a signal that a person noted or took back in the account's thread, and in what asks them about it."""
    refresh_preparations(session, author.workspace_id, (), actor=author.user_id, now=author.at)
    show_in_reminders(session, author)
    for item_id, review in reviews.open_items_of(session, account_id):
        line = Line(
            key=f"signal:{signal_id}:{author.at.timestamp()}:{review.row_id}",
            page="signal_line",
            subject=SignalSubject(signal_id),
        )
        shown = _shown_by(session, review, item_id)
        _queue_line(session, author, line, shown=shown, review=review)
        _queue_edits(session, author, shown)


def refresh_accounts(
    session: Session, author: Author, account_ids: Collection[int], *, delay: timedelta = outbox.EDIT_DELAY
) -> None:
    """Queue the edits of the messages of these accounts, at most 500, and of the headers, in each open review.

    Each message is edited at most once per burst.
    """
    grouped: dict[int, tuple[Review, list[ReviewItem]]] = {}
    for item, review in imports.open_items(session, author.workspace_id, account_ids):
        grouped.setdefault(review.row_id, (review, []))[1].append(item)
    # in the order in which the reviews were opened, so that two that do this wait for each other
    for number in sorted(grouped):
        _refresh_many(session, author, *grouped[number], delay=delay)


def _refresh_many(
    session: Session, author: Author, review: Review, items: Iterable[ReviewItem], *, delay: timedelta
) -> None:
    """Queue the edits of many accounts of one review, whose letters are read once."""
    keys = (*(letter_keys.of_item(review.row_id, item.row_id) for item in items), letter_keys.of_header(review.row_id))
    letters = outbox.by_keys(session, review.workspace_id, keys)
    shown = [letters[key] for key in keys if key in letters]
    outbox.queue_edits(session, shown, now=author.at, delay=delay)


def _show_late(session: Session, author: Author, recorded: Recorded) -> None:
    found = reviews.latest_item_of(session, recorded.event.account_id)
    if found is None:
        return
    item_id, review = found
    if review.closed_at is None or author.at - review.closed_at > SHOWN_AFTER_CLOSING:
        return
    next_at = asked_about_next_at(session, review)
    if next_at is None or author.at < next_at:
        _tell_below(session, author, recorded, review=review, shown=_shown_by(session, review, item_id))
        recap = outbox.by_key(session, author.workspace_id, letter_keys.of_review(review.row_id, "recap"))
        _queue_edits(session, author, [recap] if recap is not None else [])


def _tell_below(
    session: Session, author: Author, recorded: Recorded, *, review: Review, shown: Sequence[Letter]
) -> None:
    """Queue the line below the messages `shown`, or the edit of the receipt that tells of it there."""
    receipt = receipt_of(session, recorded.event, shown)
    if receipt is not None:
        _queue_edits(session, author, [receipt])
    elif not (shown and is_thread_of(author.said, shown[0])):
        _queue_line(session, author, _line_of(recorded, review), shown=shown, review=review)


def _shown_by(session: Session, review: Review, item_id: int) -> list[Letter]:
    """Return the letters with the account's agenda, if it has a message of its own, and with the review's header."""
    keys = (letter_keys.of_item(review.row_id, item_id), letter_keys.of_header(review.row_id))
    found = outbox.by_keys(session, review.workspace_id, keys)
    return [found[key] for key in keys if key in found]


def _queue_edits(session: Session, author: Author, shown: Sequence[Letter]) -> None:
    outbox.queue_edits(session, shown, now=author.at)


def _line_of(recorded: Recorded, review: Review) -> Line:
    is_late = review.closed_at is not None
    return Line(
        key=f"event:{recorded.event.id}:line:{review.row_id}",
        page="update_line",
        subject=UpdateSubject(recorded.event.id, review.row_id, is_late),
    )


def _queue_line(session: Session, author: Author, line: Line, *, shown: Sequence[Letter], review: Review) -> None:
    # an account that is only listed has no message of its own: its updates stand in the thread of the header
    parent = shown[0] if shown else None
    if parent is None or parent.state in outbox.GIVEN_UP:
        return
    letter = Letter(
        workspace_id=author.workspace_id,
        key=line.key,
        kind=LetterKind.POST,
        page=line.page,
        subject=to_json(line.subject),
        channel_id=parent.channel_id,
        parent=parent.id,
        review_id=review.id,
        created_at=author.at,
        due_at=author.at,
    )
    outbox.queue(session, letter)
