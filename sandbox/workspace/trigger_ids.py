"""Trigger ids: each opens one view, for three seconds by the workspace's clock."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Now = Callable[[], datetime]

TRIGGER_LASTS = timedelta(seconds=3)


@dataclass
class Trigger:
    """What a trigger id stands for: who acted, when, and in which modal or channel (None where there was none)."""

    user_id: str
    born: datetime
    view_id: str | None = None
    channel_id: str | None = None
    used: bool = False


class Triggers:
    """The trigger ids handed out: each opens one view within three seconds."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._known: dict[str, Trigger] = {}
        self._count = 0

    def new(self, user_id: str, *, view_id: str | None = None, channel_id: str | None = None) -> str:
        """A fresh trigger id for something this person did."""
        self._count += 1
        trigger_id = f"{self._count}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._known[trigger_id] = Trigger(user_id, self._now(), view_id=view_id, channel_id=channel_id)
        return trigger_id

    def take(self, trigger_id: str) -> Trigger | str:
        """The trigger, used up by this call, or Slack's error code when it is unknown, old or used."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if self._now() - trigger.born >= TRIGGER_LASTS:
            return "expired_trigger_id"
        trigger.used = True
        return trigger
