"""A clock ahead of the computer's by an offset that several processes can share."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.delivery.loop import LEASE
from bot.delivery.results import MAY_STILL_COME


@dataclass
class OffsetClock:
    """The computer's time plus so many seconds, which a test may change."""

    seconds: float = 0.0

    def pass_lease(self) -> None:
        """Put it forward by more than a lease and the time that a message sent before its end may take."""
        self.seconds += (1.5 * LEASE + MAY_STILL_COME).total_seconds()

    def now(self) -> datetime:
        """Return the instant, aware UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.seconds)
