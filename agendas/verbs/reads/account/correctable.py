"""Reads of the entries of an account's history that a person may correct. Nothing here writes."""

from dataclasses import dataclass

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.pages.accounts.history import HistoryLine
from agendas.rules.access.corrections import may_correct
from agendas.verbs.loading.load_facts import names
from agendas.verbs.reads.account.history import ENTRIES_PER_PAGE, account_history


@dataclass(frozen=True, slots=True)
class Correctable:
    """Entries of one page of an account's history that a person may correct, and the names of who recorded them."""

    name: str
    lines: tuple[HistoryLine, ...]
    people: dict[str, str]


def correctable(
    session: Session, author: Author, account_id: int, *, before_id: int | None, is_editor: bool
) -> Correctable:
    """Return the entries of the page below the event `before_id`, newest first; without it the newest ones.

    Raises Outdated for an unknown account.
    """
    asked, zone = ENTRIES_PER_PAGE, author.zone
    while True:
        page = account_history(
            session, author.workspace_id, account_id, now=author.at, zone=zone, before_id=before_id, limit=asked
        )
        lines = tuple(line for line in page.lines if is_correctable(line, author.user_id, is_editor=is_editor))
        if lines or before_id or not page.more_value:
            break
        # all of them are corrections, or somebody else's
        asked *= 4
    people = names(session, author.workspace_id, {line.event.actor for line in lines})
    return Correctable(page.name, lines, people)


def is_correctable(line: HistoryLine, user_id: str, *, is_editor: bool) -> bool:
    """Return true if the person may correct the entry and nobody has yet."""
    return line.correction is None and may_correct(line.event, user_id, is_editor=is_editor)
