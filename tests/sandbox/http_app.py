"""An app over HTTP that records the requests it gets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox.server import Sandbox


class Listener:
    """Records requests and answers with ``statuses`` in turn, then 200; waits for ``hold`` if it is set."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        self.hold: asyncio.Event | None = None

    @property
    def reasons(self) -> list[str | None]:
        """The retry reason of each request, None for a first attempt."""
        return [headers.get("x-slack-retry-reason") for headers, _ in self.heard]

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if b"url_verification" in body:
            return web.Response(text=(await request.json())["challenge"])
        self.heard.append(({name.lower(): value for name, value in request.headers.items()}, body))
        if self.hold is not None:
            await self.hold.wait()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers=self.headers)


@asynccontextmanager
async def listening_to(sandbox: Sandbox) -> AsyncIterator[Listener]:
    heard = Listener()
    server = web.Application()
    server.router.add_post("/slack/events", heard.take)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await sandbox.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield heard
    if heard.hold is not None:
        heard.hold.set()
    await runner.cleanup()
