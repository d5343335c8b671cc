"""Drafts of forms."""

from collections.abc import Callable

from sqlmodel import Session

from agendas.facts.people import Author
from storage import inbox

Values = dict[str, str]

NAME_CHARACTERS = 128
"""The longest draft name that the database column holds; none of our forms has a longer one."""


def draft_of(session: Session, workspace_id: str, user_id: str, name: str) -> Values:
    return inbox.get_draft(session, workspace_id, user_id, name)


def keep_draft(
    session: Session, author: Author, name: str, changed: Callable[[Values], Values], *, submission: str
) -> None:
    """Keep what `changed` makes of the draft; an empty one is forgotten.

    Nothing is kept of a submitted form, whose inbox key is `submission`, or under a longer name than forms have.
    """
    if len(name) > NAME_CHARACTERS:
        return
    # a form submitted at this moment is seen, or waits and then forgets what is kept here
    inbox.lock_person(session, author.workspace_id, author.user_id)
    if not inbox.was_taken(session, author.workspace_id, submission):
        before = draft_of(session, author.workspace_id, author.user_id, name)
        _put(session, author, name, had=before, draft=changed(before))


def forget_draft(session: Session, author: Author, name: str) -> None:
    inbox.forget_draft(session, author.workspace_id, author.user_id, name)


def forget_fields(session: Session, author: Author, name: str, is_done: Callable[[str], bool]) -> Values:
    """Forget the fields of a draft that are done with; return the rest of it."""
    before = draft_of(session, author.workspace_id, author.user_id, name)
    remaining = {field: value for field, value in before.items() if not is_done(field)}
    _put(session, author, name, had=before, draft=remaining)
    return remaining


def _put(session: Session, author: Author, name: str, *, had: Values, draft: Values) -> None:
    """Store the fields that have a value, if they differ from those stored, `had`; forget a draft without any."""
    kept = {field: value for field, value in draft.items() if value}
    if not kept:
        forget_draft(session, author, name)
    elif kept != had:
        inbox.keep_draft(session, author.workspace_id, author.user_id, name, values=kept, now=author.at)
