"""Reviews that answers find, past, open and planned."""

from dataclasses import dataclass
from datetime import datetime

from agendas.facts.past_review import PastReview
from agendas.facts.reviews.review import OpenReview


@dataclass(frozen=True, slots=True)
class FoundReview:
    """A review of a channel: over with `past`, open with `running`, else planned.

    `planned_at` is None for a cadence that is paused.
    """

    channel_id: str
    planned_at: datetime | None
    zone: str
    past: PastReview | None = None
    running: OpenReview | None = None
    facilitator: str = ""
