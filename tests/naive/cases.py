"""A random case: the history of one account, its held reviews and today. Every name is an invented sample."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from agendas.facts.account import EventFacts

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAYS = 120

seeds = st.integers(0, 2**48)
"""Numbers of random cases."""


@dataclass(frozen=True)
class Case:
    """The events in the order recorded, the cutoffs of the held reviews, the instant looked at, and the zone.

    `left_out` held reviews left the account out since the last one it was in.
    """

    events: tuple[EventFacts, ...]
    reviews: tuple[datetime, ...]
    now: datetime
    zone: str
    left_out: int = 0

    @property
    def known(self) -> tuple[EventFacts, ...]:
        return tuple(event for event in self.events if event.recorded_at <= self.now)

    @property
    def since(self) -> datetime | None:
        """The cutoff of the last held review before now."""
        return max((at for at in self.reviews if at < self.now), default=None)

    def at(self, now: datetime) -> "Case":
        return replace(self, now=now)

    def without(self, event: EventFacts) -> "Case":
        """The case without one of its events; whatever names that one stays."""
        return replace(self, events=tuple(each for each in self.events if each is not event))


def day(number: float) -> datetime:
    """The instant so many days after the first."""
    return START + timedelta(days=number)


def number(at: datetime) -> float:
    """The day of an instant, counted from the first."""
    return round((at - START) / timedelta(days=1), 2)
