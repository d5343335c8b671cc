"""Stock Bolt: an app whose listeners only acknowledge, under the server that the bot uses, in a process of its own.

`python -m bench.floor default|before URL` prints the port once it listens; URL is the Web API's. `default` acknowledges
as Bolt does by itself; `before` with `process_before_response`, which the bot uses too.
"""

import asyncio
import re
import socket
import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.slack import BOT_TOKEN, SIGNING_SECRET


def bolt(mode: str, url: str) -> AsyncApp:
    """The app: one command in its default mode, one button in the other."""
    app = AsyncApp(
        signing_secret=SIGNING_SECRET,
        client=AsyncWebClient(token=BOT_TOKEN, base_url=url),
        process_before_response=mode == "before",
    )
    anything = re.compile(".*")
    (app.action if mode == "before" else app.command)(anything)(_acknowledge)
    return app


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


async def _serve(mode: str, url: str) -> None:
    handler = AsyncSlackRequestHandler(bolt(mode, url))

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    web = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(web, http="httptools", ws="none", lifespan="off", log_config=None, access_log=False)
    await uvicorn.Server(config).serve([listening])


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], sys.argv[2]))
