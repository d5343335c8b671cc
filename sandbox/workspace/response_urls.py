"""Response URLs: each takes five answers within thirty minutes by the workspace's clock."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Now = Callable[[], datetime]

RESPONSE_URL_LASTS = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass
class ResponseUrl:
    """Where a response URL answers to.

    ``message_ts`` is the message whose button was pressed (None after a command); ``is_ephemeral`` says whether that
    message was ephemeral. ``thread_ts`` is the thread that it stands in. ``refusal`` is why it is not good any more.
    """

    user_id: str
    channel_id: str
    message_ts: str | None = None
    is_ephemeral: bool = False
    thread_ts: str | None = None
    uses_left: int = RESPONSE_URL_USES
    refusal: str = ""


class ResponseUrls:
    """The response URLs handed out: each good for five answers within thirty minutes."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._known: dict[str, tuple[ResponseUrl, datetime]] = {}

    def new(self, target: ResponseUrl) -> str:
        """The path of a fresh response URL, below the sandbox's address."""
        path = f"/response/{secrets.token_urlsafe(16)}"
        self._known[path] = target, self._now()
        return path

    def take(self, path: str) -> ResponseUrl | str:
        """The target, one use fewer, or Slack's error text: ``used_url``, ``expired_url`` or the token's error."""
        target, born = self._known.get(path, (None, self._now()))
        if target is None or self._now() - born >= RESPONSE_URL_LASTS:
            return "expired_url"
        if target.refusal:
            return target.refusal
        if target.uses_left == 0:
            return "used_url"
        target.uses_left -= 1
        return target

    def void(self, error: str) -> None:
        """Let none of them be answered to any more, with this error: the token they belong to is gone."""
        for target, _ in self._known.values():
            target.refusal = target.refusal or error
