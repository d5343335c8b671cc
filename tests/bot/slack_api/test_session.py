"""A message is not sent over a connection that the other end may be closing at that moment."""

import asyncio

from aiohttp import web

from bot.slack_api import IDLE_SECONDS, slack_session

FIRST_TO_CLOSE_SECONDS = 2.0
"""Shortest time after which common servers close an idle connection."""


async def test_connections_are_shared_while_in_use_and_not_trusted_once_idle() -> None:
    ports: list[int] = []

    async def take(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.append(request.transport.get_extra_info("peername")[1])
        return web.Response()

    server = web.Server(take)
    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
    async with listening, slack_session() as session:
        for idle in (1.0, IDLE_SECONDS + 0.1, 0.0):
            async with session.post(url) as answer:
                assert answer.status == 200
            await asyncio.sleep(idle)
        await server.shutdown()
    first, second, third = ports
    assert first == second != third
    assert IDLE_SECONDS < FIRST_TO_CLOSE_SECONDS
