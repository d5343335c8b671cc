"""How often the app may call each method, and how fast it may post: Slack's rate limits."""

from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from math import ceil

TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
"""Calls in a minute. Slack promises these and a little more; here nothing more is taken."""
SPECIAL = 300
"""Where Slack says "hundreds per minute"."""

CALLS_PER_MINUTE: dict[str, int] = {
    "api.test": TIER_4,
    # Tier 1, but for the websockets of one app: it may open as many at once as it may have.
    "apps.connections.open": 10,
    # Slack says 600 a minute for the status, as for posting.
    "assistant.threads.setStatus": 600,
    "assistant.threads.setSuggestedPrompts": TIER_3,
    "assistant.threads.setTitle": TIER_3,
    "auth.test": SPECIAL,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": SPECIAL,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.join": TIER_3,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "dnd.info": TIER_3,
    "dnd.teamInfo": TIER_2,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "oauth.v2.access": TIER_4,
    "users.conversations": TIER_2,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}
POSTING = frozenset({"chat.postEphemeral", "chat.postMessage", "files.completeUploadExternal"})
"""What puts a message into a channel, whether all see it or one person: each counts there, whatever way it came."""
UNLISTED = frozenset({"conversations.history", "conversations.replies"})
UNLISTED_MESSAGES = 15
"""How many messages these two give at once to an app that is distributed outside the Marketplace."""
MINUTE = 60.0


@dataclass
class RateLimits:
    """What was called when. Pure: the time is an argument.

    ``channel_burst`` messages may follow at once in a channel, then one a second. Answers by response URL count among
    them, as Slack gives the same limit for posting by the Web API and by any address: the five uses of one address may
    come at once where nothing else was posted just before. ``is_unlisted`` makes the app one that is distributed
    outside the Marketplace: it reads history once a minute, 15 messages at a time.
    """

    channel_burst: int = 5
    is_unlisted: bool = False
    calls_per_minute: dict[str, int] = field(default_factory=lambda: dict(CALLS_PER_MINUTE))
    _called: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _free_at: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def take(self, method: str, now: datetime, *, posts_in: Collection[str] = ()) -> int:
        """The seconds to wait before this method may be called; 0 when it may, and the call then counts.

        ``posts_in`` are the channels that it puts a message into.
        """
        at = now.timestamp()
        wait = max(self._wait_for_method(method, at), *map(partial(self._wait_for_channel, at=at), posts_in), 0.0)
        if wait > 0:
            return ceil(wait)
        self._called[method].append(at)
        for channel_id in posts_in:
            self._count_in(channel_id, at)
        return 0

    def take_response(self, channel_id: str, now: datetime) -> int:
        """The same for a message that comes into this channel by a response URL."""
        at = now.timestamp()
        wait = self._wait_for_channel(channel_id, at=at)
        if wait <= 0:
            self._count_in(channel_id, at)
        return ceil(wait)

    @property
    def most_messages(self) -> int | None:
        """How many messages one look at history gives at most, None for Slack's usual number."""
        return UNLISTED_MESSAGES if self.is_unlisted else None

    def _wait_for_method(self, method: str, at: float) -> float:
        most = TIER_1 if self.is_unlisted and method in UNLISTED else self.calls_per_minute.get(method, TIER_3)
        called = self._called[method]
        while called and called[0] <= at - MINUTE:
            called.popleft()
        return called[0] + MINUTE - at if len(called) >= most else 0.0

    def _count_in(self, channel_id: str, at: float) -> None:
        self._free_at[channel_id] = max(self._free_at[channel_id], at) + 1

    def _wait_for_channel(self, channel_id: str, *, at: float) -> float:
        """Each message takes a place that is free again a second later; ``channel_burst`` places are there."""
        return max(0.0, self._free_at[channel_id] - self.channel_burst + 1 - at)
