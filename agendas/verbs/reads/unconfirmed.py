"""Reads of unconfirmed messages: sent without an answer from Slack, so posted or not. Nothing here writes."""

from sqlmodel import Session

from agendas.facts.program.health import Doubt, Doubts
from agendas.verbs.reads.reviews.ledger import letter_name
from storage import accounts, reviews
from storage.delivery import outbox
from storage.delivery.letter_accounts import seen_among
from storage.delivery.subjects import addressee_of, item_id_of
from storage.tables import Letter

MAX_SHOWN = 10
"""The others are shown once these are decided."""


def unconfirmed_messages(session: Session, workspace_id: str) -> Doubts:
    """Return the number of unconfirmed messages, and the newest of them."""
    letters = seen_among(session, outbox.unsure(session, workspace_id, MAX_SHOWN))
    shown = tuple(
        Doubt(
            letter_id=letter.row_id,
            what=letter_name(letter, _account_of(session, letter)),
            since=letter.created_at,
            channel_id=letter.channel_id,
            user_id=addressee_of(letter),
        )
        for letter in letters
    )
    count = len(shown) if len(shown) < MAX_SHOWN else outbox.count_unsure(session, workspace_id)
    return Doubts(count, shown)


def _account_of(session: Session, letter: Letter) -> str:
    """Return the name of the account if the letter is an agenda, '' for other letters."""
    number = item_id_of(letter)
    item = reviews.item(session, letter.workspace_id, number) if number else None
    account = accounts.get(session, letter.workspace_id, item.account_id) if item is not None else None
    return account.name if account is not None else ""
