"""The brief in the conversation of whoever reads it, drawn anew after a click in it."""

from datetime import timedelta

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.text.days import local_date
from storage.delivery import letter_keys, outbox
from storage.tables import Cadence


def show_again(session: Session, row: Cadence, author: Author) -> None:
    """Queue an edit of the author's brief of the next review, where they got one."""
    if row.next_at is None:
        return
    key = letter_keys.of_brief(row.row_id, local_date(row.next_at, row.zone), author.user_id)
    letter = outbox.by_key(session, author.workspace_id, key)
    if letter is not None:
        outbox.queue_edit(session, target=letter, now=author.at, delay=timedelta())
