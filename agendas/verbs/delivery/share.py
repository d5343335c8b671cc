"""Sharing of cards and answers: clicks on one Share button that are close together share once."""

from datetime import timedelta

from sqlmodel import Session

from agendas.facts.people import Author
from storage.delivery import inbox

SHARED_AGAIN_AFTER = timedelta(minutes=1)
"""Clicks on one Share button that are closer together than this share once."""


def claim_share(session: Session, author: Author, channel_id: str, message_ts: str, *, what: str) -> str:
    """The inbox key under which an answer or a card, `what`, is shared now, empty when it was shared just before."""
    claim = f"share:{channel_id}:{message_ts}:{author.user_id}:{what}"
    is_first = inbox.take_anew(session, author.workspace_id, claim, author.at, after=SHARED_AGAIN_AFTER)
    return claim if is_first else ""
