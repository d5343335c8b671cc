import asyncio
import socket

import aiohttp
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from sandbox.web_server import WebServer


async def listening(_: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


async def test_it_stops_while_the_other_side_closes_its_websocket() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    server = WebServer(uvicorn.Config(listening, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    async with aiohttp.ClientSession() as http:
        websocket = await http.ws_connect(f"http://127.0.0.1:{listener.getsockname()[1]}")
        closing = asyncio.create_task(websocket.close())
        # the state lasts for one turn of the loop, and nothing notifies of it
        while not any(each.transport.is_closing() for each in server.server_state.connections):  # noqa: ASYNC110
            await asyncio.sleep(0)
        await server.shutdown()
        await closing
    server.stop()
    await serving


async def test_it_stops_under_an_open_websocket_without_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    server = WebServer(uvicorn.Config(listening, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    async with aiohttp.ClientSession() as http:
        websocket = await http.ws_connect(f"http://127.0.0.1:{listener.getsockname()[1]}")
        server.stop()
        await serving
        assert (await websocket.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
