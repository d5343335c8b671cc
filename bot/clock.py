"""Clocks: the only module that asks the time."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A source of the present instant."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that can be put forward and goes on from there, for the demo."""

    def __init__(self, base: Clock) -> None:
        self._base = base
        self._shift = timedelta()

    def now(self) -> datetime:
        return self._base.now() + self._shift

    def shift_to(self, instant: datetime) -> None:
        """Put the clock forward to this instant. Raises ValueError for the past, whose events are already recorded."""
        shift = instant - self._base.now()
        if instant < self.now():
            raise ValueError(f"the clock cannot go back to {instant}")
        self._shift = shift

    def pass_to(self, instant: datetime) -> None:
        """Put the clock forward to this instant; one that is past already changes nothing."""
        self._shift = max(self._shift, instant - self._base.now())
