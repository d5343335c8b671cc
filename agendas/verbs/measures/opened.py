"""Note that somebody uses the program's figures: what is measured has to be read, too."""

from datetime import date

from sqlmodel import Session

from agendas.facts.measures.practice import Mark
from agendas.facts.people import Author
from storage.measures import practice


def note_opened(session: Session, author: Author, month: date) -> bool:
    """Note that the person opened the executive page of this month by its button; False where it is noted today."""
    return _note(session, author, Mark.PAGE_OPENED, month)


def note_ask_taken(session: Session, author: Author, month: date) -> bool:
    """Note that the person took an ask on the executive page of this month; False where one is noted today."""
    return _note(session, author, Mark.ASK_TAKEN, month)


def note_list_reviewed(session: Session, author: Author, month: date) -> bool:
    """Note that the list was gone through, account by account; False where the person said so today."""
    return _note(session, author, Mark.LIST_REVIEWED, month)


def _note(session: Session, author: Author, kind: Mark, month: date) -> bool:
    """Keep the sign with the first day of its month."""
    first = month.replace(day=1)
    return practice.mark(session, author.workspace_id, author.user_id, kind=kind.value, month=first, at=author.at)
