"""Slack's side of Socket Mode for the benchmarks: a Web API, and a connection that commands are sent through.

`python -m bench.socket_slack` prints the port once it listens. Then it reads a `Load` as JSON from each line of its
standard input, sends it with as many requests under way as `connections` says, and prints a `Found` as JSON.
"""

import asyncio
import dataclasses
import json
import sys
import time
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from bench.load import Load, Sender
from bench.slack import answer


class Link:
    """The connection of the bot, and the load that is being sent through it."""

    def __init__(self) -> None:
        self.port = 0
        self.connected = asyncio.Event()
        self._socket = web.WebSocketResponse()
        self._sender: Sender | None = None
        self._sent_at: dict[str, float] = {}

    async def api(self, request: web.Request) -> web.Response:
        """A method of the Web API."""
        method = request.match_info["method"]
        opening = {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link"}
        return web.json_response(opening if method == "apps.connections.open" else answer(method))

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """The bot's connection, until it ends."""
        self._socket = web.WebSocketResponse()
        await self._socket.prepare(request)
        await self._socket.send_str('{"type": "hello", "num_connections": 1}')
        self.connected.set()
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                await self._take(message.data)
        self._lose()
        return self._socket

    async def send(self, load: Load) -> str:
        """What came of the load, as JSON."""
        await self.connected.wait()
        self._sender = sender = Sender(load)
        for _ in range(load.connections):
            await self._send(sender)
        await sender.done
        return json.dumps(dataclasses.asdict(sender.found()))

    async def _send(self, sender: Sender) -> None:
        payload = dict(parse_qsl(sender.body()))
        envelope = {"envelope_id": payload["trigger_id"], "type": "slash_commands", "payload": payload}
        self._sent_at[payload["trigger_id"]] = time.perf_counter()
        await self._socket.send_str(json.dumps(envelope | {"accepts_response_payload": True}))

    async def _take(self, text: str) -> None:
        """The answer to one envelope, an error when it says nothing; whatever else the bot says is left alone."""
        said = json.loads(text)
        sent_at = self._sent_at.pop(said.get("envelope_id", ""), None)
        if sent_at is None or self._sender is None:
            return
        status = b"200" if said.get("payload") else b"none"
        if self._sender.take(status, len(text), (time.perf_counter() - sent_at) * 1_000):
            await self._send(self._sender)
        else:
            self._sender.leave()

    def _lose(self) -> None:
        """The connection has ended: what is under way will not be answered."""
        self.connected.clear()
        lost, self._sent_at = self._sent_at, {}
        if self._sender is None:
            return
        for _ in lost:
            self._sender.errors += 1
            self._sender.leave()


async def _main() -> None:
    link = Link()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", link.api)
    app.router.add_get("/link", link.link)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    link.port = runner.addresses[0][1]
    print(link.port, flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(await link.send(Load(**json.loads(line))), flush=True)


if __name__ == "__main__":
    asyncio.run(_main())
