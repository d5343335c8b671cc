"""What the app answered to something the sandbox brought it."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Answer:
    """The app's acknowledgement.

    ``status``: ``acknowledged`` in time; ``late`` - nothing within the deadline; ``refused`` - an HTTP status
    other than 200; ``unreachable`` - no connection. ``body`` is the acknowledgement's payload, empty when it had
    none. ``retry_wanted`` is false when the app said so by ``x-slack-no-retry``.
    """

    status: Literal["acknowledged", "late", "refused", "unreachable"]
    body: dict[str, Any]
    retry_wanted: bool = True

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time."""
        return self.status == "acknowledged"
