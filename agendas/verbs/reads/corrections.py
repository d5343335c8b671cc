"""Entries that a closed review told and that were corrected since. Nothing here writes."""

from collections import defaultdict
from collections.abc import Iterable

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected
from agendas.facts.reviews.agenda import CorrectedEntry
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.history.hindsight import corrected_since
from agendas.verbs.loading.rows import event_facts
from storage import events, imports
from storage.tables import Review


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
