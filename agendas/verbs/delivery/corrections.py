"""Pages of letters about corrections: the line in a review's thread, and the receipt of who corrected an entry."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected
from agendas.pages.accounts.recorded import RecordedFacts, corrected_page, thread_undone_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.verbs.reads.account.recorded import get_event, recorded_facts


def line(
    session: Session,
    workspace_id: str,
    correction: EventFacts,
    words: Words,
    *,
    zone: str,
    late_for: date | None,
    is_named: bool,
) -> Page:
    """Return the line that says what was taken back or corrected, by whom and why."""
    facts = _entry(session, workspace_id, correction)
    return thread_undone_page(facts, correction, words, zone=zone, late_for=late_for, is_named=is_named)


def receipt(session: Session, workspace_id: str, corrections: Sequence[EventFacts], words: Words) -> Page:
    """Return the receipt of the first correction; the others are of entries that went with its own."""
    entry = _entry(session, workspace_id, corrections[0])
    return corrected_page(entry, recorded_facts(session, corrections[-1]), words, others=len(corrections) - 1)


def _entry(session: Session, workspace_id: str, correction: EventFacts) -> RecordedFacts:
    """Return the entry that was corrected. Raises Outdated when it is not there."""
    entry_id = correction.change.event_id if isinstance(correction.change, Corrected) else correction.id
    return recorded_facts(session, get_event(session, workspace_id, entry_id))
