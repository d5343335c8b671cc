"""Events that still count: a correction takes its event out, and may itself be corrected."""

from collections.abc import Iterable

from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected
from agendas.rules.history.evidence import as_judged


def standing(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """The events that nobody took back, ordered by (happened_at, id); corrections that stand are among them.

    Their evidence is as people judged it.

    A correction reaches only events recorded before it, so the newest one always stands. One whose event is not
    given stays, and takes out nothing. To see an earlier instant with what is known now, call this first and filter
    by `happened_at` afterwards: a correction happens later than what it corrects.
    """
    given = tuple(events)
    gone = taken_back((event.id, event.change.event_id) for event in given if isinstance(event.change, Corrected))
    left = as_judged(sorted((e for e in given if e.id not in gone), key=lambda e: e.id))
    return tuple(sorted(left, key=lambda e: (e.happened_at, e.id)))


def taken_back(corrections: Iterable[tuple[int, int]]) -> set[int]:
    """The ids of what corrections take out, given as (own id, id of what it takes back)."""
    gone: set[int] = set()
    for own_id, event_id in sorted(corrections, reverse=True):
        if own_id not in gone and event_id < own_id:
            gone.add(event_id)
    return gone
