"""The hourly limit of events for one app."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

EVENTS_PER_HOUR = 30_000
HOUR = timedelta(hours=1)


@dataclass
class EventLimit:
    """Counts the deliveries of the last hour, retries included."""

    events_per_hour: int = EVENTS_PER_HOUR
    _taken: deque[datetime] = field(default_factory=deque)
    _reported: int | None = None

    def take(self, now: datetime) -> bool:
        """Return True and count the event if one more may be delivered now."""
        while self._taken and self._taken[0] <= now - HOUR:
            self._taken.popleft()
        if len(self._taken) >= self.events_per_hour:
            return False
        self._taken.append(now)
        return True

    def limited_minute(self, now: datetime) -> int | None:
        """Return the present minute in epoch seconds the first time it is asked for, else None."""
        minute = int(now.timestamp()) // 60 * 60
        if minute == self._reported:
            return None
        self._reported = minute
        return minute
