"""The app's answer to a delivery."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Answer:
    """The app's acknowledgement.

    ``status`` is ``acknowledged`` (in time), ``late`` (nothing within the deadline), ``refused`` (an HTTP status
    other than 200) or ``unreachable`` (no connection). ``body`` is the acknowledgement's payload, empty when it had
    none. ``reason`` is Slack's word for why it failed, as the next attempt's ``retry_reason`` says it; empty when it
    did not. ``retry_wanted`` is false when the app said so by ``x-slack-no-retry``.
    """

    status: Literal["acknowledged", "late", "refused", "unreachable"]
    body: dict[str, Any]
    reason: str = ""
    retry_wanted: bool = True

    @property
    def ok(self) -> bool:
        """True when the app acknowledged in time."""
        return self.status == "acknowledged"


@dataclass(frozen=True)
class Retry:
    """A repeated delivery: its number (1 for the first repeat) and the reason the previous one failed."""

    attempt: int
    reason: str
