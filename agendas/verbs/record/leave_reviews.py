"""Take accounts that became private out of the open reviews of other channels."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from sqlmodel import Session

from agendas.facts.people import Author
from storage import reviews
from storage.database.hidden_rows import showing_all
from storage.delivery import letter_keys, outbox
from storage.delivery.letter_accounts import account_of
from storage.privacy import private_accounts
from storage.tables import Letter, LetterKind, Review


def leave_other_reviews(session: Session, author: Author, account_ids: Collection[int]) -> None:
    """Take the accounts out of open reviews that are not of the channel they are private to.

    Their messages in other channels are edited, with the header and the updates below them: they then tell of no
    account. So are those of a review that they stay in, where these are in an own channel of theirs.
    """
    with showing_all(session):
        for account_id, item_id, review in reviews.in_open_reviews(session, account_ids):
            channel_id = private_accounts.channel_of(session, account_id)
            if not channel_id:
                continue
            keys = (letter_keys.of_item(review.row_id, item_id), letter_keys.of_header(review.row_id))
            shown = outbox.by_keys(session, review.workspace_id, keys)
            told = [*shown.values(), *_lines_of(session, review, account_id)]
            if channel_id == review.channel_id:
                told = [each for each in told if (each.sent_channel or each.channel_id) != channel_id]
            else:
                reviews.take_out_item(session, item_id, review)
            outbox.queue_edits(session, told, now=author.at, delay=timedelta())


def _lines_of(session: Session, review: Review, account_id: int) -> Iterator[Letter]:
    """Yield the updates of the account that were posted in the review's threads."""
    for letter in outbox.of_review(session, review.row_id):
        if letter.kind == LetterKind.POST and letter.page != "agenda" and account_of(session, letter) == account_id:
            yield letter
