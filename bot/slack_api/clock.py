"""What time it is at Slack, by the Date of its answers: our own clock may be wrong, and nobody may notice."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

UNHEARD = timedelta(days=1)
"""How far our clock is trusted before Slack answered anything. Further off no connection to it can be made: a
certificate would seem to be over or not to have begun."""


class SlackTime:
    """Slack's clock. It goes on from the last answer, whatever becomes of the computer's clock meanwhile."""

    def __init__(self) -> None:
        self._heard: datetime | None = None
        self._heard_at = 0.0

    def hear(self, headers: Mapping[str, str | Sequence[str]]) -> None:
        """Takes the time from the headers of an answer; one without a date says nothing."""
        given = next((value for name, value in headers.items() if name.lower() == "date"), "")
        try:
            heard = parsedate_to_datetime(given if isinstance(given, str) else given[0])
        except (ValueError, TypeError, IndexError):
            return
        self._heard = heard.astimezone(UTC) if heard.tzinfo else heard.replace(tzinfo=UTC)
        self._heard_at = monotonic()

    def at(self, now: datetime) -> datetime:
        """The instant at Slack while our clock says `now`, rather early than late: nothing that comes is before it."""
        if self._heard is None:
            return now - UNHEARD
        return self._heard + timedelta(seconds=monotonic() - self._heard_at)
