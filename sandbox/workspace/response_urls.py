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
    """The target of a response URL.

    ``message_ts`` is the message whose button was pressed (None after a command), ``is_ephemeral`` is true when that
    message was ephemeral, ``thread_ts`` is its thread. ``refusal`` is the error of a void one, else empty.
    """

    user_id: str
    channel_id: str
    message_ts: str | None = None
    is_ephemeral: bool = False
    thread_ts: str | None = None
    uses_left: int = RESPONSE_URL_USES
    refusal: str = ""


class ResponseUrls:
    """Issues and redeems response URLs."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._known: dict[str, tuple[ResponseUrl, datetime]] = {}

    def new(self, target: ResponseUrl) -> str:
        """Return the path of a new response URL, below the sandbox's address."""
        path = f"/response/{secrets.token_urlsafe(16)}"
        self._known[path] = target, self._now()
        return path

    def take(self, path: str) -> ResponseUrl | str:
        """Use a response URL once; return its target or Slack's error: ``used_url``, ``expired_url``, the token's."""
        target, created_at = self._known.get(path, (None, self._now()))
        if target is None or self._now() - created_at >= RESPONSE_URL_LASTS:
            return "expired_url"
        if target.refusal:
            return target.refusal
        if target.uses_left == 0:
            return "used_url"
        target.uses_left -= 1
        return target

    def void(self, error: str) -> None:
        """Refuse all issued ones with this error from now on, because their token is gone."""
        for target, _ in self._known.values():
            target.refusal = target.refusal or error
