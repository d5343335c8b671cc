"""Things an app may use a few times for a short while: trigger ids and response URLs.

Both are timed by the monotonic clock, so that a demo that moves its own clock does not expire them.
"""

import secrets
import time
from dataclasses import dataclass, field

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """What a trigger id stands for: who acted, when, and in which modal or channel (None where there was none)."""

    user_id: str
    born: float
    view_id: str | None = None
    channel_id: str | None = None
    used: bool = False


class Triggers:
    """The trigger ids handed out: each opens one view within three seconds."""

    def __init__(self) -> None:
        self._known: dict[str, Trigger] = {}
        self._count = 0

    def new(self, user_id: str, *, view_id: str | None = None, channel_id: str | None = None) -> str:
        """A fresh trigger id for something this person did."""
        self._count += 1
        trigger_id = f"{self._count}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._known[trigger_id] = Trigger(user_id, time.monotonic(), view_id=view_id, channel_id=channel_id)
        return trigger_id

    def take(self, trigger_id: str) -> Trigger | str:
        """The trigger, used up by this call, or Slack's error code when it is unknown, old or used."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if time.monotonic() - trigger.born > TRIGGER_SECONDS:
            return "expired_trigger_id"
        trigger.used = True
        return trigger

    def expire_all(self) -> None:
        """Make every trigger id too old, as if three seconds had passed."""
        for trigger in self._known.values():
            trigger.born -= TRIGGER_SECONDS + 1


@dataclass
class ResponseUrl:
    """Where a response URL answers to.

    ``message_ts`` is the message whose button was pressed (None after a command); ``is_ephemeral`` says whether that
    message was ephemeral. ``thread_ts`` is the thread that it stands in.
    """

    user_id: str
    channel_id: str
    message_ts: str | None = None
    is_ephemeral: bool = False
    thread_ts: str | None = None
    born: float = field(default_factory=time.monotonic)
    uses_left: int = RESPONSE_URL_USES


class ResponseUrls:
    """The response URLs handed out: each good for five answers within thirty minutes."""

    def __init__(self) -> None:
        self._known: dict[str, ResponseUrl] = {}

    def new(self, target: ResponseUrl) -> str:
        """The path of a fresh response URL, below the sandbox's address."""
        path = f"/response/{secrets.token_urlsafe(16)}"
        self._known[path] = target
        return path

    def take(self, path: str) -> ResponseUrl | str:
        """The target, one use fewer, or Slack's error text: ``used_url`` or ``expired_url``."""
        target = self._known.get(path)
        if target is None or time.monotonic() - target.born > RESPONSE_URL_SECONDS:
            return "expired_url"
        if target.uses_left == 0:
            return "used_url"
        target.uses_left -= 1
        return target

    def expire_all(self) -> None:
        """Make every response URL too old, as if thirty minutes had passed."""
        for target in self._known.values():
            target.born -= RESPONSE_URL_SECONDS + 1
