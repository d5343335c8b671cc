"""A Web API in the benchmark's own process that counts what comes too early, by its event loop's time."""

import asyncio
import itertools

from aiohttp import web

EARLY_SECONDS = 0.3
"""Messages that leave a second apart may arrive a little closer to each other, the more so in quick time."""


class StrictSlack:
    """Takes messages and edits, and refuses those above the limits it is given as Slack does.

    `all_taken` is set once as many were taken as are expected.
    """

    def __init__(self, *, expected: int, interval_seconds: float, messages: int, period_seconds: float) -> None:
        self.all_taken = asyncio.Event()
        self.taken = 0
        self.refused = 0
        self.last_at = 0.0
        self._expected = expected
        self._interval_seconds = interval_seconds
        self._messages = messages
        self._period_seconds = period_seconds
        self._in_channel: dict[str, float] = {}
        self._recent: list[float] = []
        self._numbers = itertools.count(1)

    def application(self) -> web.Application:
        """What serves it."""
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._answer)
        return application

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if not method.startswith("chat."):
            return web.json_response({"ok": True, "channel": {"id": "C0BENCH01", "is_member": True}})
        said = await (request.json() if "json" in request.content_type else request.post())
        channel, now = str(said["channel"]), asyncio.get_running_loop().time()
        if self._is_early(channel, now):
            self.refused += 1
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
        self._in_channel[channel] = self.last_at = now
        self._recent.append(now)
        self.taken += 1
        if self.taken == self._expected:
            self.all_taken.set()
        return web.json_response({"ok": True, "channel": channel, "ts": f"1764000000.{next(self._numbers):06}"})

    def _is_early(self, channel: str, now: float) -> bool:
        self._recent = [at for at in self._recent if at > now - self._period_seconds + EARLY_SECONDS]
        too_soon = now - self._in_channel.get(channel, 0.0) < self._interval_seconds - EARLY_SECONDS
        return too_soon or len(self._recent) >= self._messages
