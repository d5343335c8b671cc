"""Show a decision on the page of each executive review that is open."""

from datetime import timedelta

from sqlmodel import Session

from agendas.facts.events import Change, Decided, ItemEdited
from agendas.facts.interventions.events import AskAnswered, AskTaken
from agendas.facts.people import Author
from storage import executive_reviews
from storage.delivery import letter_keys, outbox

EDIT_DELAY = timedelta(seconds=5)
"""Time that an edit waits for more of the same burst: its page is of the whole program."""


def show_decided(session: Session, author: Author, change: Change) -> None:
    """Queue the edit of the page of each executive review that is open, for a decision, or an ask that changes."""
    if not isinstance(change, Decided | AskTaken | AskAnswered | ItemEdited):
        return
    keys = [letter_keys.of_header(number) for number in executive_reviews.open_ones(session, author.workspace_id)]
    if keys:
        headers = outbox.by_keys(session, author.workspace_id, keys)
        outbox.queue_edits(session, list(headers.values()), now=author.at, delay=EDIT_DELAY)
