"""The receipt of replies in an account's thread: one message, edited with each and when one is taken back."""

from collections.abc import Sequence

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected
from agendas.facts.people import Author
from agendas.facts.thread_message import ThreadMessage
from storage.delivery import letter_keys, outbox
from storage.delivery.subjects import ThreadReceiptSubject, to_json
from storage.tables import Letter, LetterKind

PAGE = "thread_receipt"


def is_thread_of(said: ThreadMessage | None, letter: Letter) -> bool:
    """Return whether the message stands in the thread below the letter's message."""
    return said is not None and (said.channel_id, said.thread_ts) == (letter.sent_channel, letter.sent_ts)


def add_receipt(session: Session, author: Author, event: EventFacts) -> None:
    """Show in the thread that the author wrote in what was recorded from it; nothing for one who wrote in none.

    The account's lock keeps two replies from making two receipts.
    """
    said = author.said
    posted = outbox.posted_as(session, author.workspace_id, said.channel_id, said.thread_ts) if said else None
    if posted is None:
        return
    key = letter_keys.of_replies(posted.key)
    receipt = outbox.by_key(session, author.workspace_id, key)
    if receipt is None:
        outbox.queue(session, _receipt(author, posted, event, key=key))
        return
    receipt.subject = receipt.subject | {"event_ids": [*receipt.subject["event_ids"], event.id]}
    session.add(receipt)
    outbox.queue_edit(session, target=receipt, now=author.at)


def receipt_of(session: Session, event: EventFacts, shown: Sequence[Letter]) -> Letter | None:
    """Return the receipt that tells of the entry that the event takes back, None for any other event.

    `shown` are letters that may have posted the message above it.
    """
    if not isinstance(event.change, Corrected) or not shown:
        return None
    keys = [letter_keys.of_replies(each.key) for each in shown]
    receipts = outbox.by_keys(session, shown[0].workspace_id, keys).values()
    return next((each for each in receipts if event.change.event_id in each.subject["event_ids"]), None)


def _receipt(author: Author, posted: Letter, event: EventFacts, *, key: str) -> Letter:
    return Letter(
        workspace_id=author.workspace_id,
        key=key,
        kind=LetterKind.POST,
        page=PAGE,
        subject=to_json(ThreadReceiptSubject(event.id, [event.id], posted.review_id or 0)),
        channel_id=posted.channel_id,
        parent=posted.id,
        review_id=posted.review_id,
        created_at=author.at,
        due_at=author.at,
    )
