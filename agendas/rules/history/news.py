"""News among the events recorded of an account."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from agendas.facts.account import EventFacts, Source
from agendas.facts.events import Moved
from agendas.facts.evidence import EvidenceAdded
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold_changes import UPDATES
from agendas.rules.history.weight import AUTOMATIC

SAYS_SOMETHING = frozenset(
    {*UPDATES, "noted", "product_input", "fit_scored", "play_started", "play_ended", "contact_added", "contact_edited"}
)
"""Kinds of events by which a person says something of an account; its place on the list and its profile say nothing."""


def news(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """Return the movement and the evidence that was told and still counts, in the order given.

    The stage in which an import merely found the account is no news.
    """
    return tuple(event for event in standing(events) if _is_news(event))


def by_people(events: Iterable[EventFacts]) -> Iterator[EventFacts]:
    """Yield the events that people recorded and that still count: what a file, a program or the bot did is no word."""
    return (event for event in standing(events) if event.source not in AUTOMATIC)


def is_updated(facts: AgendaFacts, opened_at: datetime | None = None) -> bool:
    """Return true if a person said something of the account since its last held review that counts still.

    A change of its profile says nothing. Of an account that was in none yet: since it was named, which is no update of
    it, or its review opened.
    """
    since = facts.since or facts.account.named_at or opened_at
    said = (event for event in by_people(facts.events) if event.change.kind in SAYS_SOMETHING)
    return any(since is None or event.recorded_at > since for event in said)


def _is_news(event: EventFacts) -> bool:
    change = event.change
    is_found = isinstance(change, Moved) and event.source is Source.IMPORT and not change.since_known
    return isinstance(change, Moved | EvidenceAdded) and not is_found
