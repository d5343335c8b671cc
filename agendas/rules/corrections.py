"""Which events still count: a correction takes its event out, and may itself be corrected."""

from collections.abc import Iterable

from agendas.changes import Corrected
from agendas.facts import EventFacts


def standing(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """The events that nobody took back, ordered by (happened_at, id); corrections that stand are among them.

    A correction reaches only events recorded before it, so the newest one always stands. One whose event is not
    given stays, and takes out nothing. To see an earlier instant with what is known now, call this first and filter
    by `happened_at` afterwards: a correction happens later than what it corrects.
    """
    given = tuple(events)
    gone: set[int] = set()
    for event in sorted(given, key=lambda e: e.id, reverse=True):
        change = event.change
        if isinstance(change, Corrected) and event.id not in gone and change.event_id < event.id:
            gone.add(change.event_id)
    return tuple(sorted((e for e in given if e.id not in gone), key=lambda e: (e.happened_at, e.id)))
