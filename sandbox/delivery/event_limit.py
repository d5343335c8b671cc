"""How many events an app may be brought in an hour, and the minutes in which that was too many."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

EVENTS_PER_HOUR = 30_000
HOUR = timedelta(hours=1)


@dataclass
class EventAllowance:
    """Counts the deliveries of the last hour, repeats included."""

    events_per_hour: int = EVENTS_PER_HOUR
    _taken: deque[datetime] = field(default_factory=deque)
    _told: int | None = None

    def take(self, now: datetime) -> bool:
        """Whether one more event may be brought; it then counts."""
        while self._taken and self._taken[0] <= now - HOUR:
            self._taken.popleft()
        if len(self._taken) >= self.events_per_hour:
            return False
        self._taken.append(now)
        return True

    def limited_minute(self, now: datetime) -> int | None:
        """The present minute in seconds since 1970, once for each: the app is told that it was limited in it."""
        minute = int(now.timestamp()) // 60 * 60
        if minute == self._told:
            return None
        self._told = minute
        return minute
