"""Entries of which nobody said yet whose act their evidence is, as far as that matters today."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.evidence import EvidenceActor
from agendas.rules.history.corrections import standing

STILL_MATTERS = timedelta(days=90)
"""Age up to which evidence may end the current silence: longer than any limit of silence. Our own default."""


def matters_since(state: AccountState, now: datetime) -> datetime:
    """Return the instant from which evidence matters for the account's step or its silence."""
    return min(state.stage_since or now, now - STILL_MATTERS)


def is_in_doubt(event: EventFacts) -> bool:
    """Return true for an entry whose words do not tell whose act its evidence is."""
    return any(piece.actor is EvidenceActor.IN_DOUBT for piece in event.evidence)


def undecided(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """Return the entries that stand and are in doubt, as people judged them, in the order in which they happened."""
    return tuple(event for event in standing(events) if is_in_doubt(event))


def told_with(event: EventFacts) -> str:
    """Return the words told with an entry's evidence: its text and its notes."""
    notes = [piece.text for piece in event.evidence if piece.kind == "note" and not piece.is_of_its_words]
    return "\n".join(filter(None, (getattr(event.change, "text", ""), *notes)))
