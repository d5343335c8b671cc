"""A clock ahead of the computer's, the same in every process that is told by how much."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.delivery.loop import LEASE
from bot.delivery.results import MAY_STILL_COME


@dataclass
class Ahead:
    """The computer's time and so many seconds, which a test may change."""

    seconds: float = 0.0

    def pass_lease(self) -> None:
        """Puts it forward by more than a lease, and than what was sent before its end may take to come."""
        self.seconds += (1.5 * LEASE + MAY_STILL_COME).total_seconds()

    def now(self) -> datetime:
        """The instant, aware UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.seconds)
