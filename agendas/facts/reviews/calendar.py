"""Frozen facts of calendars that people subscribe to: their meetings, and the address of one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agendas.facts.reviews.cadence import CadenceKind


@dataclass(frozen=True, slots=True)
class Meeting:
    """A planned review. `sequence` rises with every change of its cadence, the last of which was at `changed_at`.

    `facilitator` is a name, '' for none; `url` leads to the channel, '' where the workspace's address is not known.
    """

    workspace_id: str
    cadence_id: int
    kind: CadenceKind
    planned_on: date
    begins_at: datetime
    lasts: timedelta
    sequence: int
    changed_at: datetime
    facilitator: str = ""
    url: str = ""

    @property
    def uid(self) -> str:
        """Its identity in every calendar, the same wherever it is moved."""
        return f"review-{self.cadence_id}-{self.planned_on.isoformat()}-{self.workspace_id}@cadence"


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """A calendar that has an address: of a person, or of the channel with this id; since when, and made by whom."""

    made_at: datetime
    made_by: str
    channel_id: str = ""
