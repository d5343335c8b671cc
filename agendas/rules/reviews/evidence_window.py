"""The days of which evidence may be to show a step in a review."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from agendas.facts.evidence import Evidence

EVIDENCE_WINDOW = timedelta(days=30)
"""Time before the last held review in which evidence of a step may be dated. Our own default."""


def within_window(pieces: Iterable[Evidence], since: datetime | None, now: datetime) -> tuple[Evidence, ...]:
    """Return the pieces dated from 30 days before the last held review, which closed at `since`, until now."""
    earliest = None if since is None else since - EVIDENCE_WINDOW
    return tuple(
        piece for piece in pieces if (earliest is None or earliest <= piece.dated_at) and piece.dated_at <= now
    )
