"""A clock that begins on a morning of work, whatever the day, with an offset that several processes can share."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.delivery import LEASE
from bot.sending import MAY_STILL_COME

BEGINNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday: nothing that these tests wait for is put off to another day."""


def _until_beginning() -> float:
    return (BEGINNING - datetime.now(UTC)).total_seconds()


@dataclass
class OffsetClock:
    """The computer's time plus so many seconds, which a test may change; BEGINNING unless a test gives the seconds."""

    seconds: float = field(default_factory=_until_beginning)

    def pass_lease(self) -> None:
        """Put it forward by more than a lease and the time that a message sent before its end may take."""
        self.seconds += (1.5 * LEASE + MAY_STILL_COME).total_seconds()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.seconds)
