"""A Web API in the benchmark's own process that counts what comes too early, by its event loop's time."""

import asyncio
import itertools
from collections.abc import Mapping

from aiohttp import web

EARLY_SECONDS = 0.3
"""Messages that leave a second apart may arrive a little closer to each other, the more so in quick time."""


class StrictSlack:
    """Takes messages, edits and questions, and refuses those above the limits it is given as Slack does.

    `method_calls` are the limits of single methods in the same period. `all_taken` is set once as many messages and
    edits were taken as are expected.
    """

    def __init__(
        self,
        *,
        expected: int,
        interval_seconds: float,
        messages: int,
        period_seconds: float,
        method_calls: Mapping[str, int],
    ) -> None:
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
        self._method_calls = method_calls
        self._called: dict[str, list[float]] = {}
        self._numbers = itertools.count(1)

    def application(self) -> web.Application:
        """What serves it."""
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._answer)
        return application

    async def _answer(self, request: web.Request) -> web.Response:
        method, now = request.match_info["method"], asyncio.get_running_loop().time()
        if self._is_too_often(method, now):
            return self._refusal()
        if not method.startswith("chat."):
            return web.json_response({"ok": True, "channel": {"id": "C0BENCH01", "is_member": True}})
        said = await (request.json() if "json" in request.content_type else request.post())
        channel = str(said["channel"])
        if self._is_early(channel, now):
            return self._refusal()
        self._in_channel[channel] = self.last_at = now
        self._recent.append(now)
        self.taken += 1
        if self.taken == self._expected:
            self.all_taken.set()
        return web.json_response({"ok": True, "channel": channel, "ts": f"1764000000.{next(self._numbers):06}"})

    def _refusal(self) -> web.Response:
        self.refused += 1
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})

    def _is_too_often(self, method: str, now: float) -> bool:
        """Whether this call is above the limit of its method; if not, it counts."""
        most = self._method_calls.get(method)
        if most is None:
            return False
        called = [at for at in self._called.get(method, []) if at > now - self._period_seconds + EARLY_SECONDS]
        self._called[method] = called
        if len(called) >= most:
            return True
        called.append(now)
        return False

    def _is_early(self, channel: str, now: float) -> bool:
        self._recent = [at for at in self._recent if at > now - self._period_seconds + EARLY_SECONDS]
        too_soon = now - self._in_channel.get(channel, 0.0) < self._interval_seconds - EARLY_SECONDS
        return too_soon or len(self._recent) >= self._messages
