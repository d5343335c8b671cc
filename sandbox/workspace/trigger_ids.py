"""Trigger ids: each opens one view, for three seconds by the workspace's clock."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Now = Callable[[], datetime]

TRIGGER_LASTS = timedelta(seconds=3)


@dataclass
class Trigger:
    """The interaction behind a trigger id: person, time, and modal or channel (None where there was none)."""

    user_id: str
    created_at: datetime
    view_id: str | None = None
    channel_id: str | None = None
    used: bool = False


class Triggers:
    """Issues and redeems trigger ids."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._known: dict[str, Trigger] = {}
        self._count = 0

    def new(self, user_id: str, *, view_id: str | None = None, channel_id: str | None = None) -> str:
        """Return a new trigger id for an interaction of this person."""
        self._count += 1
        trigger_id = f"{self._count}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._known[trigger_id] = Trigger(user_id, self._now(), view_id=view_id, channel_id=channel_id)
        return trigger_id

    def take(self, trigger_id: str) -> Trigger | str:
        """Use up a trigger id; return its trigger, or Slack's error code when it is unknown, expired or used."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if self._now() - trigger.created_at >= TRIGGER_LASTS:
            return "expired_trigger_id"
        trigger.used = True
        return trigger
