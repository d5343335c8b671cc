"""Reads of corrections: what a closed review told that was corrected since, and what a person may correct."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.agenda import CorrectedEntry
from agendas.facts.author import Author
from agendas.facts.events import Corrected
from agendas.facts.review import AgendaItem
from agendas.pages.accounts.history import HistoryLine
from agendas.rules.access.corrections import may_correct
from agendas.rules.history.hindsight import corrected_since
from agendas.verbs.loading.load_facts import names
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.account.history import ENTRIES_PER_PAGE, account_history
from storage import events, imports
from storage.tables import Review


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


def corrected_in(
    session: Session, review: Review, items: Iterable[AgendaItem]
) -> tuple[tuple[int, CorrectedEntry], ...]:
    """Return the entries that a closed review told and that were corrected since, each with its account's id."""
    since = {item.facts.account.account_id: item.facts.since for item in items}
    if review.closed_at is None or not since:
        return ()
    found: list[tuple[int, CorrectedEntry]] = []
    for account_id, history in _with_corrections(session, review, since).items():
        start = since[account_id]
        entries = corrected_since(history, review.closed_at)
        found += [(account_id, each) for each in entries if start is None or each.entry.recorded_at > start]
    return tuple(sorted(found, key=lambda pair: pair[1].correction.id))


def _with_corrections(session: Session, review: Review, account_ids: Iterable[int]) -> dict[int, list[EventFacts]]:
    """Return the histories of those of these accounts of which something was corrected that the review may have told.

    Reads no history where nothing was.
    """
    closed_at, reviewed = review.closed_at or review.opened_at, set(account_ids)
    rows = events.recorded_since(session, review.workspace_id, closed_at, ("corrected",))
    corrections = [event_facts(row).change for row in rows if row.account_id in reviewed]
    ids = {change.event_id for change in corrections if isinstance(change, Corrected)}
    told = events.get_many(session, ids) if ids else []
    wanted = {row.account_id for row in told if row.recorded_at <= closed_at}
    history: dict[int, list[EventFacts]] = defaultdict(list)
    for row in imports.events_of(session, wanted) if wanted else ():
        history[row.account_id].append(event_facts(row))
    return history
