"""Slack's clock, read from the Date header of its answers, because this computer's may be wrong unnoticed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

from bot.slack_api.outcomes import header

UNHEARD = timedelta(days=1)
"""The most that this computer's clock can be wrong before Slack's first answer: with a larger error its certificate
would count as expired or not yet valid, and no connection could be made."""


class SlackTime:
    """Slack's clock, which goes on from the last answer by the monotonic clock."""

    def __init__(self) -> None:
        self._heard: datetime | None = None
        self._heard_at = 0.0

    def hear(self, headers: Mapping[str, str | Sequence[str]]) -> None:
        """Set the clock by the headers of an answer; ignore one without a date."""
        try:
            heard = parsedate_to_datetime(header(headers, "date"))
        except (ValueError, TypeError):
            return
        self._heard = heard.astimezone(UTC) if heard.tzinfo else heard.replace(tzinfo=UTC)
        self._heard_at = monotonic()

    def at(self, now: datetime) -> datetime:
        """Return Slack's instant for our `now`, early rather than late: no later message is dated before it."""
        if self._heard is None:
            return now - UNHEARD
        return self._heard + timedelta(seconds=monotonic() - self._heard_at)
