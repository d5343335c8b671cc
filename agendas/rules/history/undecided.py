"""Entries of which nobody said yet whose act their evidence is, as far as that matters today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.evidence import EvidenceActor
from agendas.rules.history.corrections import standing
from agendas.rules.history.evidence import touches
from agendas.rules.history.fold import fold_by_steps

STILL_MATTERS = timedelta(days=90)
"""Age up to which evidence may end the current silence: longer than any limit of silence. Our own default."""


@dataclass(frozen=True, slots=True)
class OlderEntry:
    """An entry whose evidence is from before its actor was asked, and the stage that it shows if it is the buyer's."""

    event: EventFacts
    stage: Stage


@dataclass(frozen=True, slots=True)
class OlderEntries:
    """The account as its events have it, and its older entries that matter, newest first."""

    state: AccountState
    entries: tuple[OlderEntry, ...]


def matters_since(state: AccountState, now: datetime) -> datetime:
    """Return the instant from which evidence matters for the account's step or its silence."""
    return min(state.stage_since or now, now - STILL_MATTERS)


def older_entries(events: Iterable[EventFacts], *, now: datetime) -> OlderEntries | None:
    """Return the account's state and its older entries that matter; None when no nomination stands.

    Older evidence shows the stage at which the account was when it was told.
    """
    state: AccountState | None = None
    found: list[OlderEntry] = []
    for event, state in fold_by_steps(events):
        if is_older(event):
            found.append(OlderEntry(event, state.stage))
    if state is None:
        return None
    since = matters_since(state, now)
    return OlderEntries(state, tuple(entry for entry in reversed(found) if entry.event.happened_at >= since))


def is_older(event: EventFacts) -> bool:
    """Return true for evidence that ends silence only because nobody asked whose act it is."""
    return any(piece.actor is None for piece in touches(event))


def is_undecided(event: EventFacts) -> bool:
    """Return true for an entry of which somebody can still say whose act it is."""
    return is_older(event) or is_in_doubt(event)


def is_in_doubt(event: EventFacts) -> bool:
    """Return true for an entry whose words do not tell whose act its evidence is."""
    return any(piece.actor is EvidenceActor.IN_DOUBT for piece in event.evidence)


def undecided(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """Return the entries that stand and are undecided, as people judged them, in the order in which they happened."""
    return tuple(event for event in standing(events) if is_undecided(event))


def told_with(event: EventFacts) -> str:
    """Return the words told with an entry's evidence: its text and its notes."""
    notes = [piece.text for piece in event.evidence if piece.kind == "note" and not piece.is_of_its_words]
    return "\n".join(filter(None, (getattr(event.change, "text", ""), *notes)))
